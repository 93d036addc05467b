#include "geo/central_meridian.h"

#include <algorithm>

#include "geo/ellipsoid.h"

namespace domino::geo {
namespace {

bool crosses(const std::pair<LonLat, LonLat>& tie, double meridian_deg) {
    const double way = wrap_longitude(tie.second.lon_deg - tie.first.lon_deg);
    const double to_meridian = wrap_longitude(meridian_deg - tie.first.lon_deg);
    return way < 0.0 ? to_meridian < 0.0 && to_meridian > way : to_meridian > 0.0 && to_meridian < way;
}

}  // namespace

double central_meridian(std::span<const std::pair<LonLat, LonLat>> ties) {
    const auto crossings = [&](double cut_deg) {
        return std::count_if(ties.begin(), ties.end(),
                             [&](const auto& tie) { return crosses(tie, cut_deg); });
    };
    const double cut_deg =
        crossings(atlantic_cut_deg) < crossings(pacific_cut_deg) ? atlantic_cut_deg : pacific_cut_deg;
    return wrap_longitude(cut_deg + 180.0);
}

}  // namespace domino::geo
