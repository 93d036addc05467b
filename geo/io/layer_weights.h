#pragma once

#include <span>
#include <vector>

#include "geo/io/raster.h"
#include "geo/polygon.h"
#include "geo/read_progress.h"
#include "geo/weighted_sum.h"

namespace domino::geo::io {

/// A property of polygons, weighted over each zone by a raster of amounts on any grid, such as people: every
/// polygon counts its value times what the raster holds of its part in the zone, Σ amount of a cell · the
/// share of the cell's area in that part (Raster::cover_zones). Polygons that overlap each count whole. One
/// result a zone, the same whatever else is asked. @p values has one number a polygon. Throws ProblemError
/// where the raster cannot be read or an amount is negative.
std::vector<WeightedSum> weigh_polygons(std::span<const MultiPolygon> zones,
                                        std::span<const MultiPolygon> polygons,
                                        std::span<const double> values, const Raster& weights,
                                        int weight_band, const ReadProgress& progress = {});

}  // namespace domino::geo::io
