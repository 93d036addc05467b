#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/world/pack.h"
#include "scenarios/world/programme_plan.h"
#include "sim/world.h"

namespace domino::scenarios {

/// Adds what follows city-to-city projects (guidebook Fig. 7, Tables 7 and 8): each exit of the scenario is a
/// programme of its own, "exit-<scheme>", with the scenario's budget; its windows begin when a place's last
/// project has ended. Of the projects that end in an eligible place, by end and place id, the stated share
/// moves on, evenly spread; each moves on once, to the first exit that takes it.
///
/// Eligible are places of countries that are JCM partners when the window begins (schemes of Table 7), or
/// projects with a Japanese municipality in the world (schemes of Table 8). Schemes of ADB and UNIDO need the
/// scenario to say that the projects are the agency's own. What support of a type does is in the table
/// exit_support_types. Unknown schemes and applicants that do not fit are errors; an exit that moves nobody,
/// or whose sector no technology of the run belongs to, is a warning with the reason. Deterministic for any
/// order of projects.
void add_exits(Pack& pack, const Scenario& scenario, const std::map<std::string, sim::Month>& partners,
               const std::vector<PlannedProject>& projects, sim::World& world, Problems& problems);

}  // namespace domino::scenarios
