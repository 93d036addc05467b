#include "viz/picture/shown_rectangle.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/problem.h"

namespace domino::viz {

namespace {

struct CellWindow {
    std::int64_t left = 0, top = 0, right = 0, bottom = 0;  ///< half open
};

CellWindow find_values(const geo::RasterBand& band) {
    CellWindow found{band.grid.columns, band.grid.rows, 0, 0};
    for (std::int64_t row = 0, cell = 0; row < band.grid.rows; ++row) {
        for (std::int64_t column = 0; column < band.grid.columns; ++column, ++cell) {
            if (std::isnan(band.values[static_cast<std::size_t>(cell)])) continue;
            found.left = std::min(found.left, column);
            found.right = std::max(found.right, column + 1);
            found.top = std::min(found.top, row);
            found.bottom = std::max(found.bottom, row + 1);
        }
    }
    return found;
}

/// @p shown, when it shows some of the grid.
geo::io::MapRectangle require_cells(const geo::io::MapRectangle& shown, const geo::GeoGrid& grid) {
    if (shown.west < grid.east() && shown.east > grid.west && shown.south < grid.north &&
        shown.north > grid.south())
        return shown;
    throw geo::ProblemError({"the map", "nothing of it lies in the extent", "",
                             "give west, south, east and north of places it has, or no extent"});
}

}  // namespace

geo::io::MapRectangle show_values(const geo::RasterBand& band) {
    const CellWindow found = find_values(band);
    if (found.right <= found.left) {
        throw geo::ProblemError({"the map", "it holds no values", "", "choose another variable or year"});
    }
    const geo::GeoGrid& grid = band.grid;
    const auto at = [](std::int64_t cells) { return static_cast<double>(cells); };
    constexpr double share = 0.03;
    const double pad = share * std::max(at(found.right - found.left) * grid.cell_width,
                                        at(found.bottom - found.top) * grid.cell_height);
    return {grid.west + at(found.left) * grid.cell_width - pad,
            std::max(grid.north - at(found.bottom) * grid.cell_height - pad, grid.south() - pad),
            grid.west + at(found.right) * grid.cell_width + pad,
            grid.north - at(found.top) * grid.cell_height + pad};
}

geo::io::MapRectangle show_extent(const geo::LonLatExtent& extent, const geo::GeoGrid& grid,
                                  const geo::io::MapProjection& projection) {
    if (grid.space == geo::GridSpace::lonlat_degrees) {
        double west = extent.west_deg;
        while (west + extent.width_deg() <= grid.west) west += 360.0;
        while (west >= grid.east()) west -= 360.0;
        return require_cells({west, extent.south_deg, west + extent.width_deg(), extent.north_deg}, grid);
    }
    std::vector<geo::LonLat> points;
    constexpr int steps = 32;
    for (int i = 0; i <= steps; ++i) {
        for (int j = 0; j <= steps; ++j) {
            const double lon = extent.west_deg + extent.width_deg() * i / steps;
            points.push_back(
                {lon - 360.0 * std::round(lon / 360.0), extent.south_deg + extent.height_deg() * j / steps});
        }
    }
    return require_cells(projection.enclose(std::move(points)), grid);
}

std::vector<double> turns_into_view(const geo::io::MapRectangle& shown, double west, double east) {
    constexpr double turn_deg = 360.0;
    std::vector<double> turns;
    for (double turn = std::ceil((shown.west - east) / turn_deg); west + turn * turn_deg <= shown.east;
         turn += 1.0)
        turns.push_back(turn * turn_deg);
    return turns;
}

}  // namespace domino::viz
