#pragma once

#include <filesystem>
#include <functional>

#include "geo/read_progress.h"
#include "scenarios/built_world.h"

namespace domino::scenarios {

/// Told, while a raster, layer or table of a scenario is read, which file it is and which share of it is
/// done. What it throws ends the reading.
using ReadingProgress = std::function<void(const std::filesystem::path& file, double share)>;

/// What the reader of one file is handed; nothing where nobody listens.
inline geo::ReadProgress progress_of(const ReadingProgress& told, const std::filesystem::path& file) {
    if (!told) return {};
    return [told, file](double share) { told(file, share); };
}

/// build_world() that tells of the scenario's files as they are read.
WorldResult build_world(const Scenario& scenario, const std::filesystem::path& data_dir,
                        const ReadingProgress& progress);

}  // namespace domino::scenarios
