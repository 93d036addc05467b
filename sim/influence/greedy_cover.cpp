#include "sim/influence/greedy_cover.h"

#include <algorithm>
#include <memory>
#include <span>

#include "sim/influence/largest_gains.h"

namespace domino::sim {
namespace {

using Part = ReverseCollection::Part;

/// The sets of some parts seen from their nodes, and how many uncovered ones each node is in.
class Share {
 public:
    Share(const std::vector<Part>& parts, std::size_t first, std::size_t last, std::size_t nodes)
        : begin_(nodes + 1, 0), open_(nodes, 0) {
        std::size_t sets = 0;
        for (std::size_t p = first; p < last; ++p) {
            parts_.push_back(&parts[p]);
            sets += parts[p].sets();
            for (const std::uint32_t row : parts[p].rows) ++open_[row];
        }
        covered_.assign(sets, 0);
        for (std::size_t row = 0; row < nodes; ++row) begin_[row + 1] = begin_[row] + open_[row];
        set_.resize(begin_.back());
        std::vector<std::uint64_t> next(begin_.begin(), begin_.end() - 1);
        std::uint32_t number = 0;
        for (const Part* part : parts_) {
            for (std::size_t s = 0; s < part->sets(); ++s, ++number) {
                for (std::uint64_t at = part->begin[s]; at < part->begin[s + 1]; ++at)
                    set_[next[part->rows[at]]++] = number;
            }
        }
    }

    const std::vector<std::uint32_t>& open() const { return open_; }

    /// Covers the sets that hold the node.
    void take(std::uint32_t row) {
        for (std::uint64_t at = begin_[row]; at < begin_[row + 1]; ++at) {
            const std::uint32_t number = set_[at];
            if (covered_[number] != 0) continue;
            covered_[number] = 1;
            const Part& part = *parts_[number / ReverseCollection::part_sets];
            const std::size_t s = number % ReverseCollection::part_sets;
            for (std::uint64_t in = part.begin[s]; in < part.begin[s + 1]; ++in) --open_[part.rows[in]];
        }
    }

 private:
    std::vector<const Part*> parts_;
    std::vector<std::uint64_t> begin_;   ///< by node, into set_
    std::vector<std::uint32_t> set_;     ///< numbers of the sets that hold the node, ascending
    std::vector<std::uint8_t> covered_;  ///< by set
    std::vector<std::uint32_t> open_;    ///< by node
};

}  // namespace

GreedyCover cover_greedily(const ReverseCollection& sets, std::size_t nodes, std::size_t count,
                           const Threads* threads) {
    // Each share holds counts of every node: no more of them than help.
    constexpr std::size_t most_shares = 8;
    const std::size_t parts = sets.parts().size();
    const std::size_t shares_wanted =
        threads == nullptr
            ? 1
            : std::clamp<std::size_t>(static_cast<std::size_t>(threads->count()), 1, most_shares);
    const std::size_t share_count = std::max<std::size_t>(1, std::min(shares_wanted, parts));
    std::vector<std::unique_ptr<Share>> shares(share_count);
    run_shared(threads, share_count, [&](std::size_t n) {
        shares[n] = std::make_unique<Share>(sets.parts(), parts * n / share_count,
                                            parts * (n + 1) / share_count, nodes);
    });
    GreedyCover cover;
    if (nodes == 0) return cover;
    LargestGains gains(nodes, count, threads);
    const auto gains_of = [&](std::span<const std::uint32_t> rows, std::span<std::uint32_t> open) {
        std::fill(open.begin(), open.end(), 0U);
        for (const std::unique_ptr<Share>& share : shares)
            for (std::size_t i = 0; i < rows.size(); ++i) open[i] += share->open()[rows[i]];
    };
    std::uint64_t covered = 0;
    for (std::size_t chosen = 0;; ++chosen) {
        gains.look(gains_of);
        const std::uint64_t bound = covered + gains.sum();
        cover.bound = chosen == 0 ? bound : std::min(cover.bound, bound);
        if (chosen == count || gains.most() == 0) break;
        run_shared(threads, share_count, [&](std::size_t n) { shares[n]->take(gains.row()); });
        covered += gains.most();
        cover.seeds.push_back(gains.row());
        cover.covered.push_back(covered);
    }
    return cover;
}

}  // namespace domino::sim
