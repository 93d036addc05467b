#include "viz/picture/graticule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace domino::viz {

namespace {

struct DegreeRange {
    double west = 0.0, south = 0.0, east = 0.0, north = 0.0;
};

/// What of the earth a rectangle of the map shows; longitudes about its middle.
DegreeRange shown_degrees(const geo::io::MapRectangle& shown, const geo::io::MapProjection& projection) {
    if (projection.crs().space == geo::GridSpace::lonlat_degrees)
        return {shown.west, shown.south, shown.east, shown.north};
    constexpr int steps = 16;
    std::vector<geo::LonLat> points = {{0.5 * (shown.west + shown.east), 0.5 * (shown.south + shown.north)}};
    for (int i = 0; i <= steps; ++i) {
        for (int j = 0; j <= steps; ++j)
            points.push_back({shown.west + (shown.east - shown.west) * i / steps,
                              shown.south + (shown.north - shown.south) * j / steps});
    }
    projection.to_wgs84(points);
    const double middle = std::isfinite(points.front().lon_deg) ? points.front().lon_deg : 0.0;
    DegreeRange range{middle, 90.0, middle, -90.0};
    for (const geo::LonLat p : points) {
        if (!std::isfinite(p.lon_deg) || !std::isfinite(p.lat_deg)) continue;
        const double lon = p.lon_deg - 360.0 * std::round((p.lon_deg - middle) / 360.0);
        range.west = std::min(range.west, lon);
        range.east = std::max(range.east, lon);
        range.south = std::min(range.south, p.lat_deg);
        range.north = std::max(range.north, p.lat_deg);
    }
    // Lines run over the edge, where their names stand.
    const double pad = 0.05 * std::max(range.east - range.west, range.north - range.south);
    return {range.west - pad, std::max(range.south - pad, -90.0), range.east + pad,
            std::min(range.north + pad, 90.0)};
}

double choose_step(const DegreeRange& range) {
    constexpr std::array<double, 13> steps = {0.05, 0.1, 0.25, 0.5, 1.0,  2.0, 2.5,
                                              5.0,  10., 15.0, 20., 30.0, 45.};
    constexpr double most_lines = 8.0;
    const double longer = std::max(range.east - range.west, range.north - range.south);
    const auto fits = std::find_if(steps.begin(), steps.end(),
                                   [longer](double step) { return longer / step <= most_lines; });
    return fits == steps.end() ? steps.back() : *fits;
}

std::string name_degrees(double degrees, char positive, char negative) {
    const double size = std::fabs(degrees);
    if (size == 0.0) return "0°";
    return size == 180.0 && positive == 'E' ? "180°"
                                            : fmt::format("{}°{}", size, degrees > 0.0 ? positive : negative);
}

/// A line through @p points of the earth, in the map's coordinates.
std::vector<std::vector<geo::LonLat>> put_on_map(std::vector<geo::LonLat> points, double width,
                                                 const geo::io::MapProjection& projection) {
    if (projection.crs().space != geo::GridSpace::lonlat_degrees) {
        for (geo::LonLat& p : points) p.lon_deg -= 360.0 * std::round(p.lon_deg / 360.0);
        if (const geo::ToMap to_map = projection.to_map()) to_map(points);
    }
    std::vector<std::vector<geo::LonLat>> parts(1);
    for (const geo::LonLat p : points) {
        const bool known = std::isfinite(p.lon_deg) && std::isfinite(p.lat_deg);
        const auto& last = parts.back();
        if (!last.empty() && (!known || std::fabs(p.lon_deg - last.back().lon_deg) > 0.5 * width))
            parts.emplace_back();
        if (known) parts.back().push_back(p);
    }
    std::erase_if(parts, [](const auto& part) { return part.size() < 2; });
    return parts;
}

}  // namespace

std::vector<GraticuleLine> make_graticule(const geo::io::MapRectangle& shown,
                                          const geo::io::MapProjection& projection) {
    const DegreeRange range = shown_degrees(shown, projection);
    const double step = choose_step(range), width = shown.east - shown.west;
    constexpr int pieces = 180;
    std::vector<GraticuleLine> lines;
    const auto along = [](double from, double to, int piece) { return from + (to - from) * piece / pieces; };
    for (double k = std::ceil(range.west / step); k * step <= range.east; k += 1.0) {
        const double lon = k * step, named = lon - 360.0 * std::round(lon / 360.0);
        std::vector<geo::LonLat> points;
        for (int i = 0; i <= pieces; ++i) points.push_back({lon, along(range.south, range.north, i)});
        lines.push_back({GraticuleKind::meridian, name_degrees(named, 'E', 'W'),
                         put_on_map(std::move(points), width, projection)});
    }
    for (double k = std::ceil(range.south / step); k * step <= range.north; k += 1.0) {
        const double lat = k * step;
        if (std::fabs(lat) >= 90.0) continue;
        std::vector<geo::LonLat> points;
        for (int i = 0; i <= pieces; ++i) points.push_back({along(range.west, range.east, i), lat});
        lines.push_back({GraticuleKind::parallel, name_degrees(lat, 'N', 'S'),
                         put_on_map(std::move(points), width, projection)});
    }
    return lines;
}

}  // namespace domino::viz
