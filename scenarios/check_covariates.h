#pragma once

#include "scenarios/problem.h"
#include "scenarios/scenario.h"

namespace domino::scenarios {

/// Adds a problem for each covariate whose keys contradict each other or leave open what its values are.
void check_covariates(const Scenario& scenario, Problems& problems);

}  // namespace domino::scenarios
