#include "scenarios/world/user_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "geo/io/geodesic.h"
#include "geo/io/vector_layer.h"
#include "scenarios/source_name.h"
#include "scenarios/world/problems.h"
#include "scenarios/world/unit_areas.h"

namespace domino::scenarios {

namespace {

std::string text_of(const geo::io::FieldValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? *text : std::string();
}

/// Least distance in metres from a point to the corners of an area.
double distance_to_corners_m(const geo::MultiPolygon& area, geo::LonLat point) {
    double least = std::numeric_limits<double>::infinity();
    for (const auto& polygon : area) {
        for (const auto& corner : polygon.outer) {
            if (std::abs(corner.lat_deg - point.lat_deg) * 110000.0 > least) continue;
            least = std::min(least, std::round(geo::io::geodesic_distance_m(corner, point)));
        }
    }
    return least;
}

/// A unit, and how far a point lies from it: 0 inside.
struct NearUnit {
    const UnitArea* unit = nullptr;
    double distance_m = 0.0;
};

/// The unit that holds the point, of @p iso3 when given; off shore the nearest of that country.
NearUnit find_unit(const std::vector<UnitArea>& units, const std::string& iso3, geo::LonLat point) {
    NearUnit nearest{nullptr, std::numeric_limits<double>::infinity()};
    for (const auto& unit : units) {
        if (!iso3.empty() && unit.iso3 != iso3) continue;
        if (contains(unit.area, point)) return {&unit, 0.0};
        if (iso3.empty()) continue;
        const double distance = distance_to_corners_m(unit.area, point);
        if (distance < nearest.distance_m) nearest = {&unit, distance};
    }
    return nearest;
}

/// Islands off their country's drawn shores lie within its economic zone (200 nautical miles, UNCLOS art. 57)
/// and the length of a straight piece of shore.
constexpr double farthest_off_shore_m = 500'000.0;

geo::io::VectorLayerRequest layer_request(const PlaceLayer& layer) {
    geo::io::VectorLayerRequest request;
    request.path = layer.path;
    request.layer = layer.layer;
    request.id_field = layer.id_field;
    request.polygons = geo::io::PolygonUse::repair;
    request.fields = {{layer.name_field.empty() ? layer.id_field : layer.name_field, geo::io::FieldType::text,
                       geo::io::FieldPresence::optional},
                      {layer.population_field, geo::io::FieldType::real, geo::io::FieldPresence::required}};
    if (!layer.country_field.empty()) {
        request.fields.push_back(
            {layer.country_field, geo::io::FieldType::text, geo::io::FieldPresence::required});
    }
    if (!layer.crs_override.empty()) request.crs_override = layer.crs_override;
    return request;
}

/// What was read, for places that come from no file.
std::string describe_places(const std::vector<UserPlace>& places) {
    std::string text;
    for (const UserPlace& place : places) {
        text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", place.id, place.name, place.iso3,
                            place.position.lon_deg, place.position.lat_deg, place.population);
    }
    return text;
}

class LayerReader {
 public:
    LayerReader(const std::vector<std::string>& countries, Pack& pack, Problems& problems,
                const ReadingProgress& progress)
        : countries_(countries), pack_(pack), problems_(problems), progress_(progress) {}

    std::vector<UserPlace> read(const PlaceLayer& layer) {
        std::vector<UserPlace> places;
        geo::io::VectorLayerRequest request = layer_request(layer);
        request.progress = progress_of(progress_, layer.path);
        for (auto& feature : geo::io::read_vector_layer(request).features) {
            if (auto place = to_place(layer, feature)) {
                place->area = std::move(feature.polygons);
                places.push_back(std::move(*place));
            }
        }
        return places;
    }

 private:
    std::optional<UserPlace> to_place(const PlaceLayer& layer, const geo::io::Feature& feature) {
        UserPlace place;
        place.id = feature.id;
        place.name = text_of(feature.values[0]);
        if (place.name.empty()) place.name = feature.id;
        place.position = feature.point;
        place.coupling = layer.coupling;
        const auto* people = std::get_if<double>(&feature.values[1]);
        if (people == nullptr || !std::isfinite(*people) || *people < 0.0) {
            reject(layer,
                   fmt::format("place \"{}\" of {} has no population of 0 or more", feature.id,
                               layer.path.filename().string()),
                   "every place has people, or none", "mend the population in the layer");
            return std::nullopt;
        }
        place.population = *people;
        if (feature.values.size() > 2) place.iso3 = text_of(feature.values[2]);
        return locate(layer, std::move(place));
    }

    std::optional<UserPlace> locate(const PlaceLayer& layer, UserPlace place) {
        const bool known = std::binary_search(countries_.begin(), countries_.end(), place.iso3);
        if (!place.iso3.empty() && !known) return place;
        if (units_.empty()) units_ = read_unit_areas(pack_, progress_);
        const auto [unit, distance_m] = find_unit(units_, place.iso3, place.position);
        if (unit != nullptr && distance_m > farthest_off_shore_m) {
            reject(layer,
                   fmt::format("place \"{}\" at {:.4f}, {:.4f} lies {:.0f} km from its country {}", place.id,
                               place.position.lon_deg, place.position.lat_deg, 1e-3 * distance_m, place.iso3),
                   "a place lies in its country or off its shore",
                   "correct the country, or the layer's CRS if that is wrong");
            return std::nullopt;
        }
        if (unit == nullptr || !std::binary_search(countries_.begin(), countries_.end(), unit->iso3)) {
            reject(layer,
                   fmt::format("place \"{}\" at {:.4f}, {:.4f} lies in no country of the scenario", place.id,
                               place.position.lon_deg, place.position.lat_deg),
                   "its people are taken out of the region around it",
                   "add its country to places.countries, or give it a country code of its own such as XAA");
            return std::nullopt;
        }
        place.iso3 = unit->iso3;
        place.admin1_id = unit->id;
        return place;
    }

    void reject(const PlaceLayer& layer, std::string what, std::string why, std::string fix) {
        problems_.push_back({layer.where, std::move(what), std::move(why), std::move(fix), Severity::error,
                             ProblemKind::data});
    }

    const std::vector<std::string>& countries_;
    Pack& pack_;
    Problems& problems_;
    const ReadingProgress& progress_;
    std::vector<UnitArea> units_;
};

}  // namespace

std::vector<UserPlace> read_user_places(const PlacesSection& section,
                                        const std::vector<std::string>& countries, Pack& pack,
                                        std::vector<InputFile>& files, Problems& problems,
                                        const ReadingProgress& progress) {
    std::vector<UserPlace> places;
    LayerReader reader(countries, pack, problems, progress);
    for (const auto& layer : section.layers) {
        try {
            auto found = reader.read(layer);
            files.push_back({layer.path, "places of the scenario",
                             file_behind(layer.path).empty() ? describe_places(found) : ""});
            places.insert(places.end(), std::make_move_iterator(found.begin()),
                          std::make_move_iterator(found.end()));
        } catch (const geo::ProblemError& error) {
            append_data_problems(problems, error, layer.where);
        }
    }
    std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return places;
}

}  // namespace domino::scenarios
