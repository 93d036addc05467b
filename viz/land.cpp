#include "viz/land.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <utility>

#include "geo/io/vector_layer.h"

namespace domino::viz {

namespace {

using Json = nlohmann::ordered_json;

constexpr double quantum_deg = 0.0036;  // 1e5 steps round the earth
constexpr double first_threshold_deg2 = 0.0004;
constexpr std::size_t largest_land_bytes = 400'000;

double triangle_area(geo::LonLat a, geo::LonLat b, geo::LonLat c) {
    return 0.5 * std::fabs((b.lon_deg - a.lon_deg) * (c.lat_deg - a.lat_deg) -
                           (c.lon_deg - a.lon_deg) * (b.lat_deg - a.lat_deg));
}

double ring_area(const geo::Ring& ring) {
    double twice = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::LonLat a = ring[i];
        const geo::LonLat b = ring[(i + 1) % ring.size()];
        twice += a.lon_deg * b.lat_deg - b.lon_deg * a.lat_deg;
    }
    return 0.5 * std::fabs(twice);
}

geo::Ring open_ring(const geo::Ring& ring) {
    geo::Ring open = ring;
    if (open.size() > 1 && open.front() == open.back()) {
        open.pop_back();
    }
    return open;
}

/// Arcs of whole steps, delta-coded as TopoJSON wants them.
class Arcs {
 public:
    /// Index of a ring's arc, or -1 when fewer than three of its points differ.
    int add(const geo::Ring& ring) {
        Json arc = Json::array();
        std::pair<long, long> last{0, 0};
        std::pair<long, long> first{0, 0};
        int points = 0;
        const auto put = [&](std::pair<long, long> at) {
            arc.push_back({at.first - last.first, at.second - last.second});
            last = at;
        };
        for (const geo::LonLat p : ring) {
            const std::pair<long, long> at{std::lround((p.lon_deg + 180.0) / quantum_deg),
                                           std::lround((p.lat_deg + 90.0) / quantum_deg)};
            if (points == 0) {
                first = at;
            } else if (at == last) {
                continue;
            }
            put(at);
            ++points;
        }
        if (points < 3) {
            return -1;
        }
        put(first);
        arcs_.push_back(std::move(arc));
        return static_cast<int>(arcs_.size()) - 1;
    }

    Json take() { return std::move(arcs_); }

 private:
    Json arcs_ = Json::array();
};

Json add_country(const CountryShape& country, double threshold, Arcs& arcs) {
    double largest = 0.0;
    for (const geo::Polygon& polygon : country.area) {
        largest = std::max(largest, ring_area(open_ring(polygon.outer)));
    }
    Json polygons = Json::array();
    for (const geo::Polygon& polygon : country.area) {
        const geo::Ring outer = open_ring(polygon.outer);
        const double area = ring_area(outer);
        if (area < threshold * 4.0 && area < largest) {
            continue;
        }
        int arc = arcs.add(simplify_ring(outer, std::min(threshold, area / 8.0)));
        if (arc < 0) {
            arc = arcs.add(outer);
        }
        if (arc < 0) {
            continue;
        }
        Json rings = Json::array({Json::array({arc})});
        for (const geo::Ring& hole : polygon.holes) {
            const geo::Ring inner = open_ring(hole);
            const int of_hole =
                ring_area(inner) < threshold * 4.0 ? -1 : arcs.add(simplify_ring(inner, threshold));
            if (of_hole >= 0) {
                rings.push_back(Json::array({of_hole}));
            }
        }
        polygons.push_back(std::move(rings));
    }
    return {{"type", "MultiPolygon"},
            {"id", country.iso3},
            {"properties", {{"name", country.name}}},
            {"arcs", std::move(polygons)}};
}

Json make_topology(const std::vector<CountryShape>& countries, double threshold) {
    Arcs arcs;
    Json geometries = Json::array();
    for (const CountryShape& country : countries) {
        geometries.push_back(add_country(country, threshold, arcs));
    }
    return {{"type", "Topology"},
            {"transform", {{"scale", {quantum_deg, quantum_deg}}, {"translate", {-180.0, -90.0}}}},
            {"arcs", arcs.take()},
            {"objects",
             {{"countries", {{"type", "GeometryCollection"}, {"geometries", std::move(geometries)}}}}}};
}

}  // namespace

geo::Ring simplify_ring(const geo::Ring& ring, double smallest_triangle_deg2) {
    const std::size_t n = ring.size();
    if (n <= 4) {
        return ring;
    }
    std::vector<std::size_t> before(n), after(n), version(n, 0);
    std::vector<char> gone(n, 0);
    using Entry = std::pair<double, std::pair<std::size_t, std::size_t>>;  // area, point, version
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> smallest;
    const auto area_at = [&](std::size_t i) {
        return triangle_area(ring[before[i]], ring[i], ring[after[i]]);
    };
    for (std::size_t i = 0; i < n; ++i) {
        before[i] = (i + n - 1) % n;
        after[i] = (i + 1) % n;
    }
    for (std::size_t i = 0; i < n; ++i) {
        smallest.push({area_at(i), {i, 0}});
    }
    std::size_t left = n;
    while (left > 4 && !smallest.empty() && smallest.top().first < smallest_triangle_deg2) {
        const auto [point, seen] = smallest.top().second;
        smallest.pop();
        if (gone[point] != 0 || seen != version[point]) {
            continue;
        }
        gone[point] = 1;
        --left;
        after[before[point]] = after[point];
        before[after[point]] = before[point];
        for (const std::size_t neighbour : {before[point], after[point]}) {
            smallest.push({area_at(neighbour), {neighbour, ++version[neighbour]}});
        }
    }
    geo::Ring kept;
    for (std::size_t i = 0; i < n; ++i) {
        if (gone[i] == 0) {
            kept.push_back(ring[i]);
        }
    }
    return kept;
}

nlohmann::ordered_json make_land(const std::vector<CountryShape>& countries, std::size_t largest_bytes) {
    double threshold = first_threshold_deg2;
    constexpr int most_tries = 12;
    Json land = make_topology(countries, threshold);
    for (int attempt = 0; attempt < most_tries && land.dump().size() > largest_bytes; ++attempt) {
        threshold *= 2.0;
        land = make_topology(countries, threshold);
    }
    return land;
}

nlohmann::ordered_json read_land(const std::filesystem::path& data_dir) {
    geo::io::VectorLayerRequest request;
    request.path = data_dir / "boundaries.gpkg";
    request.layer = "admin0_50m";
    request.fields = {{"iso3", geo::io::FieldType::text, geo::io::FieldPresence::required},
                      {"name", geo::io::FieldType::text, geo::io::FieldPresence::required}};
    request.polygons = geo::io::PolygonUse::keep;
    geo::io::VectorLayer layer = geo::io::read_vector_layer(request);
    std::vector<CountryShape> shapes;
    for (geo::io::Feature& feature : layer.features) {
        const auto* iso3 = std::get_if<std::string>(&feature.values[0]);
        const auto* name = std::get_if<std::string>(&feature.values[1]);
        shapes.push_back(
            {iso3 != nullptr ? *iso3 : "", name != nullptr ? *name : "", std::move(feature.polygons)});
    }
    return make_land(shapes, largest_land_bytes);
}

}  // namespace domino::viz
