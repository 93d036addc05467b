#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/polygon.h"
#include "scenarios/reading_progress.h"
#include "scenarios/scenario.h"
#include "scenarios/world/covariate_files.h"

namespace domino::scenarios {

/// A covariate over a zone, and how much of the zone it is known for.
struct ZoneValue {
    std::optional<double> value;  ///< nullopt where nothing is known
    /// Area with a value, of a weighted mean within the weights' edges too. Parts that several files hold
    /// count as often. Unset where points are counted.
    std::optional<double> known_km2;
    std::optional<double> within_km2;  ///< area within the rasters' edges, those of weights too; unset of
                                       ///< layers, which have none
};

/// The covariate over each zone, from all of its files. @p coverages keeps the coverage of every grid met, so
/// that it is worked out once; @p progress is told of what is read. Throws geo::ProblemError.
std::vector<ZoneValue> read_zone_values(const Covariate& covariate,
                                        const std::vector<geo::MultiPolygon>& zones,
                                        KnownCoverages& coverages, const ReadingProgress& progress = {});

/// The covariate at each point: of the first file that has a value there. Throws geo::ProblemError.
std::vector<std::optional<double>> read_point_values(const Covariate& covariate,
                                                     const std::vector<geo::LonLat>& points,
                                                     const ReadingProgress& progress = {});

/// The unit the first raster states for its values; empty where it does not, and for vector layers.
std::string stated_unit(const Covariate& covariate);

/// The CRS the first raster or its covariate states; empty for vector layers.
std::string crs_of(const Covariate& covariate);

}  // namespace domino::scenarios
