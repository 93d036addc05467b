#pragma once

#include <string>

namespace domino::cli {

/// "0.1.0".
std::string program_version();

/// Abbreviated commit the program was built from; empty where the source was no repository, ends in "+" where
/// it had changes.
std::string program_commit();

}  // namespace domino::cli
