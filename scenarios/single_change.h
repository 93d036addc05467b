#pragma once

#include <string>

#include "scenarios/scenario.h"

namespace domino::scenarios {

/// @p base with one of its differences from @p other taken over from there: `key` is a LeverChange::key of
/// differences(base, other) or differences(other, base). The date of a scale comes with it. An unknown key
/// leaves the scenario as it is.
Scenario take_over(const Scenario& base, const Scenario& other, const std::string& key);

}  // namespace domino::scenarios
