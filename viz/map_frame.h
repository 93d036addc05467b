#pragma once

#include <filesystem>
#include <vector>

#include "geo/downscale.h"
#include "scenarios/built_world.h"
#include "scenarios/scenario.h"

namespace domino::viz {

/// The admin-1 units of the scenario's countries, from the pack's boundaries.gpkg. Throws geo::ProblemError.
std::vector<geo::AdminArea> read_admin_areas(const scenarios::BuiltWorld& built,
                                             const std::filesystem::path& data_dir);

/// The grid of the maps: over every place and every unit of its country, on the resolution the scenario asks
/// for (2.5, 5, 10 or 30 arc minutes), else on the finest that keeps a band under 4 M cells. Crosses the
/// antimeridian where that is the shorter way round.
geo::GeoGrid choose_map_grid(const scenarios::BuiltWorld& built, const std::vector<geo::AdminArea>& areas,
                             double grid_arcmin);

/// Where each place's people are on the maps, from the pack's population grid and boundaries. Throws
/// geo::ProblemError when either cannot be read.
geo::PlaceCells locate_places(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                              const std::filesystem::path& data_dir);

}  // namespace domino::viz
