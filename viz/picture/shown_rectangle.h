#pragma once

#include <vector>

#include "geo/extent.h"
#include "geo/grid.h"
#include "geo/io/map_projection.h"
#include "geo/raster_band.h"

namespace domino::viz {

/// The part of a band's grid that holds values, with a margin, in the map's coordinates. Throws
/// geo::ProblemError when it holds none.
geo::io::MapRectangle show_values(const geo::RasterBand& band);

/// @p extent in the map's coordinates. On a map in degrees it may run past 180 and past the grid's edges.
/// Throws geo::ProblemError when nothing of @p grid is in it.
geo::io::MapRectangle show_extent(const geo::LonLatExtent& extent, const geo::GeoGrid& grid,
                                  const geo::io::MapProjection& projection);

/// What to add to longitudes from @p west to @p east, whole turns of 360 degrees from west to east, so that
/// they lie in @p shown, a rectangle in degrees: none when they are out of sight, several when they are seen
/// on both sides of it.
std::vector<double> turns_into_view(const geo::io::MapRectangle& shown, double west, double east);

}  // namespace domino::viz
