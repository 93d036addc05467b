#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// What the guidebook and the pack say of a technology beside its figures.
struct TechnologyTags {
    std::vector<std::string> sectors;  ///< labels of the guidebook's Box 5
    bool energy_co2 = true;            ///< cuts energy-related CO2, so that a JCM model project may buy it
    std::set<int> goals;               ///< Sustainable Development Goals it serves
};

/// Tags by technology id: sectors and the energy flag of technologies, goals of co_benefits. A pack without
/// the columns or the table says nothing of any, and everything counts as cutting energy CO2.
std::map<std::string, TechnologyTags> read_technology_tags(Pack& pack);

/// The 13 labels of Box 5, in the guidebook's order; of the technologies where the pack does not list them.
std::vector<std::string> read_guidebook_sectors(Pack& pack,
                                                const std::map<std::string, TechnologyTags>& tags);

/// The reductions the global stocktake calls consistent with 1.5 °C, by year; none where the pack lacks them.
std::vector<StocktakeLevel> read_stocktake_levels(Pack& pack);

/// Whether a technology is of waste or water: the sector "Waste treatment and disposal", or goal 6.
bool serves_waste_or_water(const TechnologyTags& tags);

}  // namespace domino::scenarios
