#pragma once

#include <string>

#include "scenarios/problem.h"
#include "scenarios/scenario.h"

namespace domino::scenarios {

/// What [output] asks for and cannot be had: an unknown CRS or proxy, a cell size in the wrong unit, an
/// extent without all its sides. @p shown names the file in problems about keys that no file sets.
void check_output(const Scenario& scenario, const std::string& shown, Problems& problems);

}  // namespace domino::scenarios
