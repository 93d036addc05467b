#pragma once

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

/// Greedy maximum coverage with up to @p count seeds; fewer when every set that can be covered is. Of equal
/// gains the lower row is taken. The result does not depend on threads.
GreedyCover cover_greedily(const ReverseCollection& sets, std::size_t nodes, std::size_t count,
                           const Threads* threads = nullptr);

}  // namespace domino::sim
