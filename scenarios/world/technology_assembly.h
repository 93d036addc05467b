#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/scenario.h"
#include "scenarios/world/pack_countries.h"
#include "scenarios/world/pack_technologies.h"
#include "scenarios/world/parameters.h"
#include "scenarios/world/path_assumptions.h"
#include "sim/world.h"

namespace domino::scenarios {

/// Electric cars, battery and plug-in, on the road at the end of a year, by iso3.
using ElectricCarStock = std::map<std::string, std::map<int, double>>;

/// Reads ev_stock (cars, battery and plug-in); empty where the pack has no such table.
ElectricCarStock read_electric_cars(Pack& pack);

/// Operating margin of the grid for credits, g CO2/kWh, by iso3 (electricity_factors).
std::map<std::string, double> read_operating_margins(Pack& pack);

/// Parameters all technologies share.
struct TechnologyAssumptions {
    double jcm_factor = 0.7;  ///< JCM grid factor as a share of the operating margin, central
    double solar_growth_before = 0.24, solar_gw_2020 = 710.0, solar_gw_2024 = 1865.0;
    double solar_gw_a_year = 450.0;
    sim::Prior solar_factor;  ///< multiplies the world's solar growth
    sim::Prior car_factor;    ///< that of electric vehicles
    double other_growth = 0.03;
    sim::Prior other_factor;  ///< that of all others
    double cost_noise_sd = 0.08, cost_noise_sd_solar = 0.105;
    int erlang_stages = 4;
};
TechnologyAssumptions read_technology_assumptions(const Parameters& parameters);

struct TechnologyEvidence {
    const CountryRecords& countries;
    const ElectricCarStock& electric_cars;
    const std::map<std::string, double>& operating_margins;
    const PathAssumptions& paths;
    TechnologyAssumptions assumptions;
    sim::Prior between_places;  ///< r, 1/yr
};

/// Yearly solar yield of a kW, kWh: GHI × 365 × performance ratio 0.77.
double solar_yield_kwh(double ghi_kwh_m2_day);

/// Fills world.technologies and every place's potential factors from the records, after countries, places and
/// their emissions are there.
///
/// U and A(t0)/U of a country without a row: linear in the logarithms between the countries with one, ordered
/// by GDP per head at the start, held beyond the ends (mark G; a share of 0 counts as 1e-4). Counted electric
/// cars replace A(t0), and a rooftop kind without a row is at most half of the country's solar generation.
/// Solar counts kW of national mean yield: a place's potential follows its GHI. U is cut so that a technology
/// never saves more than its sector emits, nor more of a user's electricity than its kind can; countries that
/// were cut are noted. Costs are those of 2020 in JPY of 2025. Rules per technology stand in effect_rules.
void build_technologies(const std::vector<TechnologyRecord>& records, const TechnologyEvidence& evidence,
                        const geo::PlaceTable& table, sim::World& world, std::vector<std::string>& notes);

}  // namespace domino::scenarios
