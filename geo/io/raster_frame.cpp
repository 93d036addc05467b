#include "geo/io/raster_frame.h"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/ellipsoid.h"
#include "geo/half_plane.h"
#include "geo/no_value.h"

namespace domino::geo::io {

namespace {

/// Edges of zones are straight in lon/lat; on a projection they bend, so they are cut into pieces this long.
constexpr double longest_edge_deg = 0.01;

Ring densify(const Ring& ring, double longest_edge) {
    Ring dense;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LonLat from = ring[i];
        const LonLat to = ring[i + 1 == ring.size() ? 0 : i + 1];
        const double length =
            std::max(std::abs(to.lon_deg - from.lon_deg), std::abs(to.lat_deg - from.lat_deg));
        const int pieces =
            std::isfinite(length) ? std::max(1, static_cast<int>(std::ceil(length / longest_edge))) : 1;
        for (int k = 0; k < pieces; ++k) {
            const double share = static_cast<double>(k) / pieces;
            dense.push_back({from.lon_deg + share * (to.lon_deg - from.lon_deg),
                             from.lat_deg + share * (to.lat_deg - from.lat_deg)});
        }
    }
    return dense;
}

}  // namespace

RasterFrame::RasterFrame(int columns, int rows, const std::array<double, 6>& affine, OGRSpatialReference crs)
    : columns_(columns),
      rows_(rows),
      affine_(affine),
      crs_(std::move(crs)),
      geographic_(crs_.IsGeographic() != 0) {
    invertible_ = GDALInvGeoTransform(affine_.data(), inverse_.data()) != 0;
    is_lonlat_ = is_wgs84(crs_);
    if (!is_lonlat_) {
        from_wgs84_ = make_transformation(wgs84_lonlat(), crs_);
        to_wgs84_ = make_transformation(crs_, wgs84_lonlat());
    }
    if (!geographic_) metres_per_unit_ = crs_.GetLinearUnits();
    if (!geographic_ && from_wgs84_) find_window();
}

/// A projection is only good near home: far from it points fold over or go to infinity. So of a zone only
/// what lies round the raster is projected.
void RasterFrame::find_window() {
    constexpr double margin_deg = 0.5;
    double west = std::numeric_limits<double>::infinity();
    double east = -west;
    double south = west;
    double north = -west;
    for (const double column : {0.0, static_cast<double>(columns_)}) {
        for (const double row : {0.0, static_cast<double>(rows_)}) {
            const double x = affine_[0] + column * affine_[1] + row * affine_[2];
            const double y = affine_[3] + column * affine_[4] + row * affine_[5];
            west = std::min(west, x);
            east = std::max(east, x);
            south = std::min(south, y);
            north = std::max(north, y);
        }
    }
    LonLatExtent seen;
    constexpr int edge_points = 101;
    const bool known =
        to_wgs84_ && to_wgs84_->TransformBounds(west, south, east, north, &seen.west_deg, &seen.south_deg,
                                                &seen.east_deg, &seen.north_deg, edge_points) != 0;
    const bool usable = known && std::isfinite(seen.width_deg()) && std::isfinite(seen.height_deg());
    if (usable) window_ = grow(seen, margin_deg);
}

std::vector<Ring> RasterFrame::cut_to_window(const Ring& ring) const {
    if (window_.width_deg() >= 360.0) return {ring};
    std::vector<Ring> parts;
    for (const double turn : {-360.0, 0.0, 360.0}) {
        const double west = window_.west_deg + turn;
        const double east = west + window_.width_deg();
        Ring part = cut_ring(ring, &LonLat::lon_deg, &LonLat::lat_deg, west, KeptSide::above);
        part = cut_ring(part, &LonLat::lon_deg, &LonLat::lat_deg, east, KeptSide::below);
        part = cut_ring(part, &LonLat::lat_deg, &LonLat::lon_deg, window_.south_deg, KeptSide::above);
        part = cut_ring(part, &LonLat::lat_deg, &LonLat::lon_deg, window_.north_deg, KeptSide::below);
        if (part.size() >= 3) parts.push_back(std::move(part));
    }
    return parts;
}

bool RasterFrame::wraps() const {
    return geographic_ && !is_rotated() &&
           std::abs(std::abs(affine_[1]) * columns_ - 360.0) < 1e-6 * std::abs(affine_[1]);
}

PixelPosition RasterFrame::apply_inverse(double x, double y) const {
    return {inverse_[0] + x * inverse_[1] + y * inverse_[2], inverse_[3] + x * inverse_[4] + y * inverse_[5]};
}

std::vector<PixelPosition> RasterFrame::locate(std::span<const LonLat> points) const {
    std::vector<double> x;
    std::vector<double> y;
    for (const LonLat point : points) {
        x.push_back(point.lon_deg);
        y.push_back(point.lat_deg);
    }
    std::vector<int> known(points.size(), 1);
    if (from_wgs84_ && !points.empty()) {
        from_wgs84_->Transform(static_cast<int>(points.size()), x.data(), y.data(), nullptr, known.data());
    }
    std::vector<PixelPosition> found;
    found.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (known[i] == 0 || !std::isfinite(x[i]) || !std::isfinite(y[i])) {
            found.push_back({no_value, no_value});
            continue;
        }
        PixelPosition position = apply_inverse(x[i], y[i]);
        for (const double turn : {-360.0, 360.0}) {
            const bool inside = position.column >= 0.0 && position.column <= columns_;
            if (!geographic_ || inside) break;
            const PixelPosition turned = apply_inverse(x[i] + turn, y[i]);
            if (turned.column >= 0.0 && turned.column <= columns_) position = turned;
        }
        found.push_back(position);
    }
    return found;
}

GeoGrid RasterFrame::north_up_grid() const {
    GeoGrid grid;
    grid.space = geographic_ ? GridSpace::lonlat_degrees : GridSpace::projected_metres;
    grid.columns = columns_;
    grid.rows = rows_;
    grid.cell_width = std::abs(affine_[1]) * metres_per_unit_;
    grid.cell_height = std::abs(affine_[5]) * metres_per_unit_;
    grid.west = std::min(affine_[0], affine_[0] + affine_[1] * columns_) * metres_per_unit_;
    grid.north = std::max(affine_[3], affine_[3] + affine_[5] * rows_) * metres_per_unit_;
    return grid;
}

CellPosition RasterFrame::stored_position(CellPosition cell) const {
    if (affine_[1] < 0.0) cell.column = columns_ - 1 - cell.column;
    if (affine_[5] > 0.0) cell.row = rows_ - 1 - cell.row;
    return cell;
}

GeoGrid RasterFrame::zone_grid() const {
    if (geographic_) return north_up_grid();
    GeoGrid grid;
    grid.space = GridSpace::projected_metres;
    grid.west = 0.0;
    grid.north = 0.0;
    grid.columns = columns_;
    grid.rows = rows_;
    return grid;
}

CellPosition RasterFrame::stored_zone_position(CellPosition cell) const {
    return geographic_ ? stored_position(cell) : cell;
}

std::string RasterFrame::key() const {
    char* text = nullptr;
    crs_.exportToWkt(&text);
    std::string key = text == nullptr ? "" : text;
    CPLFree(text);
    for (const double number : affine_) key += fmt::format(" {}", number);
    return key + fmt::format(" {} {}", columns_, rows_);
}

double RasterFrame::cell_area_km2(std::int64_t zone_row) const {
    if (geographic_) return north_up_grid().cell_area_km2(zone_row);
    const double area = std::abs(affine_[1] * affine_[5] - affine_[2] * affine_[4]);
    return area * metres_per_unit_ * metres_per_unit_ * 1e-6;
}

Ring RasterFrame::to_zone_space(const Ring& ring) const {
    const Ring dense = densify(ring, longest_edge_deg);
    std::vector<double> x;
    std::vector<double> y;
    for (const LonLat point : dense) {
        x.push_back(point.lon_deg);
        y.push_back(point.lat_deg);
    }
    std::vector<int> known(dense.size(), 0);
    from_wgs84_->Transform(static_cast<int>(dense.size()), x.data(), y.data(), nullptr, known.data());
    Ring moved;
    for (std::size_t i = 0; i < dense.size(); ++i) {
        if (known[i] == 0 || !std::isfinite(x[i]) || !std::isfinite(y[i])) continue;
        if (geographic_) {
            moved.push_back({x[i], y[i]});
        } else {
            const PixelPosition position = apply_inverse(x[i], y[i]);
            moved.push_back({position.column, -position.row});
        }
    }
    return moved;
}

MultiPolygon RasterFrame::to_zone_space(const MultiPolygon& zone) const {
    if (is_lonlat_) return zone;
    MultiPolygon moved;
    for (const Polygon& polygon : zone) {
        // Rings are counted one by one, so a hole need not lie with the part of the outer ring it was in.
        Polygon holes_of_all;
        for (const Ring& hole : polygon.holes) {
            for (const Ring& part : cut_to_window(hole)) holes_of_all.holes.push_back(to_zone_space(part));
        }
        for (const Ring& part : cut_to_window(polygon.outer)) moved.push_back({to_zone_space(part), {}});
        moved.push_back(std::move(holes_of_all));
    }
    return moved;
}

Ring RasterFrame::from_zone_space(const Ring& ring) const {
    // Cells of a projected raster are the unit there.
    constexpr double longest_edge_cells = 0.125, longest_edge_m = 1000.0;
    const double cell_m = 1000.0 * std::sqrt(geographic_ ? 1.0 : cell_area_km2(0));
    const Ring dense =
        densify(ring, geographic_ ? longest_edge_deg : std::min(longest_edge_cells, longest_edge_m / cell_m));
    std::vector<double> x;
    std::vector<double> y;
    for (const LonLat point : dense) {
        const double column = point.lon_deg, row = -point.lat_deg;
        x.push_back(geographic_ ? point.lon_deg : affine_[0] + column * affine_[1] + row * affine_[2]);
        y.push_back(geographic_ ? point.lat_deg : affine_[3] + column * affine_[4] + row * affine_[5]);
    }
    std::vector<int> known(dense.size(), 0);
    if (to_wgs84_)
        to_wgs84_->Transform(static_cast<int>(dense.size()), x.data(), y.data(), nullptr, known.data());
    Ring moved;
    for (std::size_t i = 0; i < dense.size(); ++i) {
        if (known[i] != 0 && std::isfinite(x[i]) && std::isfinite(y[i])) moved.push_back({x[i], y[i]});
    }
    return moved;
}

MultiPolygon RasterFrame::from_zone_space(const MultiPolygon& piece) const {
    if (is_lonlat_) return piece;
    MultiPolygon moved;
    for (const Polygon& polygon : piece) {
        Polygon back{from_zone_space(polygon.outer), {}};
        for (const Ring& hole : polygon.holes) back.holes.push_back(from_zone_space(hole));
        moved.push_back(std::move(back));
    }
    return moved;
}

std::optional<double> RasterFrame::area_scale(PixelPosition at, double reach) const {
    constexpr int west = 0, east = 1, north = 2, south = 3, ends = 4;
    std::array<double, ends> x{}, y{};
    for (int i = 0; i < ends; ++i) {
        const double column = at.column + (i == west ? -reach : i == east ? reach : 0.0);
        const double row = at.row + (i == north ? -reach : i == south ? reach : 0.0);
        x[i] = affine_[0] + column * affine_[1] + row * affine_[2];
        y[i] = affine_[3] + column * affine_[4] + row * affine_[5];
    }
    std::array<int, ends> known{};
    to_wgs84_->Transform(ends, x.data(), y.data(), nullptr, known.data());
    for (int i = 0; i < ends; ++i)
        if (known[i] == 0 || !std::isfinite(x[i]) || !std::isfinite(y[i])) return std::nullopt;
    constexpr double radians_per_degree = 0.017453292519943295769;
    const auto turn = [&](int to, int from) {
        const double degrees = x[to] - x[from];
        return (degrees - 360.0 * std::round(degrees / 360.0)) * radians_per_degree;
    };
    const auto rise = [&](int to, int from) {
        return zone_area_m2_per_radian(y[to]) - zone_area_m2_per_radian(y[from]);
    };
    const double true_m2 =
        std::abs(turn(east, west) * rise(north, south) - turn(north, south) * rise(east, west));
    return true_m2 / (4.0 * reach * reach * 1e6 * cell_area_km2(0));
}

}  // namespace domino::geo::io
