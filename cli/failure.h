#pragma once

#include <stdexcept>
#include <string>

#include "cli/exit_code.h"
#include "scenarios/problem.h"

namespace domino::cli {

/// Ends a command with a message and an exit code.
class Failure : public std::runtime_error {
 public:
    Failure(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
    ExitCode code() const { return code_; }

 private:
    ExitCode code_;
};

/// One of the ranks of a run failed; the others ended with it.
class RankFailed : public Failure {
 public:
    using Failure::Failure;
};

/// Ends a command because of problems that have been printed already.
struct Rejected {
    ExitCode code = ExitCode::scenario_invalid;
};

/// The user pressed Ctrl-C.
struct Interrupted {};

/// 3 when the scenario is at fault, 4 when only data or a CRS is.
ExitCode exit_code_of(const scenarios::Problems& problems);

}  // namespace domino::cli
