#pragma once

#include <string>

#include "scenarios/scenario.h"

namespace domino::scenarios {

/// Checks the sections of the theme documents' systems: leading areas, FutureCity, the subnational
/// initiative, contacts and withdrawals. @p shown is the file as a message names it.
void check_systems(const Scenario& scenario, const std::string& shown, Problems& problems);

}  // namespace domino::scenarios
