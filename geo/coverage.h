#pragma once

#include <cstdint>
#include <memory>
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

/// Consecutive cells of a row that lie inside a zone by the same share: one cell its edge cuts, or any number
/// that lie inside whole.
struct CellRun {
    std::int64_t cell = 0;  ///< row-major index of the first
    std::int64_t count = 1;
    double fraction = 0.0;  ///< (0, 1]; 1 where count > 1

    friend bool operator==(const CellRun&, const CellRun&) = default;
};

/// What of a zone lies in a cell that its edge cuts: rings in the grid's coordinates. They count one by one,
/// so that what is cut out may stand as a hole of no outer ring.
struct CellPiece {
    std::int64_t cell = 0;  ///< row-major index
    MultiPolygon inside;
};

/// Finds the exact share of each cell of one grid that zones cover: the polygon is clipped to the cell; on
/// lon/lat grids areas are ellipsoidal (edges straight in lon/lat, integrated by 3-point Gauss–Legendre), on
/// projected grids planar (the zone's coordinates are then metres of that projection). Longitudes are matched
/// modulo 360, so grids 0…360 or across the antimeridian work. What lies outside the grid is dropped.
/// Overlapping polygons of one zone are capped at the whole cell. Rings must not cross themselves.
/// Deterministic. Not for use from two threads at once: it keeps what it knows of the grid's rows.
class ZoneCoverer {
 public:
    explicit ZoneCoverer(const GeoGrid& grid);
    ~ZoneCoverer();

    /// Ordered by cell, none twice. Valid until the next call.
    const std::vector<CellRun>& cover(const MultiPolygon& zone);
    /// The same, with the piece of every cell that the zone does not fill, ordered by cell.
    const std::vector<CellRun>& cover(const MultiPolygon& zone, std::vector<CellPiece>& pieces);

 private:
    class Work;
    std::unique_ptr<Work> work_;
};

/// The same for one zone, cell by cell.
std::vector<CellFraction> cover_cells(const MultiPolygon& zone, const GeoGrid& grid);

}  // namespace domino::geo
