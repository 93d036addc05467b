#include "sim/influence/greedy_cover.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <numeric>
#include <span>

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

/// Gains still open at a block of nodes.
struct BlockGains {
    std::uint64_t most = 0;
    std::uint32_t row = 0;               ///< the first that has it
    std::vector<std::uint64_t> largest;  ///< a heap, the least of the largest in front
};

void keep_largest(std::vector<std::uint64_t>& heap, std::uint64_t value, std::size_t count) {
    if (heap.size() < count) {
        heap.push_back(value);
        std::push_heap(heap.begin(), heap.end(), std::greater<>());
    } else if (value > heap.front()) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>());
        heap.back() = value;
        std::push_heap(heap.begin(), heap.end(), std::greater<>());
    }
}

/// Gains over all nodes: blocks of them are looked through side by side.
class Gains {
 public:
    Gains(std::size_t nodes, std::size_t count)
        : nodes_(nodes), count_(count), blocks_((nodes + block_nodes - 1) / block_nodes) {}

    void look(const std::vector<std::unique_ptr<Share>>& shares, const Threads* threads) {
        run_shared(threads, blocks_.size(), [&](std::size_t n) {
            const std::size_t begin = n * block_nodes;
            const std::size_t here = std::min(block_nodes, nodes_ - begin);
            std::array<std::uint32_t, block_nodes> open;
            std::copy_n(shares.front()->open().begin() + static_cast<std::ptrdiff_t>(begin), here,
                        open.begin());
            for (std::size_t other = 1; other < shares.size(); ++other) {
                const std::uint32_t* of_share = shares[other]->open().data() + begin;
                for (std::size_t i = 0; i < here; ++i) open[i] += of_share[i];
            }
            look_at(blocks_[n], begin, std::span(open).first(here));
        });
    }

    std::uint64_t largest_sum() const {
        std::vector<std::uint64_t> largest;
        for (const BlockGains& block : blocks_)
            for (const std::uint64_t value : block.largest) keep_largest(largest, value, count_);
        return std::accumulate(largest.begin(), largest.end(), std::uint64_t{0});
    }

    /// Of equal gains the lower row.
    const BlockGains& best() const {
        return *std::max_element(blocks_.begin(), blocks_.end(),
                                 [](const BlockGains& x, const BlockGains& y) { return x.most < y.most; });
    }

 private:
    static constexpr std::size_t block_nodes = 8192;

    void look_at(BlockGains& block, std::size_t begin, std::span<const std::uint32_t> open) const {
        const auto most = std::max_element(open.begin(), open.end());
        block.most = *most;
        block.row = static_cast<std::uint32_t>(begin + static_cast<std::size_t>(most - open.begin()));
        block.largest.clear();
        std::uint64_t least = 0;  // of the largest, once there are enough
        for (const std::uint32_t value : open) {
            if (value <= least) continue;
            keep_largest(block.largest, value, count_);
            if (block.largest.size() == count_) least = block.largest.front();
        }
    }

    std::size_t nodes_, count_;
    std::vector<BlockGains> blocks_;
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
    Gains gains(nodes, count);
    std::uint64_t covered = 0;
    for (std::size_t chosen = 0;; ++chosen) {
        gains.look(shares, threads);
        const std::uint64_t bound = covered + gains.largest_sum();
        cover.bound = chosen == 0 ? bound : std::min(cover.bound, bound);
        const BlockGains& best = gains.best();
        if (chosen == count || best.most == 0) break;
        run_shared(threads, share_count, [&](std::size_t n) { shares[n]->take(best.row); });
        covered += best.most;
        cover.seeds.push_back(best.row);
        cover.covered.push_back(covered);
    }
    return cover;
}

}  // namespace domino::sim
