#pragma once

#include <filesystem>

#include "viz/write_results.h"

namespace domino::viz {

/// The projects of the scenario's strategy, one row each, by start and rank: who, from when to when, at what
/// cost (nominal JPY, as planned) and why. Throws WriteError.
void write_strategy_csv(const RunContext& context, const std::filesystem::path& path);

}  // namespace domino::viz
