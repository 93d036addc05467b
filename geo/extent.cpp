#include "geo/extent.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "geo/ellipsoid.h"

namespace domino::geo {

bool LonLatExtent::contains(LonLat point) const {
    if (point.lat_deg < south_deg || point.lat_deg > north_deg) return false;
    if (width_deg() >= 360.0) return true;
    const bool east_of_west_edge = point.lon_deg >= west_deg;
    const bool west_of_east_edge = point.lon_deg <= east_deg;
    return crosses_antimeridian() ? east_of_west_edge || west_of_east_edge
                                  : east_of_west_edge && west_of_east_edge;
}

LonLatExtent extent_of(std::span<const LonLat> points) {
    if (points.empty()) throw std::invalid_argument("extent_of: no points");
    std::vector<double> longitudes;
    longitudes.reserve(points.size());
    LonLatExtent extent{.west_deg = 0, .south_deg = 90, .east_deg = 0, .north_deg = -90};
    for (const LonLat point : points) {
        longitudes.push_back(wrap_longitude(point.lon_deg));
        extent.south_deg = std::min(extent.south_deg, point.lat_deg);
        extent.north_deg = std::max(extent.north_deg, point.lat_deg);
    }
    std::sort(longitudes.begin(), longitudes.end());
    extent.west_deg = longitudes.front();
    extent.east_deg = longitudes.back();
    double widest_gap = longitudes.front() + 360.0 - longitudes.back();
    for (std::size_t i = 1; i < longitudes.size(); ++i) {
        const double gap = longitudes[i] - longitudes[i - 1];
        if (gap > widest_gap) {
            widest_gap = gap;
            extent.west_deg = longitudes[i];
            extent.east_deg = longitudes[i - 1];
        }
    }
    return extent;
}

LonLatExtent grow(const LonLatExtent& extent, double margin_deg) {
    LonLatExtent grown;
    grown.south_deg = std::max(-90.0, extent.south_deg - margin_deg);
    grown.north_deg = std::min(90.0, extent.north_deg + margin_deg);
    if (extent.width_deg() + 2.0 * margin_deg >= 360.0) return grown;
    grown.west_deg = wrap_longitude(extent.west_deg - margin_deg);
    grown.east_deg = wrap_longitude(extent.east_deg + margin_deg);
    // The meridian 180 wraps to -180; as an east edge it must stay on the east side of what it closes.
    if (grown.east_deg == -180.0) grown.east_deg = 180.0;
    return grown;
}

}  // namespace domino::geo
