#include "geo/grid.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/ellipsoid.h"

namespace domino::geo {

namespace {

/// Cells are counted with this slack, so that an edge that is a whole number of cells but for rounding stays
/// one.
constexpr double edge_slack_cells = 1e-6;

}  // namespace

bool GeoGrid::wraps() const {
    return space == GridSpace::lonlat_degrees &&
           std::abs(cell_width * static_cast<double>(columns) - 360.0) < edge_slack_cells * cell_width;
}

std::optional<CellPosition> GeoGrid::find_cell(double x, double y) const {
    if (!std::isfinite(x) || !std::isfinite(y)) return std::nullopt;
    if (space == GridSpace::lonlat_degrees && (x < west || x >= east())) {
        x -= 360.0 * std::floor((x - west) / 360.0);
    }
    const double column = std::floor((x - west) / cell_width);
    const double row = std::floor((north - y) / cell_height);
    CellPosition cell{static_cast<std::int64_t>(std::clamp(column, -1.0, 1e15)),
                      static_cast<std::int64_t>(std::clamp(row, -1.0, 1e15))};
    if (cell.column == columns && (x <= east() || wraps())) cell.column = wraps() ? 0 : columns - 1;
    if (cell.row == rows && y >= south()) cell.row = rows - 1;
    if (cell.column < 0 || cell.column >= columns || cell.row < 0 || cell.row >= rows) return std::nullopt;
    return cell;
}

LonLat GeoGrid::centre(CellPosition cell) const {
    return {west + (static_cast<double>(cell.column) + 0.5) * cell_width,
            north - (static_cast<double>(cell.row) + 0.5) * cell_height};
}

double GeoGrid::cell_area_km2(std::int64_t row) const {
    if (space == GridSpace::projected_metres) return cell_width * cell_height * 1e-6;
    const double top = std::clamp(north - static_cast<double>(row) * cell_height, -90.0, 90.0);
    const double bottom = std::clamp(north - static_cast<double>(row + 1) * cell_height, -90.0, 90.0);
    return rectangle_area_km2(0.0, bottom, cell_width, top);
}

int cells_per_degree(GridResolution resolution) {
    switch (resolution) {
        case GridResolution::arcmin_2_5:
            return 24;
        case GridResolution::arcmin_5:
            return 12;
        case GridResolution::arcmin_10:
            return 6;
        case GridResolution::arcmin_30:
            return 2;
    }
    return 2;
}

GeoGrid make_grid(const LonLatExtent& extent, GridResolution resolution) {
    const int per_degree = cells_per_degree(resolution);
    const auto first_cell = [&](double degrees) {
        return static_cast<std::int64_t>(std::floor(degrees * per_degree + edge_slack_cells));
    };
    const auto end_cell = [&](double degrees) {
        return static_cast<std::int64_t>(std::ceil(degrees * per_degree - edge_slack_cells));
    };
    const std::int64_t left = first_cell(extent.west_deg + 180.0);
    const std::int64_t right = std::max(left + 1, end_cell(extent.west_deg + extent.width_deg() + 180.0));
    const std::int64_t top =
        std::min<std::int64_t>(first_cell(90.0 - extent.north_deg), 180 * per_degree - 1);
    const std::int64_t bottom = std::max(top + 1, end_cell(90.0 - extent.south_deg));
    GeoGrid grid;
    grid.cell_width = grid.cell_height = 1.0 / per_degree;
    grid.columns = std::min<std::int64_t>(right - left, 360 * per_degree);
    grid.rows = std::min<std::int64_t>(bottom - top, 180 * per_degree - top);
    grid.west = -180.0 + static_cast<double>(left) / per_degree;
    grid.north = 90.0 - static_cast<double>(top) / per_degree;
    return grid;
}

GridResolution choose_resolution(const LonLatExtent& extent, std::int64_t max_cells) {
    for (const GridResolution resolution :
         {GridResolution::arcmin_2_5, GridResolution::arcmin_5, GridResolution::arcmin_10}) {
        if (make_grid(extent, resolution).cells() < max_cells) return resolution;
    }
    return GridResolution::arcmin_30;
}

}  // namespace domino::geo
