#pragma once

#include <string>
#include <vector>

#include "scenarios/world/pack_countries.h"
#include "scenarios/world/path_assumptions.h"
#include "sim/world.h"

namespace domino::scenarios {

/// Fills the sectors places own, the parts of the remainder and land use of a country whose emission factor
/// is known, from its inventory. A sector that is missing counts 0, a negative one goes to the remainder;
/// both are noted. A country without any inventory has its fossil CO2 in the remainder.
void fill_inventory(const CountryRecord& record, const PathAssumptions& assumptions,
                    const sim::Calendar& calendar, sim::Country& out, std::vector<std::string>& notes);

}  // namespace domino::scenarios
