#include "viz/picture/graticule_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace domino::viz {

namespace {

enum class Side : unsigned char { bottom, left, top, right };

bool runs_across(Side side) {
    return side == Side::bottom || side == Side::top;
}

/// How far a point is beyond a side, pixels.
double beyond(Side side, const MapWindow& map, CanvasPoint p) {
    switch (side) {
        case Side::bottom:
            return p.y - map.bottom;
        case Side::left:
            return map.left - p.x;
        case Side::top:
            return map.top - p.y;
        case Side::right:
            return p.x - map.right;
    }
    return 0.0;
}

/// Whether a line has its name where it ends on a side without crossing it. On any but its own side it may be
/// running along it.
enum class LineEnds : unsigned char { passed_over, named };

/// Where a line crosses a side or ends on it, within the side.
std::optional<CanvasPoint> find_crossing(const DrawnLine& drawn, Side side, const MapWindow& map,
                                         LineEnds ends) {
    constexpr double near_px = 1.0;
    const auto is_within = [&](CanvasPoint p) {
        return runs_across(side) ? p.x >= map.left && p.x <= map.right : p.y >= map.top && p.y <= map.bottom;
    };
    for (const auto& part : drawn.parts) {
        for (std::size_t i = 0; i + 1 < part.size(); ++i) {
            const double from = beyond(side, map, part[i]), to = beyond(side, map, part[i + 1]);
            if ((from < 0.0) == (to < 0.0)) continue;
            const double share = from / (from - to);
            const CanvasPoint at{part[i].x + share * (part[i + 1].x - part[i].x),
                                 part[i].y + share * (part[i + 1].y - part[i].y)};
            if (is_within(at)) return at;
        }
        if (ends != LineEnds::named) continue;
        for (const CanvasPoint end : {part.front(), part.back()})
            if (std::fabs(beyond(side, map, end)) < near_px && is_within(end)) return end;
    }
    return std::nullopt;
}

struct Box {
    double left = 0.0, top = 0.0, right = 0.0, bottom = 0.0;

    bool touches(const Box& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
};

LineName name_at(Side side, CanvasPoint at, bool is_under, double size) {
    switch (side) {
        case Side::bottom:
            return {0, {at.x, at.y + (is_under ? 1.4 : -0.4) * size}, TextAnchor::middle, !is_under};
        case Side::left:
            return {0, {at.x + 0.4 * size, at.y - 0.35 * size}, TextAnchor::left, true};
        case Side::top:
            return {0, {at.x, at.y + 1.2 * size}, TextAnchor::middle, true};
        case Side::right:
            return {0, {at.x - 0.4 * size, at.y - 0.35 * size}, TextAnchor::right, true};
    }
    return {};
}

Box box_of(const LineName& name, double width, double size) {
    const double left = name.anchor == TextAnchor::left     ? name.at.x
                        : name.anchor == TextAnchor::middle ? name.at.x - 0.5 * width
                                                            : name.at.x - width;
    return {left, name.at.y - size, left + width, name.at.y + 0.2 * size};
}

}  // namespace

std::vector<LineName> place_names(std::span<const DrawnLine> lines, const MapWindow& map, double size) {
    constexpr std::array of_meridians = {Side::bottom, Side::top, Side::left, Side::right};
    constexpr std::array of_parallels = {Side::left, Side::right, Side::bottom, Side::top};
    std::vector<LineName> names;
    std::vector<Box> taken;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool is_meridian = lines[i].line.kind == GraticuleKind::meridian;
        const auto& sides = is_meridian ? of_meridians : of_parallels;
        for (const Side side : sides) {
            const auto ends = side == sides.front() ? LineEnds::named : LineEnds::passed_over;
            const auto at = find_crossing(lines[i], side, map, ends);
            if (!at) continue;
            LineName name = name_at(side, *at, is_meridian, size);
            name.line = i;
            const Box box = box_of(name, lines[i].name_width, size);
            const bool is_out = box.left < map.left || box.right > map.right || box.top < map.top ||
                                (name.is_within && box.bottom > map.bottom);
            const bool is_covered =
                std::any_of(taken.begin(), taken.end(), [&](const Box& other) { return box.touches(other); });
            if (is_out || is_covered) continue;
            taken.push_back(box);
            names.push_back(name);
            break;
        }
    }
    return names;
}

}  // namespace domino::viz
