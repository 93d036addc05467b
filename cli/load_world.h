#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "cli/console.h"
#include "scenarios/built_world.h"
#include "scenarios/scenario.h"

namespace domino::cli {

/// A scenario and the world made of it.
struct ScenarioWorld {
    scenarios::Scenario scenario;
    scenarios::BuiltWorld built;
};

/// Whether what a scenario says of its strategy is run, or is what a strategy is searched under: then its
/// keys mean something whatever its rule, and are not warned of.
enum class StrategyUse : unsigned char { run, search };

/// What the command line says instead of the scenario file.
struct RunOverrides {
    std::optional<int> members;
    std::optional<std::uint64_t> seed;
    StrategyUse strategy = StrategyUse::run;
};

/// A scenario and, where it names one, its reference.
struct Worlds {
    ScenarioWorld scenario;
    std::optional<ScenarioWorld> reference;
};

/// Reads, checks and builds a scenario and its reference, and prints all problems. Throws Rejected when one
/// is an error. @p check_interrupt is called between the steps and may throw.
Worlds load_worlds(const std::filesystem::path& file, const std::filesystem::path& data_dir,
                   const RunOverrides& overrides, Console& console,
                   const std::function<void()>& check_interrupt);

/// What a check of a scenario finds.
struct Findings {
    scenarios::Problems problems;
    std::string urban_shares;  ///< one line about the world; empty where none could be built
};

/// As load_worlds, but only collects the problems: of the scenario, its reference and their worlds.
Findings find_problems(const std::filesystem::path& file, const std::filesystem::path& data_dir,
                       Console& console);

}  // namespace domino::cli
