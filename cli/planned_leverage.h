#pragma once

#include "scenarios/scenario.h"
#include "sim/leverage/leverage_ensemble.h"

namespace domino::cli {

/// Years in which levers are pulled unless more is said.
inline constexpr int planned_lever_years = 10;

/// Levers pulled in ten years from 2026 on, as far as the run has them; all its tonnes count; the scenario's
/// seed and what a project costs in it.
sim::LeverageOptions planned_leverage(const scenarios::Scenario& scenario, const sim::Calendar& calendar);

}  // namespace domino::cli
