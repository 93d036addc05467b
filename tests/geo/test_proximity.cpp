#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <utility>

#include "geo/io/geodesic.h"
#include "geo/proximity.h"
#include "geo/radiation.h"

using namespace domino::geo;

namespace {

Place make_place(std::string id, LonLat position, double population,
                 Coupling coupling = Coupling::connected) {
    Place place;
    place.id = std::move(id);
    place.position = position;
    place.population = population;
    place.coupling = coupling;
    return place;
}

double weight_of(const EdgeList& edges, std::uint32_t from, std::uint32_t to) {
    for (const Edge& edge : edges) {
        if (edge.from == from && edge.to == to) return edge.weight;
    }
    return 0.0;
}

ProximityOptions nearest_only(std::uint32_t k) {
    ProximityOptions options;
    options.nearest = k;
    options.long_range = 0;
    return options;
}

/// Clustered places all round the globe, some at the dateline and the poles.
std::vector<Place> scatter(std::size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> lon(-180, 180);
    std::uniform_real_distribution<double> lat(-89, 89);
    std::normal_distribution<double> near(0.0, 2.0);
    std::uniform_real_distribution<double> unit(0, 1);
    std::vector<Place> places;
    LonLat centre{};
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 40 == 0) centre = {i % 400 == 0 ? 179.9 : lon(random), lat(random)};
        LonLat at{centre.lon_deg + near(random), std::clamp(centre.lat_deg + near(random), -90.0, 90.0)};
        if (at.lon_deg > 180.0) at.lon_deg -= 360.0;
        if (at.lon_deg < -180.0) at.lon_deg += 360.0;
        const double population = std::floor(5000.0 * std::pow(unit(random) + 1e-4, -0.9));
        places.push_back(make_place("P" + std::to_string(i), at, population));
    }
    return places;
}

/// The definition, place by place and pair by pair.
std::map<std::pair<std::string, std::string>, double> brute_force(const std::vector<Place>& places,
                                                                  const ProximityOptions& options) {
    std::map<std::pair<std::string, std::string>, double> weights;
    for (const Place& origin : places) {
        if (origin.coupling == Coupling::isolated) continue;
        struct Other {
            const Place* place;
            double distance_m;
        };
        std::vector<Other> others;
        for (const Place& place : places) {
            if (place.id == origin.id || place.coupling == Coupling::isolated) continue;
            others.push_back({&place, std::round(io::geodesic_distance_m(origin.position, place.position))});
        }
        std::sort(others.begin(), others.end(), [](const Other& a, const Other& b) {
            return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.place->id < b.place->id;
        });
        std::vector<Other> far;
        std::copy_if(others.begin(), others.end(), std::back_inserter(far),
                     [&](const Other& o) { return o.distance_m >= options.long_range_beyond_m; });
        std::stable_sort(far.begin(), far.end(), [](const Other& a, const Other& b) {
            const double pull_a = a.place->population / (a.distance_m * a.distance_m);
            const double pull_b = b.place->population / (b.distance_m * b.distance_m);
            return pull_a != pull_b ? pull_a > pull_b : a.place->id < b.place->id;
        });
        std::vector<Other> chosen(
            others.begin(), others.begin() + std::min<std::ptrdiff_t>(options.nearest, std::ssize(others)));
        far.resize(std::min<std::size_t>(far.size(), options.long_range));
        chosen.insert(chosen.end(), far.begin(), far.end());
        for (const Other& destination : chosen) {
            double between = 0.0;
            for (const Other& other : others) {
                if (other.place != destination.place && other.distance_m <= destination.distance_m) {
                    between += other.place->population;
                }
            }
            const double weight =
                options.kernel == ProximityKernel::radiation
                    ? radiation_share(origin.population, destination.place->population, between)
                    : gravity_pull(destination.place->population, destination.distance_m, options.decay_m);
            if (weight > 0.0) weights[{destination.place->id, origin.id}] = weight;
        }
    }
    return weights;
}

std::map<std::pair<std::string, std::string>, double> by_id(const EdgeList& edges,
                                                            const std::vector<Place>& places) {
    std::map<std::pair<std::string, std::string>, double> weights;
    for (const Edge& edge : edges) weights[{places[edge.from].id, places[edge.to].id}] = edge.weight;
    return weights;
}

}  // namespace

// Simini et al. 2012: p_ij = m_i m_j / [(m_i + s)(m_i + m_j + s)] on a line.
//   A --1-- B ----2---- C      populations 100, 50, 50
TEST_CASE("radiation on a line gives the published shares", "[geo]") {
    const std::vector<Place> line{make_place("A", {0, 0}, 100), make_place("B", {1, 0}, 50),
                                  make_place("C", {3, 0}, 50)};
    const EdgeList edges = build_proximity(line, nearest_only(12), io::geodesic_distance_m);
    REQUIRE(edges.size() == 6);
    CHECK(weight_of(edges, 1, 0) == Approx(1.0 / 3).epsilon(1e-12));
    CHECK(weight_of(edges, 2, 0) == Approx(1.0 / 6).epsilon(1e-12));
    CHECK(weight_of(edges, 0, 1) == Approx(2.0 / 3).epsilon(1e-12));
    CHECK(weight_of(edges, 2, 1) == Approx(1.0 / 12).epsilon(1e-12));
    CHECK(weight_of(edges, 0, 2) == Approx(1.0 / 4).epsilon(1e-12));
    CHECK(weight_of(edges, 1, 2) == Approx(1.0 / 2).epsilon(1e-12));
    // Σ_j p_ij = 1 − m_i / M
    CHECK(weight_of(edges, 1, 0) + weight_of(edges, 2, 0) == Approx(0.5).epsilon(1e-12));
    CHECK(weight_of(edges, 0, 1) + weight_of(edges, 2, 1) == Approx(0.75).epsilon(1e-12));
}

//   B --1-- A --1-- C: both are within r of A, each counts between A and the other
TEST_CASE("ties at equal distance count as between", "[geo]") {
    const std::vector<Place> line{make_place("A", {0, 0}, 100), make_place("B", {-1, 0}, 50),
                                  make_place("C", {1, 0}, 50)};
    const EdgeList edges = build_proximity(line, nearest_only(2), io::geodesic_distance_m);
    CHECK(weight_of(edges, 1, 0) == Approx(100.0 * 50 / (150.0 * 200)).epsilon(1e-12));
    CHECK(weight_of(edges, 2, 0) == weight_of(edges, 1, 0));
    // With k = 1 the tie goes to the smaller id, and C still counts between A and B.
    const EdgeList first = build_proximity(line, nearest_only(1), io::geodesic_distance_m);
    CHECK(weight_of(first, 1, 0) == weight_of(edges, 1, 0));
    CHECK(weight_of(first, 2, 0) == 0.0);
}

TEST_CASE("isolated places have no edges and do not count", "[geo]") {
    std::vector<Place> line{make_place("A", {0, 0}, 100), make_place("B", {1, 0}, 50, Coupling::isolated),
                            make_place("C", {3, 0}, 50)};
    const EdgeList edges = build_proximity(line, {}, io::geodesic_distance_m);
    REQUIRE(edges.size() == 2);
    CHECK(weight_of(edges, 2, 0) == Approx(100.0 * 50 / (100.0 * 150)).epsilon(1e-12));
    line.erase(line.begin() + 1);
    CHECK(weight_of(build_proximity(line, {}, io::geodesic_distance_m), 1, 0) == weight_of(edges, 2, 0));
}

TEST_CASE("the dateline is no border", "[geo]") {
    const std::vector<Place> fiji{make_place("Taveuni", {-179.95, -16.9}, 9000),
                                  make_place("Savusavu", {179.33, -16.78}, 7000),
                                  make_place("Suva", {178.44, -18.14}, 90000)};
    const EdgeList edges = build_proximity(fiji, nearest_only(1), io::geodesic_distance_m);
    CHECK(weight_of(edges, 1, 0) > 0.0);
    CHECK(weight_of(edges, 0, 1) > 0.0);
}

TEST_CASE("gravity weighs people by distance", "[geo]") {
    ProximityOptions options = nearest_only(2);
    options.kernel = ProximityKernel::gravity;
    const std::vector<Place> pair{make_place("A", {0, 0}, 100), make_place("B", {0.9, 0}, 50)};
    const double d = std::round(io::geodesic_distance_m({0, 0}, {0.9, 0}));
    const EdgeList edges = build_proximity(pair, options, io::geodesic_distance_m);
    CHECK(weight_of(edges, 1, 0) == Approx(50.0 * std::exp(-d / 100000.0)).epsilon(1e-14));
    CHECK(weight_of(edges, 0, 1) == Approx(100.0 * std::exp(-d / 100000.0)).epsilon(1e-14));
}

TEST_CASE("the search finds what the definition says", "[geo]") {
    std::vector<Place> places = scatter(600, 7);
    places[5].coupling = Coupling::isolated;
    places[17].population = 0.0;
    places[19].position = places[18].position;
    ProximityOptions options;
    for (const ProximityKernel kernel : {ProximityKernel::radiation, ProximityKernel::gravity}) {
        options.kernel = kernel;
        const auto expected = brute_force(places, options);
        const auto found = by_id(build_proximity(places, options, io::geodesic_distance_m), places);
        REQUIRE(found.size() == expected.size());
        for (const auto& [ends, weight] : expected) {
            const auto match = found.find(ends);
            REQUIRE(match != found.end());
            CHECK(match->second == Approx(weight).epsilon(1e-13));
        }
    }
}

TEST_CASE("the order of the rows changes nothing", "[geo]") {
    std::vector<Place> places = scatter(400, 11);
    const auto before = by_id(build_proximity(places, {}, io::geodesic_distance_m), places);
    std::mt19937_64 random(3);
    std::shuffle(places.begin(), places.end(), random);
    const auto after = by_id(build_proximity(places, {}, io::geodesic_distance_m), places);
    CHECK(before == after);  // to the bit
}

TEST_CASE("bad places are refused", "[geo]") {
    const auto build = [](std::vector<Place> places) {
        return build_proximity(places, {}, io::geodesic_distance_m);
    };
    CHECK(build({}).empty());
    CHECK(build({make_place("A", {0, 0}, 1)}).empty());
    CHECK_THROWS_WITH(build({make_place("A", {0, 0}, 1), make_place("A", {1, 0}, 1)}),
                      Catch::Contains("twice"));
    CHECK_THROWS_WITH(build({make_place("A", {0, 91}, 1)}), Catch::Contains("off the earth"));
    CHECK_THROWS_WITH(build({make_place("A", {NAN, 0}, 1)}), Catch::Contains("off the earth"));
    CHECK_THROWS_WITH(build({make_place("A", {0, 0}, -1)}), Catch::Contains("population"));
    CHECK_THROWS_WITH(build({make_place("A", {0, 0}, NAN)}), Catch::Contains("population"));
}
