#include "scenarios/world/unit_areas.h"

#include <algorithm>
#include <utility>

#include "geo/io/vector_layer.h"

namespace domino::scenarios {
namespace {

std::string id_text_of(const geo::io::FieldValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? *text : std::string();
}

bool ring_holds(const geo::Ring& ring, geo::LonLat point) {
    bool inside = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const auto& a = ring[i];
        const auto& b = ring[j];
        if ((a.lat_deg > point.lat_deg) == (b.lat_deg > point.lat_deg)) continue;
        const double crossing =
            (b.lon_deg - a.lon_deg) * (point.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) + a.lon_deg;
        if (point.lon_deg < crossing) inside = !inside;
    }
    return inside;
}

}  // namespace

bool contains(const geo::MultiPolygon& area, geo::LonLat point) {
    for (const auto& polygon : area) {
        if (polygon.outer.empty() || !ring_holds(polygon.outer, point)) continue;
        const bool in_hole = std::any_of(polygon.holes.begin(), polygon.holes.end(), [&](const auto& hole) {
            return !hole.empty() && ring_holds(hole, point);
        });
        if (!in_hole) return true;
    }
    return false;
}

std::vector<UnitArea> read_unit_areas(Pack& pack, const ReadingProgress& progress) {
    geo::io::VectorLayerRequest request;
    request.path = pack.require_file("boundaries.gpkg", "boundaries of countries and regions");
    request.layer = "admin1";
    request.fields = {{"admin1_id", geo::io::FieldType::text, geo::io::FieldPresence::required},
                      {"iso3", geo::io::FieldType::text, geo::io::FieldPresence::required}};
    request.polygons = geo::io::PolygonUse::keep;
    request.progress = progress_of(progress, request.path);
    std::vector<UnitArea> units;
    for (auto& feature : geo::io::read_vector_layer(request).features) {
        units.push_back(
            {id_text_of(feature.values[0]), id_text_of(feature.values[1]), std::move(feature.polygons)});
    }
    std::sort(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return units;
}

}  // namespace domino::scenarios
