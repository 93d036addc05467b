#include "scenarios/world/problems.h"

namespace domino::scenarios {

void append_data_problems(Problems& problems, const geo::ProblemError& error, const SourceLocation& where) {
    for (const auto& problem : error.problems()) {
        Problem out;
        out.where = where;
        if (out.where.file.empty()) {
            out.where.file = problem.where;
            out.what = problem.what;
        } else {
            out.what = problem.where + ": " + problem.what;
        }
        out.why = problem.why;
        out.fix = problem.fix;
        out.kind = ProblemKind::data;
        problems.push_back(out);
    }
}

}  // namespace domino::scenarios
