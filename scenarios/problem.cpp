#include "scenarios/problem.h"

#include <algorithm>

#include <fmt/format.h>

namespace domino::scenarios {

std::string format(const Problem& problem) {
    std::string text = problem.where.file;
    if (problem.where.line > 0) text += fmt::format(":{}", problem.where.line);
    if (problem.where.line > 0 && problem.where.column > 0) text += fmt::format(":{}", problem.where.column);
    if (!text.empty()) text += ": ";
    text += problem.severity == Severity::error ? "error: " : "warning: ";
    text += problem.what;
    if (!problem.why.empty()) text += fmt::format(" ({})", problem.why);
    if (!problem.fix.empty()) text += fmt::format("; {}", problem.fix);
    return text;
}

bool has_errors(const Problems& problems) {
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& p) { return p.severity == Severity::error; });
}

}  // namespace domino::scenarios
