#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "geo/extent.h"
#include "geo/lonlat.h"

namespace domino::geo {

/// What the coordinates of a grid are.
enum class GridSpace : std::uint8_t { lonlat_degrees, projected_metres };

/// Column and row of a cell; row 0 is the northernmost, column 0 the westernmost.
struct CellPosition {
    std::int64_t column = 0;
    std::int64_t row = 0;

    friend bool operator==(const CellPosition&, const CellPosition&) = default;
};

/// A regular north-up grid of cells. In lon/lat, x may run past 180 (a grid across the antimeridian goes from
/// west to west + width) and any longitude is looked up modulo 360.
struct GeoGrid {
    GridSpace space = GridSpace::lonlat_degrees;
    double west = -180.0;      ///< x of the left edge
    double north = 90.0;       ///< y of the top edge
    double cell_width = 1.0;   ///< > 0, degrees or metres
    double cell_height = 1.0;  ///< > 0, degrees or metres; rows go south
    std::int64_t columns = 360;
    std::int64_t rows = 180;

    std::int64_t cells() const { return columns * rows; }
    double east() const { return west + cell_width * static_cast<double>(columns); }
    double south() const { return north - cell_height * static_cast<double>(rows); }
    /// True for a lon/lat grid that closes on itself.
    bool wraps() const;

    /// Row-major index of a cell.
    std::int64_t index(CellPosition cell) const { return cell.row * columns + cell.column; }
    CellPosition position(std::int64_t index) const { return {index % columns, index / columns}; }

    /// The cell that holds a point of the grid's own space; nullopt outside. Points on an edge belong to the
    /// cell east and south of it; the grid's own south and (unless it wraps) east edges belong to the last
    /// cells.
    std::optional<CellPosition> find_cell(double x, double y) const;
    std::optional<CellPosition> find_cell(LonLat point) const {
        return find_cell(point.lon_deg, point.lat_deg);
    }

    /// Centre of a cell, longitude not wrapped.
    LonLat centre(CellPosition cell) const;

    /// Area of each cell of a row, km²: on the WGS 84 ellipsoid for lon/lat, planar for projected grids.
    double cell_area_km2(std::int64_t row) const;

    friend bool operator==(const GeoGrid&, const GeoGrid&) = default;
};

/// Cell sizes the product's maps are written on.
enum class GridResolution : std::uint8_t { arcmin_2_5, arcmin_5, arcmin_10, arcmin_30 };

/// Cells per degree: 24, 12, 6, 2.
int cells_per_degree(GridResolution resolution);

/// The lon/lat grid of @p resolution that covers @p extent, its edges on whole cells counted from -180/90, so
/// that grids of all resolutions nest.
GeoGrid make_grid(const LonLatExtent& extent, GridResolution resolution);

/// The same for cells of any size in degrees; their edges are whole cells from -180/90.
GeoGrid make_grid(const LonLatExtent& extent, double cell_deg);

/// The grid of square cells in metres that covers a rectangle of a projection, its edges on whole cells from
/// the projection's origin.
GeoGrid make_metric_grid(double west_m, double south_m, double east_m, double north_m, double cell_m);

/// The finest resolution whose grid over @p extent stays below @p max_cells; 30′ when none does.
GridResolution choose_resolution(const LonLatExtent& extent, std::int64_t max_cells = 4'000'000);

}  // namespace domino::geo
