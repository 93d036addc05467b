#pragma once

#include <span>
#include <vector>

#include "sim/credits/credit_types.h"

namespace domino::sim {

/// A party's emissions and credits in consecutive years of one contribution, t CO2e; all of one length.
/// `first_transferred` by the year the reduction occurred, `used` by the year of use.
struct BalanceYears {
    std::span<const double> emissions;
    std::span<const Tonnes> first_transferred;
    std::span<const Tonnes> used;
};

/// Emissions balances after corresponding adjustments (decision 2/CMA.3, annex, paragraphs 7 and 8), t CO2e.
/// Each returns one value a year and throws std::invalid_argument where the lengths differ.

/// EB_t = E_t + F_t − U_t: every year of a multi-year contribution, and of a single-year one with a
/// trajectory (paragraph 7 (a) (i) and (b)).
std::vector<double> annual_balance(const BalanceYears& years);

/// Σ_{s ≤ t} EB_s; its last value is what is held against a budget or a trajectory's sum at the end of the
/// period (paragraph 7 (a) (i) and (b)).
std::vector<double> cumulative_balance(const BalanceYears& years);

/// EB_t = E_t + (Σ_{s ≤ t} F_s − U_s)/n_t, n_t the years elapsed: indicative in each year, final in the
/// contribution's year (paragraph 7 (a) (ii), averaging).
std::vector<double> averaging_balance(const BalanceYears& years);

}  // namespace domino::sim
