#include "geo/io/area_field.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "geo/io/map_crs.h"
#include "geo/no_value.h"

namespace domino::geo::io {

namespace {

/// Middle of a piece's area, in the coordinates of its rings; of holes too, which count against it.
LonLat middle_of(const MultiPolygon& piece) {
    double area = 0.0, x = 0.0, y = 0.0;
    const auto add = [&](const Ring& ring, double sign) {
        if (ring.size() < 3) return;
        const LonLat o = ring.front();
        double twice = 0.0, mx = 0.0, my = 0.0;
        for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
            const double ax = ring[i].lon_deg - o.lon_deg, ay = ring[i].lat_deg - o.lat_deg;
            const double bx = ring[i + 1].lon_deg - o.lon_deg, by = ring[i + 1].lat_deg - o.lat_deg;
            const double cross = ax * by - bx * ay;
            twice += cross;
            mx += cross * (ax + bx) / 3.0;
            my += cross * (ay + by) / 3.0;
        }
        const double turned = twice < 0.0 ? -sign : sign;
        area += turned * twice;
        x += turned * (mx + twice * o.lon_deg);
        y += turned * (my + twice * o.lat_deg);
    };
    for (const Polygon& polygon : piece) {
        add(polygon.outer, 1.0);
        for (const Ring& hole : polygon.holes) add(hole, -1.0);
    }
    return {x / area, y / area};
}

}  // namespace

AreaField::AreaField(const RasterFrame& frame)
    : frame_(frame), even_(frame.is_geographic() || keeps_areas(frame.crs())) {
    if (even_) return;
    constexpr double spacing_m = 4000.0, least_reach_m = 2000.0;
    const double cell_m = 1000.0 * std::sqrt(frame.cell_area_km2(0));
    spacing_ = std::max<std::int64_t>(1, static_cast<std::int64_t>(spacing_m / cell_m));
    reach_ = std::max(0.5, least_reach_m / cell_m);
}

double AreaField::km2(CellPosition cell) {
    if (cell.row != row_) {
        row_ = cell.row;
        row_km2_ = frame_.cell_area_km2(cell.row);
        row_scales_.clear();
        pair_ = -1;
    }
    return even_ ? row_km2_ : row_km2_ * scale_in_row(cell.column);
}

/// scale() at the centre of a cell of the row at hand: what nodes above and below make of it is kept.
double AreaField::scale_in_row(std::int64_t column) {
    const std::int64_t first = column / spacing_;
    const auto between = [&](std::int64_t at) {
        const auto [known, is_new] = row_scales_.try_emplace(at, 0.0);
        if (is_new) {
            const double centre = static_cast<double>(at * spacing_) + 0.5;
            known->second = scale(centre, static_cast<double>(row_) + 0.5);
        }
        return known->second;
    };
    const double share = static_cast<double>(column - first * spacing_) / static_cast<double>(spacing_);
    if (first != pair_) {
        pair_ = first;
        left_ = between(first);
        right_ = between(first + 1);
    }
    if (left_ == 0.0 && right_ == 0.0) return 1.0;
    if (left_ == 0.0 || right_ == 0.0) return left_ + right_;
    return left_ + share * (right_ - left_);
}

double AreaField::share(const CellPiece& piece, double planar_share) {
    if (even_) return planar_share;
    const LonLat middle = middle_of(piece.inside);
    const double x = static_cast<double>(piece.cell % frame_.columns()) + 0.5;
    const double y = static_cast<double>(piece.cell / frame_.columns()) + 0.5;
    // Linear within the cell, so that the pieces of a cell add up to it.
    const double here = scale(x, y);
    const auto slope = [here](double before, double after) {
        const double steps = (before > 0.0 ? 1.0 : 0.0) + (after > 0.0 ? 1.0 : 0.0);
        if (steps == 0.0) return 0.0;
        return ((after > 0.0 ? after : here) - (before > 0.0 ? before : here)) / (steps * here);
    };
    const double eastward = slope(scale(x - 1.0, y), scale(x + 1.0, y));
    const double downward = slope(scale(x, y - 1.0), scale(x, y + 1.0));
    // A projected zone grid counts rows downwards from 0.
    const double moved = 1.0 + eastward * (middle.lon_deg - x) + downward * (-middle.lat_deg - y);
    return std::isfinite(moved) ? std::min(1.0, planar_share * moved) : planar_share;
}

double AreaField::scale(double column, double row) {
    const auto spacing = static_cast<double>(spacing_);
    const double x = (column - 0.5) / spacing, y = (row - 0.5) / spacing;
    const double left = std::floor(x), top = std::floor(y);
    const auto i = static_cast<std::int64_t>(left), j = static_cast<std::int64_t>(top);
    const double u = x - left, v = y - top;
    double sum = 0.0, weights = 0.0;
    const auto add = [&](std::int64_t at, std::int64_t of_row, double weight) {
        const double found = weight == 0.0 ? 0.0 : node(at, of_row);
        if (found == 0.0) return;
        sum += weight * found;
        weights += weight;
    };
    add(i, j, (1.0 - u) * (1.0 - v));
    add(i + 1, j, u * (1.0 - v));
    add(i, j + 1, (1.0 - u) * v);
    add(i + 1, j + 1, u * v);
    return weights > 0.0 ? sum / weights : 0.0;
}

/// The scale at the centre of a cell, from differences over the cell; 0 where the way back fails all round.
double AreaField::node(std::int64_t column, std::int64_t row) {
    constexpr std::int64_t together = 1024;
    const std::int64_t chunk = column >= 0 ? column / together : -1;
    const auto [found, is_new] = nodes_.try_emplace({row, chunk});
    if (is_new) {
        found->second.assign(together, no_value);
        // Rasters are read from one end to the other.
        constexpr std::size_t most_chunks = 4096;
        if (nodes_.size() > most_chunks)
            nodes_.erase(nodes_.begin() == found ? std::prev(nodes_.end()) : nodes_.begin());
    }
    double& value = found->second[static_cast<std::size_t>(column - chunk * together)];
    if (!std::isnan(value)) return value;
    const double x = static_cast<double>(column * spacing_) + 0.5;
    const double y = static_cast<double>(row * spacing_) + 0.5;
    // At the earth's outline on the projection there is a way back on one side only.
    const double aside = 2.0 * reach_;
    for (const auto& [dx, dy] :
         {std::pair{0.0, 0.0}, {-aside, 0.0}, {aside, 0.0}, {0.0, -aside}, {0.0, aside}}) {
        if (const auto found_scale = frame_.area_scale({x + dx, y + dy}, reach_)) return value = *found_scale;
    }
    return value = 0.0;
}

}  // namespace domino::geo::io
