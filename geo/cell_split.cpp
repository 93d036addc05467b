#include "geo/cell_split.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "geo/coverage.h"
#include "geo/ellipsoid.h"

namespace domino::geo {

namespace {

/// Overlaps below this share of a cell are rounding of nearly equal edges.
constexpr double negligible_overlap = 1e-9;

struct Overlap {
    std::int64_t at = 0;
    double begin = 0.0, end = 0.0;
};

/// Which cells of width @p size from @p origin the interval [begin, end) meets, with the parts in each.
std::vector<Overlap> overlap_cells(double begin, double end, double origin, double size) {
    std::vector<Overlap> found;
    const double slack = negligible_overlap * (end - begin);
    for (auto at = static_cast<std::int64_t>(std::floor((begin - origin) / size + 1e-9));; ++at) {
        const double left = std::max(begin, origin + static_cast<double>(at) * size);
        const double right = std::min(end, origin + static_cast<double>(at + 1) * size);
        if (right - left > slack) found.push_back({at, left, right});
        if (origin + static_cast<double>(at + 1) * size >= end - slack) return found;
    }
}

double ring_area(std::span<const LonLat> ring) {
    double twice = 0.0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        twice += (ring[i].lon_deg - ring[0].lon_deg) * (ring[i + 1].lat_deg - ring[0].lat_deg) -
                 (ring[i + 1].lon_deg - ring[0].lon_deg) * (ring[i].lat_deg - ring[0].lat_deg);
    }
    return std::abs(0.5 * twice);
}

}  // namespace

CellSplitter::CellSplitter(const GeoGrid& from, const GeoGrid& to, ToMap to_map)
    : from_(from), to_(to), to_map_(std::move(to_map)) {
    if (from.space != GridSpace::lonlat_degrees)
        throw std::invalid_argument("CellSplitter: divides cells in longitude and latitude");
    if (to_map_) return;
    for (std::int64_t row = 0; row < from_.rows; ++row) rows_.push_back(divide_row(row));
    for (std::int64_t column = 0; column < from_.columns; ++column) columns_.push_back(divide_column(column));
}

std::span<const CellShare> CellSplitter::split(std::int64_t cell) {
    shares_.clear();
    if (to_map_) {
        split_projected(from_.position(cell));
    } else {
        split_in_degrees(from_.position(cell));
    }
    return shares_;
}

std::vector<CellSplitter::Part> CellSplitter::divide_row(std::int64_t row) const {
    const double north = from_.north - static_cast<double>(row) * from_.cell_height;
    const double south = north - from_.cell_height;
    const double whole = zone_area_m2_per_radian(north) - zone_area_m2_per_radian(south);
    const auto met = overlap_cells(-north, -south, -to_.north, to_.cell_height);
    std::vector<Part> parts;
    for (const Overlap& part : met) {
        if (part.at < 0 || part.at >= to_.rows) continue;
        const double zone = zone_area_m2_per_radian(-part.begin) - zone_area_m2_per_radian(-part.end);
        parts.push_back({part.at, met.size() == 1 ? 1.0 : zone / whole});
    }
    return parts;
}

std::vector<CellSplitter::Part> CellSplitter::divide_column(std::int64_t column) const {
    double west = from_.west + static_cast<double>(column) * from_.cell_width;
    // Into the map's turn of longitudes, so that the cell's western edge lies on it.
    west -= 360.0 * std::floor((west - to_.west) / 360.0 + 1e-12);
    const auto met = overlap_cells(west, west + from_.cell_width, to_.west, to_.cell_width);
    std::vector<Part> parts;
    for (const Overlap& part : met) {
        std::int64_t at = part.at;
        if (at >= to_.columns && to_.wraps()) at -= to_.columns;
        // A cell that begins east of the map may end on its western side, one turn on.
        if (at >= to_.columns) {
            const auto turn = overlap_cells(part.begin - 360.0, part.end - 360.0, to_.west, to_.cell_width);
            if (turn.empty() || turn.front().at < 0) continue;
            at = turn.front().at;
        }
        parts.push_back({at, met.size() == 1 ? 1.0 : (part.end - part.begin) / from_.cell_width});
    }
    return parts;
}

void CellSplitter::split_in_degrees(CellPosition cell) {
    for (const Part& row : rows_[static_cast<std::size_t>(cell.row)]) {
        for (const Part& column : columns_[static_cast<std::size_t>(cell.column)])
            shares_.push_back({to_.index({column.at, row.at}), row.share * column.share});
    }
}

void CellSplitter::split_projected(CellPosition cell) {
    // A hair inside, so that an edge on a map's seam stays on its own side.
    const double inset_x = 1e-9 * from_.cell_width;
    const double inset_y = 1e-9 * from_.cell_height;
    const double west = from_.west + static_cast<double>(cell.column) * from_.cell_width + inset_x;
    const double north = from_.north - static_cast<double>(cell.row) * from_.cell_height - inset_y;
    const double east = west + from_.cell_width - 2.0 * inset_x;
    const double south = north - from_.cell_height + 2.0 * inset_y;
    const double middle_x = 0.5 * (west + east);
    const double middle_y = 0.5 * (north + south);
    Ring outline = {{west, south},    {middle_x, south}, {east, south},
                    {east, middle_y}, {east, north},     {middle_x, north},
                    {west, north},    {west, middle_y},  {middle_x, middle_y}};
    for (LonLat& corner : outline)
        corner.lon_deg = corner.lon_deg > 180.0 ? corner.lon_deg - 360.0 : corner.lon_deg;
    to_map_(outline);
    const LonLat centre = outline.back();
    outline.pop_back();
    const bool shown = std::all_of(outline.begin(), outline.end(), [](LonLat p) {
        return std::isfinite(p.lon_deg) && std::isfinite(p.lat_deg);
    });
    const double area = shown ? ring_area(outline) : 0.0;
    // An outline torn apart by the seam of the map is larger than any projection makes it.
    constexpr double greatest_enlargement = 1000.0;
    const double true_area = 1e6 * from_.cell_area_km2(cell.row);
    if (!(area > 0.0) || area > greatest_enlargement * true_area) {
        if (const auto at = to_.find_cell(centre)) shares_.push_back({to_.index(*at), 1.0});
        return;
    }
    const double cell_area = to_.cell_width * to_.cell_height;
    for (const CellFraction& part : cover_cells({{outline, {}}}, to_)) {
        const double share = std::min(1.0, part.fraction * cell_area / area);
        if (share > negligible_overlap) shares_.push_back({part.cell, share});
    }
    const bool whole = std::all_of(outline.begin(), outline.end(),
                                   [this](LonLat corner) { return to_.find_cell(corner).has_value(); });
    double placed = 0.0;
    for (const CellShare& share : shares_) placed += share.share;
    for (CellShare& share : shares_) share.share /= whole && placed > 0.0 ? placed : 1.0;
}

}  // namespace domino::geo
