#include "viz/map_settings.h"

#include <utility>
#include <vector>

#include "geo/central_meridian.h"
#include "geo/extent.h"

namespace domino::viz {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::pair<geo::LonLat, geo::LonLat>> collect_agreements(const scenarios::BuiltWorld& built) {
    const std::vector<geo::Place>& places = built.places.places;
    std::vector<std::pair<geo::LonLat, geo::LonLat>> ends;
    for (const scenarios::Link& link : built.links) {
        if (link.layer == "collaboration") {
            ends.emplace_back(places[link.a].position, places[link.b].position);
        }
    }
    return ends;
}

}  // namespace

Json map_settings(const scenarios::BuiltWorld& built) {
    const std::vector<geo::Place>& places = built.places.places;
    if (places.empty()) {
        return Json();
    }
    std::vector<geo::LonLat> points;
    for (const geo::Place& place : places) {
        points.push_back(place.position);
    }
    const geo::LonLatExtent extent = geo::extent_of(points);
    constexpr double widest_laea_deg = 170.0;
    double middle = extent.west_deg + 0.5 * extent.width_deg();
    middle = middle > 180.0 ? middle - 360.0 : middle;
    const double latitude = 0.5 * (extent.south_deg + extent.north_deg);
    const bool world = extent.width_deg() > widest_laea_deg;
    Json fit = Json::array();
    for (const double lat : {extent.south_deg, extent.north_deg}) {
        for (const double lon : {extent.west_deg, middle, extent.east_deg}) {
            fit.push_back({lon, lat});
        }
    }
    // The Asia-Pacific view of the page's design wherever it holds the middle of the places.
    const bool asia = middle > 90.0 && middle < 130.0;
    const Json centre = world  ? Json{geo::central_meridian(collect_agreements(built)), 0.0}
                        : asia ? Json{110.0, 17.0}
                               : Json{middle, latitude};
    return {{"projection", world ? "equal_earth" : "laea"}, {"centre", centre}, {"fit", std::move(fit)}};
}

}  // namespace domino::viz
