#pragma once

#include <cstdint>

#include "sim/dynamics/hazard_spread.h"
#include "sim/influence/reverse_sampler.h"

namespace domino::sim {

/// Reverse-reachable sets of contagion in time up to the clock's end: who, active at the start, brings it
/// about that the target is active by then though it would not have been without seeds. Hazards add up, so
/// each edge acts as if it alone needed ⌈Exp(1)/(q w Δt)⌉ steps and each node by itself ⌈Exp(1)/(p Δt)⌉: the
/// earliest wins, in the same law as HazardSpread (whose weights are rounded to 2⁻¹⁶). Shortest ways
/// backwards (Dijkstra 1959); a set is empty when somebody spontaneous gets there in time.
class HazardSampler : public ReverseSampler {
 public:
    /// Refers to the model, which must outlive it.
    HazardSampler(const HazardSpread& model, std::uint64_t seed) : model_(model), seed_(seed) {}

    std::size_t nodes() const override { return model_.graph().nodes(); }
    void sample(std::uint64_t set, ReverseScratch& scratch, std::vector<std::uint32_t>& rows) const override;

 private:
    const HazardSpread& model_;
    std::uint64_t seed_;
};

}  // namespace domino::sim
