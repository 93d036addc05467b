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

double first_cell(double cells) {
    return std::floor(cells + edge_slack_cells);
}

double end_cell(double cells) {
    return std::ceil(cells - edge_slack_cells);
}

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
    GeoGrid grid = make_grid(extent, 1.0 / per_degree);
    // Whole divisions of a degree place the corner exactly.
    grid.west = -180.0 + std::round((grid.west + 180.0) * per_degree) / per_degree;
    grid.north = 90.0 - std::round((90.0 - grid.north) * per_degree) / per_degree;
    return grid;
}

GeoGrid make_grid(const LonLatExtent& extent, double cell_deg) {
    const double most_columns = std::ceil(360.0 / cell_deg - edge_slack_cells);
    const double most_rows = std::ceil(180.0 / cell_deg - edge_slack_cells);
    const double left = first_cell((extent.west_deg + 180.0) / cell_deg);
    const double right =
        std::max(left + 1.0, end_cell((extent.west_deg + extent.width_deg() + 180.0) / cell_deg));
    const double top = std::min(first_cell((90.0 - extent.north_deg) / cell_deg), most_rows - 1.0);
    const double bottom = std::max(top + 1.0, end_cell((90.0 - extent.south_deg) / cell_deg));
    GeoGrid grid;
    grid.cell_width = grid.cell_height = cell_deg;
    grid.columns = static_cast<std::int64_t>(std::min(right - left, most_columns));
    grid.rows = static_cast<std::int64_t>(std::min(bottom - top, most_rows - top));
    grid.west = -180.0 + left * cell_deg;
    grid.north = 90.0 - top * cell_deg;
    return grid;
}

GeoGrid make_metric_grid(double west_m, double south_m, double east_m, double north_m, double cell_m) {
    const double left = first_cell(west_m / cell_m);
    const double bottom = first_cell(south_m / cell_m);
    const double right = std::max(left + 1.0, end_cell(east_m / cell_m));
    const double top = std::max(bottom + 1.0, end_cell(north_m / cell_m));
    GeoGrid grid;
    grid.space = GridSpace::projected_metres;
    grid.cell_width = grid.cell_height = cell_m;
    grid.west = left * cell_m;
    grid.north = top * cell_m;
    grid.columns = static_cast<std::int64_t>(right - left);
    grid.rows = static_cast<std::int64_t>(top - bottom);
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
