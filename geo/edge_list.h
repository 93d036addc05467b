#pragma once

#include <cstdint>
#include <vector>

namespace domino::geo {

/// One directed edge between rows of a place table: `from` acts on `to` (j → i in the model's equations).
struct Edge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double weight = 0.0;

    friend bool operator==(const Edge&, const Edge&) = default;
};

using EdgeList = std::vector<Edge>;

}  // namespace domino::geo
