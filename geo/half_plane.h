#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace domino::geo {

enum class KeptSide : std::uint8_t { below, above };

/// Cuts a closed ring at the line `along` = @p at and keeps one side (Sutherland and Hodgman 1974), into @p
/// cut.
/// @p along and @p across name the point's two coordinates. The result may run to and fro along the line; its
/// signed area is right.
template <class Point>
void cut_ring_into(std::vector<Point>& cut, const std::vector<Point>& ring, double Point::*along,
                   double Point::*across, double at, KeptSide kept) {
    cut.clear();
    cut.reserve(ring.size() + 4);
    const auto inside = [&](const Point& p) {
        return kept == KeptSide::below ? p.*along <= at : p.*along >= at;
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point& from = ring[i];
        const Point& to = ring[i + 1 == ring.size() ? 0 : i + 1];
        const bool from_inside = inside(from);
        if (from_inside) cut.push_back(from);
        if (from_inside == inside(to)) continue;
        const double share = (at - from.*along) / (to.*along - from.*along);
        Point crossing;
        crossing.*along = at;
        crossing.*across = from.*across + share * (to.*across - from.*across);
        cut.push_back(crossing);
    }
}

template <class Point>
std::vector<Point> cut_ring(const std::vector<Point>& ring, double Point::*along, double Point::*across,
                            double at, KeptSide kept) {
    std::vector<Point> cut;
    cut_ring_into(cut, ring, along, across, at, kept);
    return cut;
}

}  // namespace domino::geo
