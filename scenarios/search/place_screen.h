#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/world/plan_candidates.h"
#include "sim/leverage/leverage_ensemble.h"

namespace domino::scenarios {

/// A place with what a lever pulled there avoids by the mean field.
struct ScreenedPlace {
    PlanCandidate place;
    double leverage_t = 0.0;  ///< t CO2e per unit of the lever, mean over members
};

/// Candidates by the leverage of `lever` there, the strongest first; equal ones by place id. Leverage sees no
/// place that matters because it tips others over a threshold (docs/leverage.md). @p table is of the world
/// the candidates are places of.
std::vector<ScreenedPlace> by_leverage(const std::vector<PlanCandidate>& candidates,
                                       const sim::LeverageTable& table, sim::Lever lever);

/// Some technologies, those first of which a million JPY of units bought at the place avoids most; only those
/// of which it avoids anything. Equal ones in the given order.
std::vector<std::uint16_t> by_leverage(const std::vector<std::uint16_t>& technologies, std::uint32_t place,
                                       const sim::LeverageTable& table);

}  // namespace domino::scenarios
