#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/grid.h"
#include "geo/polygon.h"

namespace domino::geo {

/// One zone's share of a cell.
struct ZoneCell {
    std::int64_t cell = 0;  ///< row-major index
    std::uint32_t zone = 0;
    double fraction = 0.0;  ///< (0, 1]

    friend bool operator==(const ZoneCell&, const ZoneCell&) = default;
};

/// Which cells of a grid lie in which zones, worked out once and used for every raster on that grid.
struct ZoneCoverage {
    GeoGrid grid;
    std::size_t zones = 0;
    std::vector<ZoneCell> cells;  ///< ordered by cell, then zone
};

/// Exact shares as cover_cells gives them; @p zones in the grid's coordinates. Deterministic. Throws
/// std::invalid_argument for more than 4e9 zones.
ZoneCoverage cover_zones(std::span<const MultiPolygon> zones, const GeoGrid& grid);

}  // namespace domino::geo
