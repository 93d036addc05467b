#include "geo/voronoi.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "geo/portable_math.h"

namespace domino::geo {
namespace {

struct Box {
    double west = 360.0, east = -360.0, south = 90.0, north = -90.0;
};

Box box_of(const Ring& ring) {
    Box box;
    for (const LonLat p : ring) {
        box = {std::min(box.west, p.lon_deg), std::max(box.east, p.lon_deg), std::min(box.south, p.lat_deg),
               std::max(box.north, p.lat_deg)};
    }
    return box;
}

/// What of a ring is nearer to @p own than to @p other (Sutherland and Hodgman 1974), longitudes counting
/// @p shortening of a degree of latitude.
Ring cut_nearer(const Ring& ring, LonLat own, LonLat other, double shortening) {
    const double dx = (other.lon_deg - own.lon_deg) * shortening * shortening;
    const double dy = other.lat_deg - own.lat_deg;
    const double middle_lon = 0.5 * (own.lon_deg + other.lon_deg);
    const double middle_lat = 0.5 * (own.lat_deg + other.lat_deg);
    const auto beyond = [&](LonLat p) {
        return (p.lon_deg - middle_lon) * dx + (p.lat_deg - middle_lat) * dy;
    };
    Ring cut;
    cut.reserve(ring.size() + 4);
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LonLat from = ring[i], to = ring[i + 1 == ring.size() ? 0 : i + 1];
        const double a = beyond(from), b = beyond(to);
        if (a <= 0.0) cut.push_back(from);
        if ((a <= 0.0) == (b <= 0.0)) continue;
        // From the smaller coordinate, so that both sides of a boundary cut an edge at the same bits.
        const bool forward =
            from.lon_deg < to.lon_deg || (from.lon_deg == to.lon_deg && from.lat_deg < to.lat_deg);
        const LonLat start = forward ? from : to, end = forward ? to : from;
        const double share = (forward ? a : b) / ((forward ? a : b) - (forward ? b : a));
        cut.push_back({start.lon_deg + share * (end.lon_deg - start.lon_deg),
                       start.lat_deg + share * (end.lat_deg - start.lat_deg)});
    }
    return cut;
}

/// The polygon's part nearest to point @p own of @p points, which lie in the polygon's turn of longitudes.
Polygon cut_cell(const Polygon& polygon, std::span<const LonLat> points, std::size_t own, double shortening) {
    Polygon cell = polygon;
    for (std::size_t other = 0; other < points.size() && !cell.outer.empty(); ++other) {
        if (other == own) continue;
        if (points[other] == points[own]) {
            if (other < own) return {};
            continue;
        }
        cell.outer = cut_nearer(cell.outer, points[own], points[other], shortening);
        for (Ring& hole : cell.holes) hole = cut_nearer(hole, points[own], points[other], shortening);
    }
    std::erase_if(cell.holes, [](const Ring& hole) { return hole.size() < 3; });
    if (cell.outer.size() < 3) return {};
    return cell;
}

}  // namespace

std::vector<MultiPolygon> divide_among_nearest(const MultiPolygon& area, std::span<const LonLat> points) {
    std::vector<MultiPolygon> parts(points.size());
    for (const Polygon& polygon : area) {
        const Box box = box_of(polygon.outer);
        const double middle_lon = 0.5 * (box.west + box.east);
        const double shortening =
            std::max(0.01, portable::cos_deg(std::clamp(0.5 * (box.south + box.north), -90.0, 90.0)));
        std::vector<LonLat> near(points.begin(), points.end());
        for (LonLat& point : near) point.lon_deg -= 360.0 * std::round((point.lon_deg - middle_lon) / 360.0);
        for (std::size_t i = 0; i < near.size(); ++i) {
            Polygon cell = cut_cell(polygon, near, i, shortening);
            if (!cell.outer.empty()) parts[i].push_back(std::move(cell));
        }
    }
    return parts;
}

}  // namespace domino::geo
