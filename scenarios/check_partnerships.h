#pragma once

#include "scenarios/scenario.h"

namespace domino::scenarios {

/// Checks leases, clean city partnerships and exits: the money and dates that no document gives have to be
/// the planner's. @p shown is the file's name for what has no place in it.
void check_partnerships(const Scenario& scenario, const std::string& shown, Problems& problems);

}  // namespace domino::scenarios
