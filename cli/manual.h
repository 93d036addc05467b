#pragma once

#include <string>

namespace CLI {
class App;
}

namespace domino::cli {

/// The manual page (roff, man(7)), from the same declarations the command line is parsed with. Deterministic.
std::string manual_page(const CLI::App& app);

/// A completion script for bash: commands, their options, and files.
std::string bash_completion(const CLI::App& app);

}  // namespace domino::cli
