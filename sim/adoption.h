#pragma once

#include <algorithm>
#include <array>

#include "sim/kernel/elementary.h"

namespace domino::sim {

/// Rates of one place and technology, frozen over a step (model §2.3): `innovation` P is the place's own p
/// plus what comes from other places, `imitation` Q what adopters within the place cause, both times all
/// multipliers. 1/yr, ≥ 0.
template <class Real>
struct AdoptionRates {
    Real innovation{};
    Real imitation{};
};

/// Units sold over a step of `years`, exact Bass for frozen rates at any step length:
/// `e = exp(−(P+Q)Δt)`, sales = `M(1−x)(P+Qx)(1−e) / (P+Qx+Q(1−x)e)`, x = stock/potential.
/// Project units (share `projects` of the potential) count with weight λ in imitation:
/// P is replaced by P − Q(1−λ)·projects. Expects 0 ≤ stock ≤ potential, λ ∈ [0, 1], 0 ≤ projects ≤ x.
/// `Real` is double for accounts and validation, or float in the lanes of the ensemble: one text for both.
/// Never exceeds potential − stock, never negative. Source: Bass 1969, closed form. Deterministic.
template <class Real>
DOMINO_INLINE Real adoption_sales(Real stock, Real potential, AdoptionRates<Real> rates, Real years,
                                  Real projects = Real(0), Real seed_weight = Real(1)) {
    const Real free = potential - stock;
    const Real x = stock / potential;
    const Real innovation = rates.innovation - rates.imitation * (Real(1) - seed_weight) * projects;
    const Real pull = innovation + rates.imitation * x;
    // P_e may be negative while the pull is not: then the exponent only changes its sign.
    const Real gone = gone_share((innovation + rates.imitation) * years);
    const Real sales = free * pull * gone / (pull + rates.imitation * (Real(1) - x) * (Real(1) - gone));
    const Real sold = larger(smaller(sales, free), Real(0));
    // Also where potential = 0 and the lines above are not numbers.
    const Real moved = pull > Real(0) ? sold : Real(0);
    return free > Real(0) ? moved : Real(0);
}

/// The part of `sales` that innovation (P) caused; the rest is imitation's:
/// `(P M/Q)·log1p(Q(x′−x)/(P_e+Qx))`, all of it where Q = 0, none where P = 0.
template <class Real>
DOMINO_INLINE Real innovation_part(Real stock, Real potential, AdoptionRates<Real> rates, Real sales,
                                   Real projects = Real(0), Real seed_weight = Real(1)) {
    const Real effective = rates.innovation - rates.imitation * (Real(1) - seed_weight) * projects;
    const Real pull = effective + rates.imitation * (stock / potential);
    const Real part = rates.innovation * potential / rates.imitation *
                      log1p_growth(rates.imitation * (sales / potential) / pull);
    const Real bounded = smaller(part, sales);
    const Real caused = rates.imitation > Real(0) ? bounded : sales;
    const Real innovated = rates.innovation > Real(0) ? caused : Real(0);
    return sales > Real(0) ? innovated : Real(0);
}

/// Where a step starts, in units: the equation of adoption_sales() times M, so that 1/M is not needed.
template <class Real>
struct AdoptionStart {
    Real free{};      ///< M − A
    Real pull{};      ///< P_e M + Q A = M(P_e + Qx)
    Real exponent{};  ///< (P_e + Q)Δt
};

/// `effective` is P_e, which is P where there are no units of projects.
template <class Real>
DOMINO_INLINE AdoptionStart<Real> adoption_start(Real stock, Real potential, Real effective, Real imitation,
                                                 Real years) {
    return {potential - stock, effective * potential + imitation * stock, (effective + imitation) * years};
}

/// P_e = P − Q(1−λ)·projects.
template <class Real>
DOMINO_INLINE Real effective_innovation(AdoptionRates<Real> rates, Real projects, Real seed_weight) {
    return rates.innovation - rates.imitation * (Real(1) - seed_weight) * projects;
}

/// Sales, and by which part they raise the pull: `rise` = Q(x′−x)/(P_e+Qx) ≥ 0, of which no division by a
/// pull of 0 is left.
template <class Real>
struct AdoptionSales {
    Real sales{};
    Real rise{};
};

/// `gone` = 1 − e^(−exponent).
template <class Real>
DOMINO_INLINE AdoptionSales<Real> adoption_sold(const AdoptionStart<Real>& at, Real imitation, Real gone) {
    const Real per_pull = at.free * gone / (at.pull + imitation * at.free * (Real(1) - gone));
    const Real inside = larger(smaller(per_pull * at.pull, at.free), Real(0));
    // larger() gives 0 also where nothing pulls or nothing is free, and the line above is not a number.
    return {at.pull > Real(0) ? inside : Real(0), larger(imitation * per_pull, Real(0))};
}

/// What a step sold for each 1/yr of p and of what comes from other places, as multipliers cancel in P/Q:
/// `(M/q)·ln(1 + rise)`. Not a number where q = 0.
template <class Real>
DOMINO_INLINE Real sold_per_rate(Real potential, Real inverse_q, Real growth) {
    return potential * growth * inverse_q;
}

/// The part of the sales that `rate` caused, p or p and other places together: `(p M/q)·ln(1 + rise)`, of
/// which only rounding could make more than was sold; all of it where q = 0 (smaller() takes the other where
/// one is not a number).
template <class Real>
DOMINO_INLINE Real sold_by(Real rate, Real per_rate, Real sales) {
    return smaller(rate * per_rate, sales);
}

/// What moves in a step: sales, and `growth` = ln(1 + rise), by which their causes are told apart.
template <class Real>
struct AdoptionStep {
    Real sales{};
    Real growth{};
};

/// adoption_sales() for the price of one division, and what sold_per_rate() needs. The lanes of the ensemble
/// take its parts one after the other over many places, so that no place waits for another's division or
/// exponential.
template <class Real>
DOMINO_INLINE AdoptionStep<Real> adoption_step(Real stock, Real potential, AdoptionRates<Real> rates,
                                               Real years, Real projects, Real seed_weight) {
    const Real effective = effective_innovation(rates, projects, seed_weight);
    const AdoptionStart<Real> at = adoption_start(stock, potential, effective, rates.imitation, years);
    const AdoptionSales<Real> sold = adoption_sold(at, rates.imitation, gone_share(at.exponent));
    return {sold.sales, log1p_growth(sold.rise)};
}

inline constexpr double least_headroom = 1.25;  ///< M(t0) ≥ 1.25 A(t0) (PARAMETERS)

inline constexpr int max_erlang_stages = 8;

/// A stock by stage of age. Each stage passes n·Δt/L of its units on per step, all stages at once, and the
/// last one retires them: mean lifetime exactly L (model §2.3).
template <class Real>
using ErlangStages = std::array<Real, max_erlang_stages>;

/// Moves every stage on by one step and returns what retired. `rate` = nΔt/L ≤ 1, `count` = n ≤ 8.
template <class Real>
DOMINO_INLINE Real retire(Real* stages, int count, Real rate) {
    Real passed = Real(0);
    for (int j = 0; j < count; ++j) {
        const Real out = stages[j] * rate;
        stages[j] = stages[j] - out + passed;
        passed = out;
    }
    return passed;
}

/// Share of the starting stock in each stage after past growth g: falls by μ/(μ+g) from stage to stage,
/// μ = n/L (model §2.3). Sums to 1.
inline ErlangStages<double> starting_ages(int count, double lifetime_years, double growth_per_year) {
    ErlangStages<double> share{};
    const double mu = count / lifetime_years;
    const double ratio = mu / (mu + growth_per_year);
    double sum = 0.0;
    double value = 1.0;
    for (int j = 0; j < count; ++j) {
        share[static_cast<std::size_t>(j)] = value;
        sum += value;
        value *= ratio;
    }
    for (int j = 0; j < count; ++j) share[static_cast<std::size_t>(j)] /= sum;
    return share;
}

}  // namespace domino::sim
