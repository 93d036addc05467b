#pragma once

#include <filesystem>

#include "viz/target_assessment.h"

namespace domino::viz {

/// One row per target: what was filed, its level in its own accounting (Mt CO2e), the ratio that re-bases the
/// run to the target's inventory and its year, the share of members that meet it in the scenario and the
/// reference, the gap (Mt CO2e: emissions − lenient level, negative when met), status and reason. A target
/// that is not assessable has empty numbers, never zeros. Throws WriteError.
void write_targets_csv(const RunContext& context, const TargetAssessment& targets,
                       const std::filesystem::path& path);

}  // namespace domino::viz
