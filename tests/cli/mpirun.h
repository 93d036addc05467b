#pragma once

#include <cstdlib>
#include <string>

#include "cli/ranks.h"

namespace domino::cli::test {

/// Open MPI itself leaves memory behind, which the address sanitizer would count against us.
inline const std::string mpirun =
    "ASAN_OPTIONS=detect_leaks=0 mpirun --oversubscribe --allow-run-as-root -n ";

/// Whether this domino was built with MPI, and there is an mpirun.
inline bool can_run_ranks() {
    return knows_mpi() && std::system("command -v mpirun > /dev/null") == 0;
}

}  // namespace domino::cli::test
