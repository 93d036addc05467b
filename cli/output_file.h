#pragma once

#include <string>

namespace domino::cli {

/// Throws Failure (usage) where the file exists already and was not to be replaced. An empty path is standard
/// output.
void check_output_file(const std::string& path, bool overwrite);

/// Writes the text to a new file, which appears whole or not at all. Throws Failure (failed).
void write_output_file(const std::string& path, const std::string& text);

}  // namespace domino::cli
