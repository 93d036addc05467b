#pragma once

#include <cstdint>

namespace domino::sim {

/// One course of chance: member @p member of the ensemble of seed @p seed.
struct SpreadMember {
    std::uint64_t seed = 1;
    std::uint32_t member = 0;
};

}  // namespace domino::sim
