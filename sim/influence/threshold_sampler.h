#pragma once

#include <cstdint>
#include <vector>

#include "sim/dynamics/linear_threshold.h"
#include "sim/influence/reverse_sampler.h"

namespace domino::sim {

/// Reverse-reachable sets of linear threshold: a walk backwards, each node keeping at most one of its
/// incoming edges (Kempe, Kleinberg & Tardos 2003), until a node keeps none or is met again.
class ThresholdSampler : public ReverseSampler {
 public:
    /// Refers to the model, which must outlive it.
    ThresholdSampler(const LinearThreshold& model, std::uint64_t seed);

    std::size_t nodes() const override { return graph_.nodes(); }
    void sample(std::uint64_t set, ReverseScratch& scratch, std::vector<std::uint32_t>& rows) const override;

 private:
    const Digraph& graph_;
    std::uint64_t seed_;
    std::vector<std::size_t> begin_;
    std::vector<double> upto_;  ///< by incoming edge: sum of the weights up to it
};

}  // namespace domino::sim
