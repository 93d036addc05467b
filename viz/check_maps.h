#pragma once

#include <filesystem>

#include "scenarios/built_world.h"
#include "scenarios/problem.h"
#include "scenarios/scenario.h"

namespace domino::viz {

/// Whether a run can make the maps its scenario asks for: those on a grid of the scenario's own
/// ([output.grid]) hold every place whole and fit into memory, and with output.realizations every member fits
/// into 16 GB of results.nc. One problem for each that does not, at its key. Nothing to find where the
/// scenario asks for neither, or writes no maps.
scenarios::Problems check_maps(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                               const std::filesystem::path& data_dir);

}  // namespace domino::viz
