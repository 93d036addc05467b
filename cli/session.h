#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/ranks.h"

namespace domino::cli {

/// What all commands share: the console, and the options given before or after a command's own.
struct Session {
    Console console;
    std::string data;                    ///< --data
    bool quiet = false;                  ///< --quiet
    bool json = false;                   ///< --json
    std::vector<std::string> arguments;  ///< the command line, program name first
    /// Of a run under mpirun. They part after the command's ending has been told: mpirun stops everybody at
    /// the first that leaves with an error, also who has something to say.
    std::optional<Ranks> ranks;
};

/// What the chosen command does once all options are read.
using Action = std::function<ExitCode()>;

}  // namespace domino::cli
