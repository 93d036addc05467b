#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/polygon.h"

namespace domino::geo::io {

/// What a zone and a polygon of a layer have in common.
struct SharedArea {
    std::uint32_t zone = 0;
    std::uint32_t polygon = 0;
    double km2 = 0.0;  ///< on WGS 84, edges straight in longitude and latitude
};

/// Every pair of a zone and a polygon that share area, ordered by zone, then polygon. Rings that cross
/// themselves are repaired by GEOS first. Intersections are GEOS's; areas are polygon_area_km2. Throws
/// ProblemError where GEOS fails.
std::vector<SharedArea> overlay_areas(std::span<const MultiPolygon> zones,
                                      std::span<const MultiPolygon> polygons);

/// The same with the piece they share, for which no rings cross.
struct SharedPiece {
    std::uint32_t zone = 0;
    std::uint32_t polygon = 0;
    MultiPolygon area;
};

/// As overlay_areas(), pieces instead of their areas.
std::vector<SharedPiece> overlay_pieces(std::span<const MultiPolygon> zones,
                                        std::span<const MultiPolygon> polygons);

/// The area of a multipolygon whose polygons do not overlap, km² on WGS 84.
double polygon_area_km2(const MultiPolygon& area);

}  // namespace domino::geo::io
