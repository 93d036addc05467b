#pragma once

#include <string>
#include <vector>

#include "scenarios/reading_progress.h"
#include "scenarios/scenario.h"
#include "scenarios/world/pack.h"
#include "scenarios/world/place_assembly.h"

namespace domino::scenarios {

/// Reads the scenario's own place layers: any vector format GDAL knows, any CRS. A place whose country
/// (`country_field`, ISO 3166-1 alpha-3) is one of @p countries gets the unit of the pack's boundaries that
/// contains it, or the nearest unit of its country when it lies off shore; every other code makes a country
/// of its own. Without a country field the boundaries decide. What is wrong is added to @p problems, at the
/// place in the scenario that names the layer. Files are added to @p files, and @p progress is told of them.
std::vector<UserPlace> read_user_places(const PlacesSection& section,
                                        const std::vector<std::string>& countries, Pack& pack,
                                        std::vector<InputFile>& files, Problems& problems,
                                        const ReadingProgress& progress = {});

}  // namespace domino::scenarios
