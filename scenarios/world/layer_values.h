#pragma once

#include <optional>
#include <vector>

#include "geo/lonlat.h"
#include "geo/polygon.h"
#include "scenarios/reading_progress.h"
#include "scenarios/scenario.h"
#include "scenarios/world/covariate_files.h"

namespace domino::scenarios {

/// Whether files have cells or polygons, or points alone.
enum class FileAreas : std::uint8_t { none, some };

/// Adds the polygons, or points, of a covariate's vector layers to the sums of the zones. Throws
/// geo::ProblemError.
FileAreas add_layers(const Covariate& covariate, const std::vector<geo::MultiPolygon>& zones,
                     const ReadingProgress& told, std::vector<ZoneSum>& sums);

/// The value of the first polygon that holds each point. Throws geo::ProblemError.
std::vector<std::optional<double>> at_points_of_layers(const Covariate& covariate,
                                                       const std::vector<geo::LonLat>& points,
                                                       const ReadingProgress& told);

}  // namespace domino::scenarios
