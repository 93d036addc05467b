#pragma once

#include <string>
#include <vector>

#include "geo/polygon.h"
#include "scenarios/scenario.h"
#include "scenarios/world/pack.h"
#include "scenarios/world/place_assembly.h"

namespace domino::scenarios {

/// Reads the scenario's own place layers: any vector format GDAL knows, any CRS. A place whose country
/// (`country_field`, ISO 3166-1 alpha-3) is one of @p countries gets the unit of the pack's boundaries that
/// contains it, or the nearest unit of its country when it lies off shore; every other code makes a country
/// of its own. Without a country field the boundaries decide. What is wrong is added to @p problems, at the
/// place in the scenario that names the layer. Files are added to @p files.
std::vector<UserPlace> read_user_places(const PlacesSection& section,
                                        const std::vector<std::string>& countries, Pack& pack,
                                        std::vector<InputFile>& files, Problems& problems);

/// Samples the scenario's covariate rasters at every place and appends one covariate each to @p table. Places
/// off the raster or on nodata get no value.
void sample_covariates(const PlacesSection& section, geo::PlaceTable& table, std::vector<InputFile>& files,
                       Problems& problems);

/// True when @p point lies inside @p area; points on an edge may fall on either side. Holes are outside.
bool contains(const geo::MultiPolygon& area, geo::LonLat point);

}  // namespace domino::scenarios
