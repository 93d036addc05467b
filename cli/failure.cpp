#include "cli/failure.h"

#include <algorithm>

namespace domino::cli {

ExitCode exit_code_of(const scenarios::Problems& problems) {
    const auto any = [&](scenarios::ProblemKind kind) {
        return std::any_of(problems.begin(), problems.end(), [kind](const scenarios::Problem& p) {
            return p.severity == scenarios::Severity::error && p.kind == kind;
        });
    };
    if (any(scenarios::ProblemKind::scenario)) return ExitCode::scenario_invalid;
    return any(scenarios::ProblemKind::data) ? ExitCode::data : ExitCode::infeasible;
}

}  // namespace domino::cli
