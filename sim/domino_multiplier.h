#pragma once

#include <cstdint>
#include <vector>

#include "sim/results.h"

namespace domino::sim {

/// What a place's commitments led to, all members together.
struct DominoMultiplier {
    std::uint32_t own = 0;         ///< members in which it committed, before or during the run
    std::uint32_t downstream = 0;  ///< commitments that lead back to these, directly or through others
    double downstream_t = 0.0;     ///< CommitmentEvent::avoided_t of those, t CO2e
    /// CommitmentEvent::avoided_t of the commitments drawn to it directly, t CO2e: over all places these add
    /// up to the tonnes of every commitment that has a source.
    double direct_t = 0.0;

    /// Commitments induced downstream per own commitment (model §8); 0 where it never committed.
    double events() const { return own > 0 ? static_cast<double>(downstream) / own : 0.0; }
    /// Tonnes induced downstream per own commitment, t CO2e; 0 where it never committed, NaN where an event's
    /// tonnes were not measured.
    double tonnes() const { return own > 0 ? downstream_t / own : 0.0; }
};

/// Follows the ledger from every commitment back through its sources, [place]: the event, and the tonnes its
/// place has avoided since against the run without coupling, count for each place on the way. A place that is
/// a source without an event of its own had committed before the run, and counts once in that member.
/// Bookkeeping of the drawn causes, as the ledger is: over members an event counts for its causes in
/// proportion to their shares. Events of places at or beyond @p places are left out; a ledger whose sources
/// form a ring, which no run writes, is followed once around at most. Deterministic; counts do not depend on
/// the order of events, tonnes only in rounding.
std::vector<DominoMultiplier> count_downstream(const std::vector<CommitmentEvent>& events,
                                               std::size_t places);

}  // namespace domino::sim
