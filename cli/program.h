#pragma once

namespace domino::cli {

/// The whole program: reads the command line, runs the command, reports what went wrong. Returns the exit
/// code; never throws.
int run_program(int argc, char** argv);

}  // namespace domino::cli
