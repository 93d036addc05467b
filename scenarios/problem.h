#pragma once

#include <string>
#include <vector>

namespace domino::scenarios {

/// Where in a file something stands; line and column count from 1, 0 when not known.
struct SourceLocation {
    std::string file;
    int line = 0;
    int column = 0;
};

enum class Severity : unsigned char { error, warning };

/// What kind of failure an error is; decides the exit code (3 scenario invalid, 4 data or CRS, 5 infeasible:
/// well said, but there is no way to do it).
enum class ProblemKind : unsigned char { scenario, data, infeasible };

/// One thing that is wrong, said so that a planner can mend it: where, what, why, what would be right.
struct Problem {
    SourceLocation where;
    std::string what;
    std::string why;
    std::string fix;
    Severity severity = Severity::error;
    ProblemKind kind = ProblemKind::scenario;
};

using Problems = std::vector<Problem>;

/// "file:line:column: error: what (why). fix" — one line.
std::string format(const Problem& problem);

bool has_errors(const Problems& problems);

}  // namespace domino::scenarios
