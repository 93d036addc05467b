#include "sim/influence/greedy_cover.h"

#include <algorithm>
#include <utility>

#include "sim/influence/largest_gains.h"
#include "sim/influence/set_holders.h"

namespace domino::sim {

/// Some of the parts, and how many of their uncovered sets each node is in.
class CoverSearch::Share {
 public:
    explicit Share(std::size_t nodes) : held_(nodes, 0) {}

    void see(const std::vector<const ReverseCollection::Part*>& parts) {
        for (const ReverseCollection::Part* part : parts)
            for (const std::uint32_t row : part->rows) ++held_[row];
        if (!parts.empty()) seen_.emplace_back(parts, held_.size());
    }

    void open_all() {
        open_ = held_;
        std::size_t sets = 0;
        for (const SetHolders& holders : seen_) sets += holders.sets();
        covered_.assign(sets, 0);
    }

    LargestGains::Tally open() const { return open_; }

    /// Covers the sets that hold the node.
    void take(std::uint32_t row) {
        // Sets lie anywhere: their rows are asked for before it is their turn.
        constexpr std::size_t ahead = 8;
        std::size_t first = 0;
        for (const SetHolders& holders : seen_) {
            fresh_.clear();
            holders.for_each_set_of(row, [&](std::uint32_t set) {
                if (covered_[first + set] != 0) return;
                covered_[first + set] = 1;
                fresh_.push_back(set);
            });
            for (std::size_t n = 0; n < fresh_.size(); ++n) {
                if (n + ahead < fresh_.size()) __builtin_prefetch(holders.rows_of(fresh_[n + ahead]).data());
                for (const std::uint32_t other : holders.rows_of(fresh_[n])) --open_[other];
            }
            first += holders.sets();
        }
    }

    std::size_t bytes() const {
        std::size_t bytes =
            (held_.capacity() + open_.capacity()) * sizeof(std::uint32_t) + covered_.capacity();
        for (const SetHolders& holders : seen_) bytes += holders.bytes();
        return bytes;
    }

 private:
    std::vector<SetHolders> seen_;            ///< as many as there were choices
    std::vector<std::uint32_t> held_, open_;  ///< by node: sets, uncovered sets
    std::vector<std::uint8_t> covered_;       ///< by set
    std::vector<std::uint32_t> fresh_;        ///< sets that the last seed covered first
};

namespace {

std::size_t count_shares(const Threads* threads) {
    // Each share holds counts of every node: no more of them than help.
    constexpr std::size_t most_shares = 8;
    if (threads == nullptr) return 1;
    return std::clamp<std::size_t>(static_cast<std::size_t>(threads->count()), 1, most_shares);
}

}  // namespace

CoverSearch::CoverSearch(const ReverseCollection& sets, std::size_t nodes, const Threads* threads)
    : sets_(sets), threads_(threads), shares_(count_shares(threads), Share(nodes)) {}

CoverSearch::~CoverSearch() = default;

void CoverSearch::see_new_parts() {
    const auto& parts = sets_.parts();
    run_shared(threads_, shares_.size(), [&](std::size_t n) {
        std::vector<const ReverseCollection::Part*> fresh;
        for (std::size_t p = parts_seen_; p < parts.size(); ++p)
            if (p % shares_.size() == n) fresh.push_back(&parts[p]);
        shares_[n].see(fresh);
        shares_[n].open_all();
    });
    for (std::size_t p = parts_seen_; p < parts.size(); ++p) rows_seen_ += parts[p].rows.size();
    parts_seen_ = parts.size();
}

void CoverSearch::take(std::uint32_t row, std::uint64_t sets) {
    // To wake a thread takes about as long as to go through so many rows.
    constexpr std::uint64_t rows_worth_sharing = 1 << 16;
    const bool few = sets * rows_seen_ / std::max<std::uint64_t>(1, sets_.sets()) < rows_worth_sharing;
    run_shared(few ? nullptr : threads_, shares_.size(), [&](std::size_t n) { shares_[n].take(row); });
}

GreedyCover CoverSearch::choose(std::size_t count) {
    see_new_parts();
    std::vector<LargestGains::Tally> open;
    for (const Share& share : shares_) open.push_back(share.open());
    GreedyCover cover;
    if (open.front().empty()) return cover;
    LargestGains gains(std::move(open), count, threads_);
    std::uint64_t covered = 0;
    for (std::size_t chosen = 0;; ++chosen) {
        gains.look();
        const std::uint64_t bound = covered + gains.sum();
        cover.bound = chosen == 0 ? bound : std::min(cover.bound, bound);
        if (chosen == count || gains.most() == 0) break;
        take(gains.row(), gains.most());
        covered += gains.most();
        cover.seeds.push_back(gains.row());
        cover.covered.push_back(covered);
    }
    return cover;
}

std::size_t CoverSearch::bytes() const {
    std::size_t bytes = 0;
    for (const Share& share : shares_) bytes += share.bytes();
    return bytes;
}

}  // namespace domino::sim
