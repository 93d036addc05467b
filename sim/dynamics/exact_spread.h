#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "sim/dynamics/independent_cascade.h"
#include "sim/dynamics/linear_threshold.h"

namespace domino::sim {

/// How far exact enumeration may go. Both limits are counts, so that whether a graph is refused depends on
/// the graph alone.
struct ExactLimits {
    std::size_t edges = 1'000;           ///< edges into nodes that seeds may, but need not, reach
    std::uint64_t branchings = 1 << 20;  ///< cases told apart
};

/// Thrown when an exact answer would take more than the limits allow.
class TooLargeForExact : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// Expected spread without simulation error.
struct ExactSpread {
    double expected_spread = 0.0;                ///< seeds included
    std::vector<double> activation_probability;  ///< by row
    std::uint64_t branchings = 0;                ///< cases told apart on the way
};

/// The expected number of active nodes at the end, and each node's probability, summed over all live-edge
/// graphs (Kempe, Kleinberg & Tardos 2003). Instead of all 2^edges of them, it asks one node at a time
/// whether the active ones activate it, drops what can no longer be reached, treats parts that no longer
/// touch one by one, and remembers parts it has met before: trees take linear time, lattices exponential in
/// their width alone. Relative error about 1e-14. Throws TooLargeForExact above @p limits,
/// std::invalid_argument for an unknown seed. Deterministic.
ExactSpread compute_exact_spread(const IndependentCascade& model, std::span<const NodeId> seeds,
                                 ExactLimits limits = {});
ExactSpread compute_exact_spread(const LinearThreshold& model, std::span<const NodeId> seeds,
                                 ExactLimits limits = {});

}  // namespace domino::sim
