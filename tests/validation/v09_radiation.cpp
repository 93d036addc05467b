#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "geo/ellipsoid.h"
#include "geo/proximity.h"
#include "geo/radiation.h"
#include "tests/validation/validation_table.h"

using domino::validation::record;

namespace {

constexpr const char* simini = "Simini et al. 2012";
constexpr std::array<double, 3> population = {100.0, 50.0, 50.0};
constexpr std::array<double, 3> position = {0.0, 1.0, 3.0};

/// Each p_ij and each row's sum, from a matrix with row i the trips from i.
void record_shares(const std::vector<double>& shares, const std::string& by) {
    constexpr double expected[3][3] = {
        {0.0, 1.0 / 3.0, 1.0 / 6.0}, {2.0 / 3.0, 0.0, 1.0 / 12.0}, {1.0 / 4.0, 1.0 / 2.0, 0.0}};
    for (std::size_t i = 0; i < 3; ++i) {
        double sum = 0.0;
        for (std::size_t j = 0; j < 3; ++j) {
            sum += shares[3 * i + j];
            if (i == j) continue;
            record(
                {.case_id = "V9",
                 .what = by + ": trips from city " + std::to_string(i + 1) + " to " + std::to_string(j + 1),
                 .expected = expected[i][j],
                 .obtained = shares[3 * i + j],
                 .tolerance = 1e-12,
                 .source = simini});
        }
        record({.case_id = "V9",
                .what = by + ": all trips from city " + std::to_string(i + 1) + ", 1 − m/M",
                .expected = 1.0 - population[i] / 200.0,
                .obtained = sum,
                .tolerance = 1e-12,
                .source = simini});
    }
}

}  // namespace

TEST_CASE("V9 radiation shares from distances", "[validation]") {
    record_shares(
        domino::geo::radiation_shares(
            population, [](std::size_t i, std::size_t j) { return std::abs(position[i] - position[j]); }),
        "matrix");
}

TEST_CASE("V9 radiation shares of the proximity layer, three places on the equator", "[validation]") {
    std::vector<domino::geo::Place> places(3);
    for (std::size_t i = 0; i < 3; ++i) {
        places[i].id = "city" + std::to_string(i);
        places[i].position = {position[i], 0.0};
        places[i].population = population[i];
    }
    // Along the equator the geodesic is the arc of a circle.
    const auto distance = [](domino::geo::LonLat a, domino::geo::LonLat b) {
        return domino::geo::Wgs84::semi_major_m * std::abs(a.lon_deg - b.lon_deg) * 3.14159265358979323846 /
               180.0;
    };
    std::vector<double> shares(9, 0.0);
    for (const domino::geo::Edge& edge : domino::geo::build_proximity(places, {}, distance)) {
        shares[3 * edge.to + edge.from] = edge.weight;
    }
    record_shares(shares, "layer");
}
