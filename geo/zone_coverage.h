#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "geo/coverage.h"
#include "geo/grid.h"
#include "geo/polygon.h"

namespace domino::geo {

/// Consecutive cells of a row that lie in one zone by the same share: see CellRun.
struct ZoneRun {
    std::int64_t cell = 0;  ///< row-major index of the first
    std::int64_t count = 1;
    std::uint32_t zone = 0;
    double fraction = 0.0;  ///< (0, 1]

    friend bool operator==(const ZoneRun&, const ZoneRun&) = default;
};

/// Which cells of a grid lie in which zones, worked out once and used for every raster on that grid.
struct ZoneCoverage {
    GeoGrid grid;
    std::string frame;  ///< of a raster's coverage: its CRS and corner, so that no other grid takes it
    std::size_t zones = 0;
    std::vector<ZoneRun> runs;  ///< ordered by first cell, then zone
};

/// The share of a cell that a piece of a zone has, where that is not the share of the area on the grid, which
/// is given.
using ShareOfPiece = std::function<double(const CellPiece& piece, double share)>;

/// Exact shares as ZoneCoverer gives them; @p zones in the grid's coordinates. Deterministic. Throws
/// std::invalid_argument for more than 4e9 zones.
ZoneCoverage cover_zones(std::span<const MultiPolygon> zones, const GeoGrid& grid,
                         const ShareOfPiece& share_of_piece = {});

}  // namespace domino::geo
