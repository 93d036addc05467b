#pragma once

#include <string_view>
#include <vector>

#include "sim/targets.h"
#include "viz/write_results.h"

namespace domino::viz {

/// Every target of the world, assessed on the run and on its reference (empty without one), in the order of
/// BuiltWorld::targets.
struct TargetAssessment {
    std::vector<sim::TargetResult> scenario;
    std::vector<sim::TargetResult> reference;
};

TargetAssessment assess_targets(const RunContext& context);

std::string_view target_type_id(sim::TargetType type);
std::string_view conditionality_id(sim::Conditionality conditionality);
std::string_view lulucf_id(sim::LulucfTreatment lulucf);

}  // namespace domino::viz
