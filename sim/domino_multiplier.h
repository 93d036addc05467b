#pragma once

#include <cstdint>
#include <vector>

#include "sim/results.h"

namespace domino::sim {

/// What a place's commitments led to, all members together.
struct DominoMultiplier {
    std::uint32_t own = 0;         ///< members in which it committed, before or during the run
    std::uint32_t downstream = 0;  ///< commitments that lead back to these, directly or through others

    /// Commitments induced downstream per own commitment (model §8); 0 where it never committed.
    double value() const { return own > 0 ? static_cast<double>(downstream) / own : 0.0; }
};

/// Follows the ledger from every commitment back through its sources, [place]. A place that is a source
/// without an event of its own had committed before the run, and counts once in that member. Bookkeeping of
/// the drawn causes, as the ledger is. Events of places at or beyond @p places are left out; a ledger whose
/// sources form a ring, which no run writes, is followed once around at most. Deterministic, whatever the
/// order of events.
std::vector<DominoMultiplier> count_downstream(const std::vector<CommitmentEvent>& events,
                                               std::size_t places);

}  // namespace domino::sim
