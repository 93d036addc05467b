#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/world/leading_areas.h"
#include "scenarios/world/networks.h"
#include "sim/place_group.h"
#include "sim/world.h"

namespace domino::scenarios {

/// Yearly national totals in Mt, per country: first year and values.
using NationalHistory = std::vector<std::pair<int, std::vector<double>>>;

/// Groups a run reports on together: members of each network the scenario uses, leading areas, and both sides
/// of each withdrawal. A network whose membership implies targets carries them, measured from
/// network.base_year. A base year before the run is reached through the national inventory: a place is taken
/// to have changed since then as its country did.
std::vector<sim::PlaceGroup> place_groups(const Scenario& scenario,
                                          const std::map<std::string, Network>& networks,
                                          const std::vector<LeadingArea>& areas,
                                          const NationalHistory& history, const sim::World& world);

}  // namespace domino::scenarios
