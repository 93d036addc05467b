#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "scenarios/built_world.h"

namespace domino::cli {

/// One line: how many projects a strategy has, when and for how much; empty without a strategy.
std::string describe_strategy(const scenarios::BuiltWorld& built);

/// Every project with dates, cost and reason, and every round with what limited it; empty without a strategy.
std::string list_strategy(const scenarios::BuiltWorld& built);

/// The same as JSON; null without a strategy.
nlohmann::ordered_json strategy_json(const scenarios::BuiltWorld& built);

}  // namespace domino::cli
