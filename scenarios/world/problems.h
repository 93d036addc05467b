#pragma once

#include "geo/problem.h"
#include "scenarios/problem.h"

namespace domino::scenarios {

/// Hands problems found in a file on as problems of the run: the file's own place stands in the text, @p
/// where is the line of the scenario that named the file (or nothing, for the data pack).
void append_data_problems(Problems& problems, const geo::ProblemError& error, const SourceLocation& where);

}  // namespace domino::scenarios
