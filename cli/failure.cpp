#include "cli/failure.h"

#include <algorithm>

namespace domino::cli {

ExitCode exit_code_of(const scenarios::Problems& problems) {
    const bool scenario_at_fault =
        std::any_of(problems.begin(), problems.end(), [](const scenarios::Problem& p) {
            return p.severity == scenarios::Severity::error && p.kind == scenarios::ProblemKind::scenario;
        });
    return scenario_at_fault ? ExitCode::scenario_invalid : ExitCode::data;
}

}  // namespace domino::cli
