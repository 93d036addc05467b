#include "sim/influence/largest_gains.h"

#include <algorithm>
#include <numeric>

namespace domino::sim {
namespace {

/// Leaders for each of the gains told: enough to last for many looks, few enough for each to be short.
constexpr std::size_t leaders_per_gain = 16;
constexpr std::size_t fewest_leaders = 512;

/// The largest gain that at least `wanted` of them have, at least 1.
std::uint32_t find_least(std::span<const std::uint32_t> gains, std::size_t wanted) {
    const std::uint32_t most = gains.empty() ? 0 : *std::max_element(gains.begin(), gains.end());
    std::vector<std::uint32_t> nodes_with(std::size_t{most} + 1, 0);
    for (const std::uint32_t gain : gains) ++nodes_with[gain];
    std::size_t nodes = 0;
    for (std::uint32_t gain = most; gain > 1; --gain) {
        nodes += nodes_with[gain];
        if (nodes >= wanted) return gain;
    }
    return 1;
}

}  // namespace

void LargestGains::look(const GainsOf& gains_of) {
    if (compare_leaders(gains_of)) return;
    choose_leaders(gains_of);
    compare_leaders(gains_of);
}

void LargestGains::choose_leaders(const GainsOf& gains_of) {
    std::vector<std::uint32_t> all(nodes_);
    std::iota(all.begin(), all.end(), 0U);
    std::vector<std::uint32_t> gains(nodes_);
    constexpr std::size_t block = 8192;
    run_shared(threads_, (nodes_ + block - 1) / block, [&](std::size_t n) {
        const std::size_t first = n * block, length = std::min(block, nodes_ - first);
        gains_of(std::span(all).subspan(first, length), std::span(gains).subspan(first, length));
    });
    least_ = find_least(gains, std::max(fewest_leaders, leaders_per_gain * count_));
    rows_.clear();
    for (const std::uint32_t row : all)
        if (gains[row] >= least_) rows_.push_back(row);
    gains_.resize(rows_.size());
}

bool LargestGains::compare_leaders(const GainsOf& gains_of) {
    gains_of(rows_, gains_);
    // With a least gain of 1 the others have none and add nothing.
    const auto still = static_cast<std::size_t>(
        std::count_if(gains_.begin(), gains_.end(), [&](std::uint32_t gain) { return gain >= least_; }));
    if (least_ > 1 && still < std::max<std::size_t>(count_, 1)) return false;
    const auto most = std::max_element(gains_.begin(), gains_.end());
    most_ = most == gains_.end() ? 0 : *most;
    row_ = most_ == 0 ? static_cast<std::uint32_t>(nodes_)
                      : rows_[static_cast<std::size_t>(most - gains_.begin())];
    sorted_.resize(std::min(count_, gains_.size()));
    std::partial_sort_copy(gains_.begin(), gains_.end(), sorted_.begin(), sorted_.end(), std::greater<>());
    sum_ = std::accumulate(sorted_.begin(), sorted_.end(), std::uint64_t{0});
    return true;
}

}  // namespace domino::sim
