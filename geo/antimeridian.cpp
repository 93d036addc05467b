#include "geo/antimeridian.h"

#include <cmath>

namespace domino::geo {

std::vector<Line> split_at_antimeridian(const Line& line) {
    std::vector<Line> parts;
    if (line.empty()) return parts;
    parts.push_back({line.front()});
    for (std::size_t i = 1; i < line.size(); ++i) {
        const LonLat from = line[i - 1];
        const LonLat to = line[i];
        if (std::abs(to.lon_deg - from.lon_deg) > 180.0) {
            const double edge = from.lon_deg > 0.0 ? 180.0 : -180.0;
            const double to_edge = std::abs(edge - from.lon_deg);
            const double beyond_edge = std::abs(to.lon_deg + edge);
            const double step = to_edge + beyond_edge;
            const double share = step > 0.0 ? to_edge / step : 0.0;
            const double lat = from.lat_deg + share * (to.lat_deg - from.lat_deg);
            parts.back().push_back({edge, lat});
            parts.push_back({{-edge, lat}});
        }
        parts.back().push_back(to);
    }
    return parts;
}

}  // namespace domino::geo
