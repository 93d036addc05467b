#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/dynamics/activation.h"
#include "sim/dynamics/digraph.h"

namespace domino::sim {

/// What a fixed threshold is compared with.
enum class ThresholdMeasure : std::uint8_t {
    count,  ///< active in-neighbours ≥ threshold (Granovetter 1978; Centola & Macy 2007)
    share,  ///< active in-neighbours / in-degree ≥ threshold (Watts 2002)
};

/// Complex contagion with fixed thresholds: @p thresholds[row] ≥ 0 for every node, in the order of rows. All
/// nodes look at the state of the round before; nobody becomes inactive again; runs to the fixed point.
/// A node whose threshold is 0 joins in the first round, but under `share` a node without incoming edges
/// never does. Weights are not used; parallel edges count each. Returns the round in which each node of @p
/// active joined, in its order (seeds 0). Throws std::invalid_argument for a wrong number of thresholds or
/// one that is negative or not a number. Deterministic, no draws; O(nodes + edges).
std::vector<std::uint32_t> run_fixed_thresholds(const Digraph& graph, std::span<const double> thresholds,
                                                ThresholdMeasure measure,
                                                std::span<const std::uint32_t> seeds, Activation& active);

/// One threshold for all nodes that no longer allocates or looks at every node: for many cascades on one
/// graph.
/// @p threshold must be above 0. Same rules; the order in @p active is the order of rounds.
void run_uniform_threshold(const Digraph& graph, double threshold, ThresholdMeasure measure,
                           std::span<const std::uint32_t> seeds, Activation& active);

/// Granovetter's riot: everyone sees everyone, and joins once as many others as its threshold have joined.
/// Returns how many have joined in the end. O(n log n), without edges. Throws as run_fixed_thresholds.
std::size_t count_joining(std::vector<double> thresholds);

}  // namespace domino::sim
