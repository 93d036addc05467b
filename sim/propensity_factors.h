#pragma once

#include <cstddef>
#include <span>

#include "sim/member_draws.h"
#include "sim/world.h"

namespace domino::sim {

/// Years in which covariates give places propensities of their own: 1 where none of them changes, else the
/// calendar years the run touches.
std::size_t propensity_years(const World& world);

/// What a place's covariates make of its propensity in a calendar year of the run, counted from the first it
/// touches, against that first year: exp(Σ_k β_k · (x_k(year) − x_k(first))). 1 where none changes.
double covariate_factor(const World& world, const MemberDraws& draws, std::size_t year, std::size_t place);

/// Whether θ changes in the course of a run: nations withdraw, or covariates do.
bool propensity_changes(const World& world);
/// Whether propensity_factors() may give other factors for a step than for the one before.
bool propensity_may_change_at(const World& world, int step);

/// Into `factors`, the factor on θ of every place in a month against place_propensity(): that of the
/// withdrawals which act then (withdrawal_propensity) times covariate_factor() of the calendar year.
void propensity_factors(const World& world, const MemberDraws& draws, int step, std::span<double> factors);

}  // namespace domino::sim
