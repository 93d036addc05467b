#pragma once

#include <span>
#include <vector>

#include "geo/lonlat.h"
#include "geo/polygon.h"

namespace domino::geo {

/// Divides @p area among @p points: each takes what is nearer to it than to any other (its Voronoi cell,
/// clipped to the area), so the parts add up to the area. "Nearer" is in degrees with longitudes shortened by
/// the cosine of the latitude in the middle of each polygon; longitudes are matched modulo 360. Points at the
/// same spot: all goes to the first of them. Rings may run to and fro along a boundary between two parts;
/// their signed area is right, which is all cover_cells needs. Deterministic.
std::vector<MultiPolygon> divide_among_nearest(const MultiPolygon& area, std::span<const LonLat> points);

}  // namespace domino::geo
