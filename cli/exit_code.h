#pragma once

namespace domino::cli {

/// What the program tells its caller; documented in the manual, never renumbered.
enum class ExitCode : int {
    done = 0,
    failed = 1,            ///< input/output, internal
    usage = 2,             ///< the command line
    scenario_invalid = 3,  ///< the scenario file
    data = 4,              ///< data pack, layers, coordinate systems, folders of results
    infeasible = 5,        ///< no way to satisfy what was asked
    check_failed = 6,      ///< verify, --fail-if-gap, an identity of the model
    interrupted = 130,     ///< Ctrl-C
};

}  // namespace domino::cli
