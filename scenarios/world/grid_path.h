#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/world/pack_countries.h"
#include "scenarios/world/path_assumptions.h"
#include "sim/world.h"

namespace domino::scenarios {

/// EF of a year of the panel: min(inventory ÷ generation, published); g/kWh.
std::optional<double> observed_factor_g_per_kwh(const CountryYear& year);

/// Emissions of electricity in a year of the panel, t: EF × generation, never more than the inventory sector.
/// Without a figure for generation the whole inventory sector is taken as electricity.
double electricity_t(const CountryYear& year);

/// Whether electricity can be given to its users: without a carbon intensity it stays in the remainder.
bool has_power(const sim::Country& country);

/// Fills the emission factor: observed to the base year; then its ratio on the published scale, observed to
/// the panel's last year, along the country's plan where it has one (which counts modelled solar), then by a
/// trend.
void fill_emission_factor(const CountryRecord& record, const PathAssumptions& assumptions,
                          const sim::Calendar& calendar, sim::Country& out, std::vector<std::string>& notes);

/// Fills national generation, TWh: observed, then growing with GDP and the trend of electricity per GDP.
void fill_generation(const CountryRecord& record, const sim::Calendar& calendar, sim::Country& out);

/// Electricity a user takes in the base year, kWh: its share of generation, or its emissions ÷ EF.
double electricity_demand_kwh(const sim::Country& country, sim::Sector user,
                              const PathAssumptions& assumptions, const sim::Calendar& calendar);

}  // namespace domino::scenarios
