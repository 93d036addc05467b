#pragma once

#include <vector>

namespace domino::sim {

/// Lifetimes with survival S(a) = exp(−(a/L)^k) (Weibull 1951): the share of a cohort still in use at age a.
/// Years; k and L finite and > 0, else the functions throw std::invalid_argument. Deterministic.
struct WeibullLifetime {
    double shape = 3.0;         ///< k
    double scale_years = 15.0;  ///< L
};

double weibull_survival(WeibullLifetime lifetime, double age_years);
/// L·Γ(1 + 1/k); relative error below 1e-14.
double weibull_mean_years(WeibullLifetime lifetime);
/// L·(ln 2)^(1/k).
double weibull_median_years(WeibullLifetime lifetime);

/// Survival of the simulator's stock (sim/adoption.h) in continuous time: n stages in a row, each left at
/// rate n/L, so S(a) = e^(−na/L) Σ_{j<n} (na/L)^j / j!, mean lifetime L. Throws std::invalid_argument for
/// stages < 1, a lifetime ≤ 0 or an age < 0.
double erlang_survival(int stages, double lifetime_years, double age_years);

/// A stock kept cohort by cohort with Weibull lifetimes, stepped by years. The simulator itself uses stages,
/// which need no memory of each year's sales; this is what they are compared with.
class CohortStock {
 public:
    explicit CohortStock(WeibullLifetime lifetime);

    /// One year: cohorts age, then `sales` ≥ 0 units of age 0 are added. Returns the units retired, so that
    /// stock after = stock before + sales − retired. Throws std::invalid_argument for sales < 0 or not
    /// finite.
    double step(double sales);

    /// Σ over cohorts of sales · S(age).
    double units() const;

 private:
    WeibullLifetime lifetime_;
    std::vector<double> sales_;  ///< by year, the latest last
};

}  // namespace domino::sim
