#pragma once

#include <string>

#include "cli/exit_code.h"

namespace domino::cli {

/// How a command ended: its exit code, and what to tell a person; empty where there is nothing to say, or it
/// has been said.
struct Ending {
    ExitCode code = ExitCode::done;
    std::string message;
};

/// The ending that an exception means. Called where one is being handled.
Ending describe_exception();

}  // namespace domino::cli
