#pragma once

#include <string>

#include "scenarios/problem.h"
#include "scenarios/scenario.h"

namespace domino::scenarios {

/// What can be said of [strategy] without the data pack: money, dates, technologies, keys that change
/// nothing.
void check_strategy(const Scenario& scenario, const std::string& shown, Problems& problems);

}  // namespace domino::scenarios
