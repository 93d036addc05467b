#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/dynamics/activation.h"
#include "sim/dynamics/digraph.h"
#include "sim/dynamics/spread_member.h"

namespace domino::sim {

/// Linear threshold (Granovetter 1978; Kempe, Kleinberg & Tardos 2003): a node becomes active once the
/// weights of the edges from active nodes sum to its threshold, drawn from U(0, 1). Equivalent, and here too:
/// each node keeps at most one incoming edge, each with its weight as probability, and what is reached over
/// kept
/// ("live") edges is active.
class LinearThreshold {
 public:
    /// Throws std::invalid_argument naming the node whose incoming weights sum to more than 1 (by over 1e-9).
    explicit LinearThreshold(Digraph graph);

    const Digraph& graph() const { return graph_; }

    /// One realisation by drawing each node's threshold.
    void run_thresholds(std::span<const std::uint32_t> seeds, SpreadMember member, Activation& active) const;
    /// One realisation by drawing each node's live edge. Same distribution, other draws.
    void run_live_edges(std::span<const std::uint32_t> seeds, SpreadMember member, Activation& active) const;
    /// Everybody from whom @p target is reached over live edges of a stream of their own: a walk backwards.
    void run_reverse(std::uint32_t target, SpreadMember member, Activation& reached) const;

 private:
    Digraph graph_;
    std::vector<double> live_from_;  ///< by out-edge: a target's draw in [live_from, live_to) keeps this edge
    std::vector<double> live_to_;
};

}  // namespace domino::sim
