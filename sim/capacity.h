#pragma once

#include "geo/portable_math.h"

namespace domino::sim {

/// κ0, κ1, κ2, δ of the capacity equation, 1/yr (model §2.2).
struct CapacityRates {
    double base = 0.01;
    double committed = 0.10;
    double supported = 0.22;
    double decay = 0.045;
};

/// Capacity of a place nobody supports and that has not committed: κ0/(κ0+δ).
inline double resting_capacity(const CapacityRates& rates) {
    return rates.base / (rates.base + rates.decay);
}

/// Where capacity goes and how fast, for one state of (C, S).
struct CapacityRelaxation {
    double target = 0.0;     ///< the capacity it tends to
    double remaining = 1.0;  ///< share of the distance left after one step
};

/// `dK/dt = (κ0 + κ1 C + κ2 S)(1 − K) − δK` solved exactly over a step of `years`:
/// K′ = K∞ + (K − K∞)e^(−λΔt), λ = κ0 + κ1C + κ2S + δ, K∞ = (λ − δ)/λ. Stays in [0, 1].
/// `committed` is C: 0 or 1, or in the mean field what lies between. `support` is the intensity S of capacity
/// building, 0 … 1.
inline CapacityRelaxation capacity_relaxation(const CapacityRates& rates, double committed, double support,
                                              double years) {
    const double gain = rates.base + rates.committed * committed + rates.supported * support;
    const double speed = gain + rates.decay;
    if (!(speed > 0.0)) return {};
    return {gain / speed, portable::exp(-speed * years)};
}

inline double step_capacity(double capacity, const CapacityRelaxation& relaxation) {
    return relaxation.target + (capacity - relaxation.target) * relaxation.remaining;
}

}  // namespace domino::sim
