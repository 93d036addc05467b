#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/ensemble_threads.h"
#include "sim/influence/reverse_collection.h"

namespace domino::sim {

/// Seeds chosen one after the other, each the node in the most sets that no earlier one is in.
struct GreedyCover {
    std::vector<std::uint32_t> seeds;    ///< in order of choice
    std::vector<std::uint64_t> covered;  ///< sets covered after each
    /// No k seeds cover more: the least, over the choices made, of what is covered plus the k largest gains
    /// still open (Tang, Tang, Xiao & Yuan 2018, §5).
    std::uint64_t bound = 0;
};

/// Greedy maximum coverage of a collection that grows: sets are seen from their nodes once, and kept so for
/// the next choice.
class CoverSearch {
 public:
    /// Refers to the collection. Results do not depend on threads.
    CoverSearch(const ReverseCollection& sets, std::size_t nodes, const Threads* threads = nullptr);
    ~CoverSearch();

    /// Up to `count` ≥ 1 seeds for the sets there are now; fewer when every set that can be covered is. Of
    /// equal gains the lower row is taken.
    GreedyCover choose(std::size_t count);

    std::size_t bytes() const;

 private:
    class Share;

    void see_new_parts();
    void take(std::uint32_t row, std::uint64_t sets);

    const ReverseCollection& sets_;
    const Threads* threads_;
    std::size_t parts_seen_ = 0;
    std::uint64_t rows_seen_ = 0;
    std::vector<Share> shares_;  ///< each with every shares_.size()-th part
};

}  // namespace domino::sim
