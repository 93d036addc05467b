#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/ensemble_threads.h"

namespace domino::sim {

/// The largest of gains that only ever fall. A look goes through the leaders alone, nodes that had at least a
/// certain gain when all nodes were last looked through: everybody else has less. When too few leaders still
/// have it, all nodes are looked through again. What is found does not depend on that.
class LargestGains {
 public:
    /// Gains now, of the nodes asked for; writes as many as it is given. From several threads at once.
    using GainsOf = std::function<void(std::span<const std::uint32_t> rows, std::span<std::uint32_t> gains)>;

    /// Of `nodes` the `count` largest gains are told; `count` ≤ nodes. Threads look through all nodes
    /// together.
    LargestGains(std::size_t nodes, std::size_t count, const Threads* threads = nullptr)
        : nodes_(nodes), count_(count), threads_(threads) {}

    /// `gains_of` must give each node no more than at the last look.
    void look(const GainsOf& gains_of);

    std::uint32_t most() const { return most_; }
    /// The first that has the largest gain; nodes where there is none.
    std::uint32_t row() const { return row_; }
    /// The `count` largest gains together.
    std::uint64_t sum() const { return sum_; }

 private:
    void choose_leaders(const GainsOf& gains_of);
    /// False if others than the leaders may be among the largest.
    bool compare_leaders(const GainsOf& gains_of);

    std::size_t nodes_, count_;
    const Threads* threads_;
    std::uint32_t least_ = UINT32_MAX;   ///< gain that leaders had at least and others have not
    std::vector<std::uint32_t> rows_;    ///< of the leaders, ascending
    std::vector<std::uint32_t> gains_;   ///< of the leaders
    std::vector<std::uint32_t> sorted_;  ///< the largest of them
    std::uint32_t most_ = 0, row_ = 0;
    std::uint64_t sum_ = 0;
};

}  // namespace domino::sim
