#pragma once

#include <cstdint>
#include <vector>

#include "geo/grid.h"
#include "geo/polygon.h"

namespace domino::geo {

/// Which share of a cell's area lies inside a zone.
struct CellFraction {
    std::int64_t cell = 0;  ///< row-major index
    double fraction = 0.0;  ///< (0, 1]

    friend bool operator==(const CellFraction&, const CellFraction&) = default;
};

/// Exact share of each cell that @p zone covers, ordered by cell: the polygon is clipped to the cell; on
/// lon/lat grids areas are ellipsoidal (edges straight in lon/lat, integrated by 3-point Gauss–Legendre), on
/// projected grids planar (the zone's coordinates are then metres of that projection). Longitudes are matched
/// modulo 360, so grids 0…360 or across the antimeridian work. What lies outside the grid is dropped.
/// Overlapping polygons of one zone are capped at the whole cell. Rings must not cross themselves.
/// Deterministic.
std::vector<CellFraction> cover_cells(const MultiPolygon& zone, const GeoGrid& grid);

}  // namespace domino::geo
