#pragma once

#include <map>
#include <string>

#include "scenarios/strategy_plan.h"
#include "scenarios/world/programmes.h"
#include "scenarios/world/technology_tags.h"

namespace domino::scenarios {

struct StrategyProgrammeInputs {
    const Scenario& scenario;
    const std::map<std::string, TechnologyTags>& tags;
};

/// Adds the strategy as a programme of its own with its budget and support windows to @p world, and its
/// projects and agreements to those of @p collaboration, so that they are ties and projects may move on to
/// other schemes. An agreement that costs money is a window without activities. Warns of technologies that
/// no JCM project may buy.
void add_strategy(const StrategyProgrammeInputs& inputs, const StrategyPlan& plan,
                  Collaboration& collaboration, sim::World& world, Problems& problems);

}  // namespace domino::scenarios
