#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "geo/chord_bounds.h"
#include "geo/ellipsoid.h"
#include "geo/io/geodesic.h"

using namespace domino::geo;

TEST_CASE("areas on WGS 84 match published ones", "[geo]") {
    // Total surface of the WGS 84 ellipsoid: 510,065,621.724 km² (authalic radius 6,371,007.1809 m, Moritz
    // 2000).
    CHECK(rectangle_area_km2(-180, -90, 180, 90) == Approx(510065621.724).epsilon(1e-11));
    // A cell is the integral of M N cos φ: radii of curvature in the meridian and the prime vertical.
    double strips = 0.0;
    constexpr int steps = 2000;
    for (int i = 0; i < steps; ++i) {
        const double lat = 40.0 + (i + 0.5) / steps;
        const double w = 1.0 - Wgs84::eccentricity_squared * std::pow(std::sin(lat / degrees_per_radian), 2);
        const double meridian_m =
            Wgs84::semi_major_m * (1.0 - Wgs84::eccentricity_squared) / std::pow(w, 1.5);
        const double normal_m = Wgs84::semi_major_m / std::sqrt(w);
        strips += meridian_m * normal_m * std::cos(lat / degrees_per_radian) / steps * 1e-6;
    }
    CHECK(rectangle_area_km2(10, 40, 11, 41) ==
          Approx(strips / degrees_per_radian / degrees_per_radian).epsilon(1e-9));
    CHECK(rectangle_area_km2(10, 40, 11, 41) == Approx(rectangle_area_km2(10, -41, 11, -40)));
    double bands = 0.0;
    for (int lat = -90; lat < 90; ++lat) bands += rectangle_area_km2(-180, lat, 180, lat + 1);
    CHECK(bands == Approx(510065621.724).epsilon(1e-11));
}

TEST_CASE("longitudes wrap into one turn", "[geo]") {
    CHECK(wrap_longitude(190.0) == -170.0);
    CHECK(wrap_longitude(-190.0) == 170.0);
    CHECK(wrap_longitude(180.0) == -180.0);
    CHECK(wrap_longitude(540.0) == -180.0);
    CHECK(wrap_longitude(12.5) == 12.5);
}

TEST_CASE("straight lines bound geodesics on random pairs", "[geo]") {
    std::mt19937_64 random(20260101);
    std::uniform_real_distribution<double> lon(-180, 180);
    std::uniform_real_distribution<double> sine(-1, 1);
    std::uniform_real_distribution<double> jitter(-2, 2);
    for (int i = 0; i < 60000; ++i) {
        const LonLat a{lon(random), std::asin(sine(random)) * degrees_per_radian};
        LonLat b{lon(random), std::asin(sine(random)) * degrees_per_radian};
        if (i % 3 == 0) b = {wrap_longitude(a.lon_deg + 180.0 + jitter(random)), -a.lat_deg};
        if (i % 3 == 1) {
            b = {wrap_longitude(a.lon_deg + jitter(random)),
                 std::fmax(-90.0, std::fmin(90.0, a.lat_deg + jitter(random)))};
        }
        const double geodesic_m = io::geodesic_distance_m(a, b);
        const double chord_m = std::sqrt(chord_squared_m2(to_ecef(a), to_ecef(b)));
        REQUIRE(shortest_chord_m(geodesic_m) <= chord_m + 1e-6);
        REQUIRE(longest_chord_m(geodesic_m) >= chord_m - 1e-6);
        REQUIRE(shortest_geodesic_m(chord_m) <= geodesic_m + 1e-6);
    }
}

TEST_CASE("geodesics have the lengths the ellipsoid gives them", "[geo][io]") {
    // Along the equator an arc is a Δλ; the WGS 84 meridian quadrant is 10,001,965.7293 m (Snyder 1987, eq.
    // 3-21).
    CHECK(io::geodesic_distance_m({179.5, 0}, {-179.5, 0}) ==
          Approx(Wgs84::semi_major_m / degrees_per_radian).margin(1e-6));
    CHECK(io::geodesic_distance_m({12, 0}, {12, 90}) == Approx(10001965.7293).margin(1e-4));
    CHECK(io::geodesic_distance_m({12, 60}, {-168, 60}) ==
          Approx(2.0 * io::geodesic_distance_m({12, 60}, {0, 90})).margin(1e-6));
    CHECK(io::geodesic_distance_m({5, 5}, {5, 5}) == 0.0);
}
