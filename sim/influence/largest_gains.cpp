#include "sim/influence/largest_gains.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

namespace domino::sim {
namespace {

/// Leaders for each of the gains told: enough to last for many looks, few enough to be put in order soon.
constexpr std::size_t leaders_per_gain = 16;
constexpr std::size_t fewest_leaders = 512;
constexpr std::size_t block = 8192;

/// Gains counted by size: exactly to 15, then eight bins for each doubling.
class GainBins {
 public:
    void add(std::uint32_t gain) { ++nodes_[bin_of(gain)]; }
    void add(const GainBins& other) {
        for (std::size_t bin = 0; bin < bins; ++bin) nodes_[bin] += other.nodes_[bin];
    }
    /// The least gain of the highest bins that together have `wanted` nodes, at least 1.
    std::uint32_t find_least(std::size_t wanted) const {
        std::size_t nodes = 0;
        for (std::size_t bin = bins - 1; bin > 1; --bin) {
            nodes += nodes_[bin];
            if (nodes >= wanted) return least_of(bin);
        }
        return 1;
    }

 private:
    static constexpr std::size_t bins = 240;

    static std::size_t bin_of(std::uint32_t gain) {
        if (gain < 16) return gain;
        const auto beyond = static_cast<std::size_t>(std::bit_width(gain)) - 4;
        return 8 * beyond + (gain >> beyond);
    }
    static std::uint32_t least_of(std::size_t bin) {
        if (bin < 16) return static_cast<std::uint32_t>(bin);
        return static_cast<std::uint32_t>((8 + bin % 8) << (bin / 8 - 1));
    }

    std::array<std::uint32_t, bins> nodes_{};
};

}  // namespace

bool LargestGains::before(const Leader& a, const Leader& b) {
    return a.gain != b.gain ? a.gain > b.gain : a.row < b.row;
}

void LargestGains::look() {
    if (ask_leaders()) return;
    choose_leaders();
    ask_leaders();
}

std::uint32_t LargestGains::gain_of(std::uint32_t row) const {
    std::uint32_t gain = 0;
    for (const Tally& tally : tallies_) gain += tally[row];
    return gain;
}

void LargestGains::choose_leaders() {
    const std::size_t blocks = (nodes() + block - 1) / block;
    const auto for_each_gain = [&](std::size_t n, const auto& call) {
        const auto first = static_cast<std::uint32_t>(n * block);
        const auto last = static_cast<std::uint32_t>(std::min((n + 1) * block, nodes()));
        for (std::uint32_t row = first; row < last; ++row) call(gain_of(row), row);
    };
    std::vector<GainBins> bins(blocks);
    run_shared(threads_, blocks, [&](std::size_t n) {
        for_each_gain(n, [&](std::uint32_t gain, std::uint32_t) { bins[n].add(gain); });
    });
    for (std::size_t n = 1; n < blocks; ++n) bins[0].add(bins[n]);
    least_ = bins[0].find_least(std::max(fewest_leaders, leaders_per_gain * count_));
    std::vector<std::vector<Leader>> leaders(blocks);
    run_shared(threads_, blocks, [&](std::size_t n) {
        for_each_gain(n, [&](std::uint32_t gain, std::uint32_t row) {
            if (gain >= least_) leaders[n].push_back({gain, row});
        });
    });
    leaders_.clear();
    for (const auto& some : leaders) leaders_.insert(leaders_.end(), some.begin(), some.end());
    std::sort(leaders_.begin(), leaders_.end(), before);
    asked_ += nodes();
}

bool LargestGains::ask_leaders() {
    std::size_t asked = 0;
    std::uint32_t last_gain = 0;
    Leader first{0, static_cast<std::uint32_t>(nodes())};
    // Who has as much as the last of the largest adds nothing to their sum, but may be the first of all.
    const auto may_be_among = [&](const Leader& leader) {
        return leader.gain > last_gain || (leader.gain == last_gain && first.gain == last_gain);
    };
    while (asked < leaders_.size() && may_be_among(leaders_[asked])) {
        const std::size_t more = std::min(std::max<std::size_t>(count_, 32), leaders_.size() - asked);
        for (std::size_t end = asked + more; asked < end; ++asked) {
            Leader& leader = leaders_[asked];
            leader.gain = gain_of(leader.row);
            if (leader.gain > 0 && before(leader, first)) first = leader;
        }
        last_gain = find_last_gain(asked);
    }
    asked_ += asked;
    // With a least gain of 1 the others have none and add nothing.
    if (least_ > 1 && last_gain < least_) return false;
    most_ = first.gain;
    row_ = first.row;
    sum_ = std::accumulate(largest_.begin(), largest_.end(), std::uint64_t{0});
    put_in_order(asked);
    return true;
}

std::uint32_t LargestGains::find_last_gain(std::size_t leaders) {
    largest_.resize(leaders);
    for (std::size_t n = 0; n < leaders; ++n) largest_[n] = leaders_[n].gain;
    if (leaders < count_) return 0;
    const auto last = largest_.begin() + static_cast<std::ptrdiff_t>(count_ - 1);
    std::nth_element(largest_.begin(), last, largest_.end(), std::greater<>());
    largest_.resize(count_);
    return largest_.back();
}

/// The first `asked` among the others, whose gains are those of an earlier look and in order.
void LargestGains::put_in_order(std::size_t asked) {
    const auto middle = leaders_.begin() + static_cast<std::ptrdiff_t>(asked);
    std::sort(leaders_.begin(), middle, before);
    if (asked == 0) return;
    const auto end = std::upper_bound(middle, leaders_.end(), *(middle - 1), before);
    std::inplace_merge(leaders_.begin(), middle, end, before);
}

}  // namespace domino::sim
