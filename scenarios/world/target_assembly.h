#pragma once

#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "scenarios/world/pack_countries.h"

namespace domino::scenarios {

/// The targets of the scenario's countries from the pack (ndc_targets) and the scenario's own, in order of
/// country, year, id; fractions in 0 … 1. `history_mt` is the inventory the run starts from, so that `assess`
/// can re-base. Unknown countries or types of the scenario's targets are problems at their place.
std::vector<sim::Target> read_targets(Pack& pack, const Scenario& scenario, const CountryRecords& countries,
                                      const sim::World& world, Problems& problems);

/// First year and yearly national totals without land use, Mt CO2e, from 2010 to the base year, by country.
std::vector<std::pair<int, std::vector<double>>> national_history(const CountryRecords& countries,
                                                                  const sim::World& world);

}  // namespace domino::scenarios
