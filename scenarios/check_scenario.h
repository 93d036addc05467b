#pragma once

#include <string>

#include "scenarios/problem.h"
#include "scenarios/scenario.h"

namespace domino::scenarios {

/// What must hold between keys: months in order, a target year after its base, names used once, a reference
/// that is another file. @p shown is the scenario file, for keys that were not written.
void check_scenario(const Scenario& scenario, const std::string& shown, Problems& problems);

}  // namespace domino::scenarios
