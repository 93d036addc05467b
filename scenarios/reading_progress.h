#pragma once

#include <filesystem>
#include <functional>

#include "scenarios/built_world.h"

namespace domino::scenarios {

/// Told, while a raster of a scenario is read, which file it is and which share of it is done. What it throws
/// ends the reading.
using ReadingProgress = std::function<void(const std::filesystem::path& file, double share)>;

/// build_world() that tells of rasters as they stream by.
WorldResult build_world(const Scenario& scenario, const std::filesystem::path& data_dir,
                        const ReadingProgress& progress);

}  // namespace domino::scenarios
