#pragma once

#include <filesystem>

#include "scenarios/built_world.h"
#include "scenarios/problem.h"
#include "scenarios/scenario.h"

namespace domino::viz {

/// Whether the maps can be made on the grid the scenario asks for ([output.grid]): it holds every place whole
/// and fits into memory. Where it cannot, one problem at the first of its keys. Nothing to find where the
/// scenario leaves the grid to the program, or writes no maps.
scenarios::Problems check_map_grid(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                                   const std::filesystem::path& data_dir);

}  // namespace domino::viz
