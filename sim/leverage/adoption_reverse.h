#pragma once

#include "sim/adoption.h"

/// The steps of sim/adoption.h read backwards: each function takes the derivative of some sum with respect to
/// what a step gave, and adds to the derivatives with respect to what it was given (vector–Jacobian products,
/// Griewank and Walther 2008). In double. Where a step has a kink, the side it was on is kept.
namespace domino::sim {

/// What a step of adoption was given, and the same shape for derivatives.
struct AdoptionGiven {
    double stock = 0.0;
    double potential = 0.0;
    double innovation = 0.0;  ///< P
    double imitation = 0.0;   ///< Q
    double projects = 0.0;    ///< share of the potential
};

/// Reverse of the sales of adoption_step(): `by_sales` times their gradient. Zero where nothing was sold.
DOMINO_INLINE AdoptionGiven adoption_step_reverse(const AdoptionGiven& given, double years,
                                                  double seed_weight, double by_sales) {
    AdoptionGiven by;
    const double free = given.potential - given.stock;
    const double inverse = 1.0 / given.potential;
    const double x = given.stock * inverse;
    const double unseeded = 1.0 - seed_weight;
    const double effective = given.innovation - given.imitation * unseeded * given.projects;
    const double pull = effective + given.imitation * x;
    if (!(free > 0.0) || !(pull > 0.0)) return by;
    const double gone = gone_share((effective + given.imitation) * years);
    const double left = (1.0 - x) * (1.0 - gone);
    const double over = 1.0 / (pull + given.imitation * left);
    const double unit = gone * over;  // sales = free · pull · unit
    const double by_over = -by_sales * free * pull * unit * over;
    const double by_gone = by_sales * free * pull * over - by_over * given.imitation * (1.0 - x);
    const double by_exponent = by_gone * years * (1.0 - gone);
    const double by_pull = by_sales * free * unit + by_over;
    const double by_effective = by_pull + by_exponent;
    const double by_x = by_pull * given.imitation - by_over * given.imitation * (1.0 - gone);
    const double by_free = by_sales * pull * unit;
    by.stock = by_x * inverse - by_free;
    by.potential = by_free - by_x * x * inverse;
    by.innovation = by_effective;
    by.imitation = by_pull * x + by_over * left + by_exponent - by_effective * unseeded * given.projects;
    by.projects = -by_effective * given.imitation * unseeded;
    return by;
}

/// Reverse of retire(): `by_stages` holds the derivatives with respect to the stages after it and gets those
/// before it; `by_retired` is the one with respect to what retired.
DOMINO_INLINE void retire_reverse(double* by_stages, int count, double rate, double by_retired) {
    double by_passed = by_retired;
    for (int j = count - 1; j >= 0; --j) {
        const double by_out = by_passed - by_stages[j];
        by_passed = by_stages[j];
        by_stages[j] += by_out * rate;
    }
}

}  // namespace domino::sim
