#pragma once

#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "scenarios/strategy_plan.h"

namespace domino::scenarios {

/// The planner's own list of a plan that was made for a section: the same projects and agreements, each end
/// by its id, so that a run of the list is a run of the plan, bit for bit. `without` is the world they were
/// chosen for.
std::vector<StrategyProjectEntry> list_entries(const StrategyPlan& plan, const StrategySection& section,
                                               const BuiltWorld& without);

/// A scenario that runs a plan.
struct PlanFile {
    std::string about;      ///< comment at the head; may have several lines
    std::string extends;    ///< the scenario it was made for
    std::string reference;  ///< empty: none
    std::string name, title;
    const StrategySection& strategy;  ///< months, cap and phases
    const StrategyPlan& plan;
    const BuiltWorld& without;
    std::vector<std::string> remarks;  ///< one for each entry of its list
};

/// The scenario as TOML, which reads back to the same bits.
std::string plan_toml(const PlanFile& file);

}  // namespace domino::scenarios
