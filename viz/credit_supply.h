#pragma once

#include <vector>

#include "sim/credits/credit_accounting.h"
#include "sim/results.h"

namespace domino::viz {

/// Credits the buyer has acquired in all by the end of a goal's year.
struct SupplyResult {
    std::vector<double> supply_mt;  ///< [member], Mt CO2e; empty where the run does not cover the year
    double probability = 0.0;       ///< share of members at or above the goal
};

/// Holds a run against a goal of credits to be acquired. A fiscal year stands for the calendar year it begins
/// in, as vintages are calendar years.
SupplyResult assess_supply(const sim::RunResults& results, const sim::CreditSupplyGoal& goal);

}  // namespace domino::viz
