#pragma once

#include <algorithm>
#include <array>

#include "geo/portable_math.h"

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
/// Never exceeds potential − stock, never negative. Source: Bass 1969, closed form. Deterministic.
template <class Real>
Real adoption_sales(Real stock, Real potential, AdoptionRates<Real> rates, Real years,
                    Real projects = Real(0), Real seed_weight = Real(1)) {
    const Real free = potential - stock;
    if (!(free > Real(0))) return Real(0);
    const Real x = stock / potential;
    const Real innovation = rates.innovation - rates.imitation * (Real(1) - seed_weight) * projects;
    const Real sum = innovation + rates.imitation;
    const Real pull = innovation + rates.imitation * x;
    if (!(pull > Real(0))) return Real(0);
    // P_e may be negative while the pull is not: then the exponent is still well defined, only its sign
    // varies.
    const Real gone = sum >= Real(0) ? Real(portable::decayed(static_cast<double>(sum * years)))
                                     : Real(-portable::expm1(static_cast<double>(-sum * years)));
    const Real left = Real(1) - gone;
    const Real sales = free * pull * gone / (pull + rates.imitation * (Real(1) - x) * left);
    return std::clamp(sales, Real(0), free);
}

/// The part of `sales` that innovation (P) caused; the rest is imitation's:
/// `(P M/Q)·log1p(Q(x′−x)/(P_e+Qx))`, all of it where Q = 0, none where P = 0.
inline double innovation_part(double stock, double potential, AdoptionRates<double> rates, double sales,
                              double projects = 0.0, double seed_weight = 1.0) {
    if (!(sales > 0.0) || !(rates.innovation > 0.0)) return 0.0;
    if (!(rates.imitation > 0.0)) return sales;
    const double effective = rates.innovation - rates.imitation * (1.0 - seed_weight) * projects;
    const double pull = effective + rates.imitation * stock / potential;
    const double part = rates.innovation * potential / rates.imitation *
                        portable::log1p_growth(rates.imitation * (sales / potential) / pull);
    return std::min(part, sales);
}

inline constexpr int max_erlang_stages = 8;

/// A stock by stage of age. Each stage passes n·Δt/L of its units on per step, all stages at once, and the
/// last one retires them: mean lifetime exactly L (model §2.3).
template <class Real>
using ErlangStages = std::array<Real, max_erlang_stages>;

/// Moves every stage on by one step and returns what retired. `rate` = nΔt/L ≤ 1, `count` = n ≤ 8.
template <class Real>
Real retire(Real* stages, int count, Real rate) {
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
