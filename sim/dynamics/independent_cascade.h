#pragma once

#include <cstdint>
#include <span>

#include "sim/dynamics/activation.h"
#include "sim/dynamics/digraph.h"
#include "sim/dynamics/spread_member.h"

namespace domino::sim {

/// Independent cascade (Kempe, Kleinberg & Tardos 2003): a node that becomes active has one chance at each
/// edge it sends out, and succeeds with the edge's weight as probability. The coin of an edge is addressed by
/// its ends and the member alone: one realisation is one live-edge graph, whatever the seeds.
class IndependentCascade {
 public:
    /// Throws std::invalid_argument naming the edge when a weight is above 1.
    explicit IndependentCascade(Digraph graph);

    const Digraph& graph() const { return graph_; }

    /// One realisation from @p seeds (rows) into @p active, which must have the graph's size.
    void run(std::span<const std::uint32_t> seeds, SpreadMember member, Activation& active) const;
    /// Everybody from whom @p target is reached in a live-edge graph: a reverse-reachable set (Borgs et al.
    /// 2014). Its coins are a stream of their own, independent of run()'s.
    void run_reverse(std::uint32_t target, SpreadMember member, Activation& reached) const;

 private:
    Digraph graph_;
};

}  // namespace domino::sim
