#pragma once

#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/scenario.h"
#include "scenarios/strategy_plan.h"

namespace domino::scenarios {

/// The planner's own list of a plan: the same projects, each end by its id, so that a run of the list is a
/// run of the plan, bit for bit.
std::vector<StrategyProjectEntry> list_entries(const StrategyPlan& plan, const geo::PlaceTable& places);

/// A scenario that runs a plan.
struct PlanFile {
    std::string about;      ///< comment at the head; may have several lines
    std::string extends;    ///< the scenario it was made for
    std::string reference;  ///< empty: none
    std::string name, title;
    const StrategySection& strategy;  ///< months, cap and phases
    const StrategyPlan& plan;
    const geo::PlaceTable& places;
    std::vector<std::string> remarks;  ///< one for each project of the plan
};

/// The scenario as TOML, which reads back to the same bits.
std::string plan_toml(const PlanFile& file);

}  // namespace domino::scenarios
