#pragma once

#include "geo/portable_math.h"
#include "sim/capacity.h"
#include "sim/kernel/lane.h"

/// Commitment and capacity of one place in the mean field (model §9), forwards and backwards.
namespace domino::sim {

/// `C′ = C + (1 − C)(1 − e^(−H))`, exact for a cumulative hazard H of the step; `survival` is e^(−H).
DOMINO_INLINE double expected_commitment(double committed, double survival) {
    return 1.0 - (1.0 - committed) * survival;
}

/// Derivatives with respect to C and H, from the one with respect to C′.
struct ByCommitment {
    double committed = 0.0;
    double hazard = 0.0;
};
DOMINO_INLINE ByCommitment expected_commitment_reverse(double committed, double survival, double by_next) {
    return {by_next * survival, by_next * (1.0 - committed) * survival};
}

/// Cumulative hazard from one neighbour that has committed in the step before with probability `fresh`, where
/// each that did commits the place with probability c: `−ln(1 − c·fresh)`. Over independent neighbours the
/// sum is that of the mean survival.
inline double expected_coercion(double coercion, double fresh) {
    return -portable::log1p(-coercion * fresh);
}
inline double expected_coercion_slope(double coercion, double fresh) {
    return coercion / (1.0 - coercion * fresh);
}

/// Derivatives with respect to what a step of capacity was given, from the one with respect to K′ =
/// step_capacity(capacity, capacity_relaxation(rates, committed, support, years)).
struct ByCapacity {
    double capacity = 0.0;
    double committed = 0.0;
    double support = 0.0;
};
DOMINO_INLINE ByCapacity step_capacity_reverse(const CapacityRates& rates, double capacity, double committed,
                                               double support, double remaining, double years,
                                               double by_next) {
    const double gain = rates.base + rates.committed * committed + rates.supported * support;
    const double speed = gain + rates.decay;
    if (!(speed > 0.0)) return {by_next, 0.0, 0.0};
    const double target = gain / speed;
    const double by_gain = by_next * ((1.0 - remaining) * rates.decay / (speed * speed) -
                                      (capacity - target) * years * remaining);
    return {by_next * remaining, by_gain * rates.committed, by_gain * rates.supported};
}

}  // namespace domino::sim
