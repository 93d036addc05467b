#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/world/plan_candidates.h"
#include "sim/leverage/leverage_ensemble.h"

namespace domino::scenarios {

/// A place with what a year of support there avoids by the mean field.
struct ScreenedPlace {
    PlanCandidate place;
    double leverage_t = 0.0;  ///< t CO2e per year of support, mean over members
};

/// Candidates by their leverage, the strongest first; equal ones by place id. Leverage sees no place that
/// matters because it tips others over a threshold (docs/leverage.md). @p table is of the world the
/// candidates are places of.
std::vector<ScreenedPlace> by_leverage(const std::vector<PlanCandidate>& candidates,
                                       const sim::LeverageTable& table);

}  // namespace domino::scenarios
