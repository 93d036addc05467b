#pragma once

#include "cli/exit_code.h"
#include "cli/optimize_request.h"
#include "cli/session.h"

namespace domino::cli {

/// domino optimize on a scenario: searches the projects of its strategy, tells the plan and writes it. Under
/// mpirun ranks share the plans that are simulated, and the leading rank writes; the same bytes for any of
/// them. Throws Failure (infeasible) where nothing can be chosen, Rejected, sim::Cancelled and
/// viz::WriteError.
ExitCode optimize_scenario(const OptimizeRequest& request, Session& session);

}  // namespace domino::cli
