#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/scenario.h"
#include "scenarios/world/pack_countries.h"
#include "scenarios/world/pack_technologies.h"
#include "sim/world.h"

namespace domino::scenarios {

/// Electric cars, battery and plug-in, on the road at the end of a year, by iso3.
using ElectricCarStock = std::map<std::string, std::map<int, double>>;

/// Reads ev_stock (cars, battery and plug-in); empty where the pack has no such table.
ElectricCarStock read_electric_cars(Pack& pack);

/// Operating margin of the grid for credits, g CO2/kWh, by iso3 (electricity_factors).
std::map<std::string, double> read_operating_margins(Pack& pack);

struct TechnologyEvidence {
    const CountryRecords& countries;
    const ElectricCarStock& electric_cars;
    const std::map<std::string, double>& operating_margins;
    double jcm_factor = 0.7;    ///< JCM grid factor as a share of the operating margin
    sim::Prior between_places;  ///< r, 1/yr
};

/// Yearly solar yield of a kW, kWh: GHI × 365 × performance ratio 0.77.
double solar_yield_kwh(double ghi_kwh_m2_day);

/// Fills world.technologies and every place's potential factors from the records, after countries, places and
/// their emissions are there.
///
/// U and A(t0)/U of a country without a row: linear in the logarithms between the countries with one, ordered
/// by GDP per head at the start, held beyond the ends (mark G; a share of 0 counts as 1e-4). Solar counts kW
/// of national mean yield: a place's potential follows its GHI. U is cut so that a technology never saves
/// more than its sector emits, nor more of a user's electricity than its kind can; countries that were cut
/// are noted. Costs are those of 2020 in JPY of 2025. Rules per technology stand in effect_rules.
void build_technologies(const std::vector<TechnologyRecord>& records, const TechnologyEvidence& evidence,
                        const geo::PlaceTable& table, sim::World& world, std::vector<std::string>& notes);

}  // namespace domino::scenarios
