#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/dynamics/activation.h"
#include "sim/dynamics/hazard_spread.h"
#include "sim/dynamics/independent_cascade.h"
#include "sim/dynamics/linear_threshold.h"

namespace domino::sim {

/// How many realisations, and which.
struct SpreadOptions {
    std::uint64_t seed = 1;
    std::uint32_t members = 10'000;
    std::uint32_t first_member = 0;
    int threads = 0;                               ///< 0: all cores; results do not depend on it
    const std::atomic<bool>* cancelled = nullptr;  ///< set to stop; the estimate then throws Cancelled
    std::function<void(std::uint32_t done, std::uint32_t total)> progress = {};  ///< called from any thread
};

/// What the realisations say. Standard errors are those of the means.
struct SpreadEstimate {
    double expected_spread = 0.0;                ///< mean number of active nodes at the end, seeds included
    double standard_error = 0.0;                 ///< sample deviation / √members; 0 for one member
    std::vector<double> activation_probability;  ///< by row
    std::vector<std::uint32_t> spread;           ///< by member: nodes active at the end
};

/// √(p(1−p)/members), the standard error of an estimated probability.
double probability_standard_error(double probability, std::size_t members);

/// One realisation into the scratch given; must depend on the member alone. Called from many threads at once.
using SimulateSpread = std::function<void(SpreadMember member, Activation& active)>;

/// Runs members in parallel on a graph of @p nodes. Sums are of whole numbers and are taken in order of
/// members: the same bytes for any number of threads. Throws std::invalid_argument for no members, Cancelled
/// when told to stop, and whatever @p simulate throws.
SpreadEstimate estimate_spread(std::size_t nodes, const SimulateSpread& simulate,
                               const SpreadOptions& options);

/// Forward simulation from @p seeds. Throws std::invalid_argument for an unknown seed.
SpreadEstimate estimate_spread(const IndependentCascade& model, std::span<const NodeId> seeds,
                               const SpreadOptions& options);
/// By random thresholds.
SpreadEstimate estimate_spread(const LinearThreshold& model, std::span<const NodeId> seeds,
                               const SpreadOptions& options);
/// By live edges: another simulation of the same expectation.
SpreadEstimate estimate_spread_by_live_edges(const LinearThreshold& model, std::span<const NodeId> seeds,
                                             const SpreadOptions& options);
/// By the quicker method, or the one given; the estimate is the same.
SpreadEstimate estimate_spread(const HazardSpread& model, std::span<const NodeId> seeds,
                               const SpreadOptions& options);
SpreadEstimate estimate_spread(const HazardSpread& model, std::span<const NodeId> seeds,
                               const SpreadOptions& options, HazardMethod method);

/// What reverse-reachable sets say: nodes × the share of sets that hold a seed (Borgs et al. 2014).
struct ReverseEstimate {
    double expected_spread = 0.0;
    double standard_error = 0.0;
    std::uint32_t sets = 0;
    std::uint32_t hits = 0;
};

/// One reverse-reachable set a member, from a target drawn uniformly. Errors and determinism as above.
ReverseEstimate estimate_spread_by_reverse_sets(const IndependentCascade& model,
                                                std::span<const NodeId> seeds, const SpreadOptions& options);
ReverseEstimate estimate_spread_by_reverse_sets(const LinearThreshold& model, std::span<const NodeId> seeds,
                                                const SpreadOptions& options);

}  // namespace domino::sim
