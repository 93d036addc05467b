#pragma once

#include <cstdint>

#include "sim/dynamics/digraph.h"

namespace domino::sim {

/// Erdős–Rényi G(n, p): each of the n(n−1)/2 pairs is joined with probability p, in both directions, weight
/// 1; nodes are NodeId{0} … NodeId{n−1}. Skips over the gaps between edges (Batagelj & Brandes 2005), so time
/// is O(n + edges). Each node has draws of its own: the graph of n nodes is part of the graph of n + 1.
/// Throws std::invalid_argument unless 0 ≤ p ≤ 1. Deterministic in (seed, member).
Digraph make_random_graph(std::uint32_t nodes, double probability, std::uint64_t seed,
                          std::uint32_t member = 0);

/// Nodes 0 … n−1 on a ring, each joined to its @p reach nearest on each side, in both directions, weight 1.
/// Throws std::invalid_argument unless 1 ≤ reach and 2·reach < n.
Digraph make_ring_lattice(std::uint32_t nodes, std::uint32_t reach);

/// Every node acts on every other, weight 1.
Digraph make_complete_graph(std::uint32_t nodes);

}  // namespace domino::sim
