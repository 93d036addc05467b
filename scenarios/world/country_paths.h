#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/world/pack_countries.h"
#include "sim/calendar.h"
#include "sim/world.h"

namespace domino::scenarios {

/// Anchors of a grid plan: year → carbon intensity, g CO2e/kWh, on the plan's own scale.
using GridPlan = std::map<int, double>;

/// What the paths of all countries share.
struct PathSettings {
    sim::Calendar calendar;
    std::map<std::string, GridPlan> grid_plans;       ///< by iso3
    std::map<std::string, double> published_factors;  ///< g/kWh, for countries without generation figures
    double waste_median_trend_per_year = 0.0;         ///< world median of the log intensity trend of waste
};

/// Grid plans of the pack (grid_paths.csv, metric carbon_intensity), the middle of low and high.
std::map<std::string, GridPlan> read_grid_plans(Pack& pack);

/// Published average carbon intensity by country (electricity_factors.csv), else the operating margin; g/kWh.
std::map<std::string, double> read_published_factors(Pack& pack);

/// Median over countries above 10 million people of the yearly change of log waste emissions per GDP over the
/// twelve years before their last inventory year; 0 when fewer than ten countries can be measured.
double median_waste_trend(const CountryRecords& records);

/// A country as the model wants it.
///
/// Population: the panel to its last year, then the UN projection by its ratio to that year. GDP: observed,
/// then SSP2 growth per head times the population path. Sectors: last year of the inventory; electricity is
/// EF·generation with EF = min(inventory ÷ generation, published intensity), split by user; what is left of
/// the inventory sector is heat and captive power. Trends of log intensity per GDP: half the country's own
/// over twelve years (kept within ±8 %/yr) and half the world median. Remainder parts: half their own log
/// trend (kept within ±3 %/yr). Land use is held. A sector that is missing counts 0, a negative one goes to
/// the remainder; both are noted. A country without any inventory has its fossil CO2 in the remainder.
sim::Country build_country(const CountryRecord& record, const PathSettings& settings,
                           std::vector<std::string>& notes);

/// Electricity a user takes in the base year, kWh: its share of generation, or its emissions ÷ EF.
double electricity_demand_kwh(const sim::Country& country, sim::Sector user, const sim::Calendar& calendar);

/// A country the pack does not know: constant population, no GDP, no inventory.
sim::Country build_empty_country(const std::string& iso3, const sim::Calendar& calendar);

/// People of a country at the start of the run; nullopt where the pack has none.
std::optional<double> start_population(const CountryRecord& record, const sim::Calendar& calendar);

}  // namespace domino::scenarios
