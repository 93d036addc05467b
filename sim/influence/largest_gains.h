#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/ensemble_threads.h"

namespace domino::sim {

/// The largest of gains that only ever fall. A node's gain is the sum of its counts in some tallies. Nodes
/// that had at least a certain gain when all were last looked through are leaders and kept in order of what
/// they had when last asked: a look asks from the front until nobody behind can be among the largest. When
/// too few leaders still have that gain, all nodes are looked through again. What is found does not depend on
/// that.
class LargestGains {
 public:
    using Tally = std::span<const std::uint32_t>;  ///< counts by node

    /// The `count` ≥ 1 largest gains are told, of as many nodes at least. Refers to the tallies' counts,
    /// which must not rise between looks. Threads look through all nodes together.
    LargestGains(std::vector<Tally> tallies, std::size_t count, const Threads* threads = nullptr)
        : tallies_(std::move(tallies)), count_(count), threads_(threads) {}

    void look();

    std::uint32_t most() const { return most_; }
    /// The first that has the largest gain; nodes where there is none.
    std::uint32_t row() const { return row_; }
    /// The `count` largest gains together.
    std::uint64_t sum() const { return sum_; }
    /// Gains asked for so far.
    std::uint64_t asked() const { return asked_; }

 private:
    struct Leader {
        std::uint32_t gain, row;
    };

    static bool before(const Leader& a, const Leader& b);

    std::size_t nodes() const { return tallies_.front().size(); }
    std::uint32_t gain_of(std::uint32_t row) const;
    void choose_leaders();
    /// False if others than the leaders may be among the largest.
    bool ask_leaders();
    /// The `count`-th largest gain of the first leaders, 0 of fewer than that; leaves the largest in
    /// largest_.
    std::uint32_t find_last_gain(std::size_t leaders);
    void put_in_order(std::size_t asked);

    std::vector<Tally> tallies_;
    std::size_t count_;
    const Threads* threads_;
    std::uint32_t least_ = UINT32_MAX;  ///< gain that leaders had at least and others have not
    std::vector<Leader> leaders_;
    std::vector<std::uint32_t> largest_;
    std::uint32_t most_ = 0, row_ = 0;
    std::uint64_t sum_ = 0, asked_ = 0;
};

}  // namespace domino::sim
