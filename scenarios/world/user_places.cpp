#include "scenarios/world/user_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "geo/io/geodesic.h"
#include "geo/io/raster.h"
#include "geo/io/vector_layer.h"
#include "scenarios/world/problems.h"

namespace domino::scenarios {

namespace {

struct Unit {
    std::string id, iso3;
    geo::MultiPolygon area;
};

std::string text_of(const geo::io::FieldValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? *text : std::string();
}

std::vector<Unit> read_units(Pack& pack) {
    geo::io::VectorLayerRequest request;
    request.path = pack.require_file("boundaries.gpkg", "boundaries of countries and regions");
    request.layer = "admin1";
    request.fields = {{"admin1_id", geo::io::FieldType::text, geo::io::FieldPresence::required},
                      {"iso3", geo::io::FieldType::text, geo::io::FieldPresence::required}};
    request.polygons = geo::io::PolygonUse::keep;
    std::vector<Unit> units;
    for (auto& feature : geo::io::read_vector_layer(request).features) {
        units.push_back(
            {text_of(feature.values[0]), text_of(feature.values[1]), std::move(feature.polygons)});
    }
    std::sort(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return units;
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

/// The unit that holds the point, of @p iso3 when given; off shore the nearest of that country.
const Unit* find_unit(const std::vector<Unit>& units, const std::string& iso3, geo::LonLat point) {
    const Unit* nearest = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (const auto& unit : units) {
        if (!iso3.empty() && unit.iso3 != iso3) continue;
        if (contains(unit.area, point)) return &unit;
        if (iso3.empty()) continue;
        const double distance = distance_to_corners_m(unit.area, point);
        if (distance < least) {
            least = distance;
            nearest = &unit;
        }
    }
    return nearest;
}

geo::io::VectorLayerRequest layer_request(const PlaceLayer& layer) {
    geo::io::VectorLayerRequest request;
    request.path = layer.path;
    request.layer = layer.layer;
    request.id_field = layer.id_field;
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

class LayerReader {
 public:
    LayerReader(const std::vector<std::string>& countries, Pack& pack, Problems& problems)
        : countries_(countries), pack_(pack), problems_(problems) {}

    std::vector<UserPlace> read(const PlaceLayer& layer) {
        std::vector<UserPlace> places;
        for (const auto& feature : geo::io::read_vector_layer(layer_request(layer)).features) {
            if (auto place = to_place(layer, feature)) places.push_back(std::move(*place));
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
        if (units_.empty()) units_ = read_units(pack_);
        const Unit* unit = find_unit(units_, place.iso3, place.position);
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
    std::vector<Unit> units_;
};

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

std::vector<UserPlace> read_user_places(const PlacesSection& section,
                                        const std::vector<std::string>& countries, Pack& pack,
                                        std::vector<InputFile>& files, Problems& problems) {
    std::vector<UserPlace> places;
    LayerReader reader(countries, pack, problems);
    for (const auto& layer : section.layers) {
        try {
            auto found = reader.read(layer);
            places.insert(places.end(), std::make_move_iterator(found.begin()),
                          std::make_move_iterator(found.end()));
            files.push_back({layer.path, "places of the scenario"});
        } catch (const geo::ProblemError& error) {
            append_data_problems(problems, error, layer.where);
        }
    }
    std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return places;
}

void sample_covariates(const PlacesSection& section, geo::PlaceTable& table, std::vector<InputFile>& files,
                       Problems& problems) {
    std::vector<geo::LonLat> points;
    for (const auto& place : table.places) points.push_back(place.position);
    for (const auto& covariate : section.covariates) {
        try {
            geo::io::RasterRequest request{covariate.path, std::nullopt};
            if (!covariate.crs_override.empty()) request.crs_override = covariate.crs_override;
            const auto raster = geo::io::Raster::open(request);
            const auto sampling = covariate.sampling == RasterSampling::bilinear ? geo::io::Sampling::bilinear
                                                                                 : geo::io::Sampling::nearest;
            const auto values = raster.sample(points, covariate.band, sampling);
            for (std::size_t i = 0; i < values.size(); ++i) table.places[i].covariates.push_back(values[i]);
            table.covariate_names.push_back(covariate.name);
            table.covariate_units.push_back(covariate.unit);
            files.push_back({covariate.path, "covariate " + covariate.name});
        } catch (const geo::ProblemError& error) {
            append_data_problems(problems, error, covariate.where);
        }
    }
}

}  // namespace domino::scenarios
