#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "geo/antimeridian.h"
#include "geo/ellipsoid.h"
#include "geo/grid.h"

using namespace domino::geo;

TEST_CASE("the narrowest extent crosses the antimeridian where that is shorter", "[geo]") {
    const std::vector<LonLat> fiji{{177.4, -17.8}, {178.4, -18.1}, {-179.9, -16.7}};
    const LonLatExtent extent = extent_of(fiji);
    CHECK(extent == LonLatExtent{177.4, -18.1, -179.9, -16.7});
    CHECK(extent.crosses_antimeridian());
    CHECK(extent.width_deg() == Approx(2.7));
    CHECK(extent.contains({180.0, -17.0}));
    CHECK(extent.contains({-179.95, -17.0}));
    CHECK_FALSE(extent.contains({0.0, -17.0}));

    const std::vector<LonLat> japan{{139.7, 35.7}, {130.4, 33.6}};
    CHECK(extent_of(japan) == LonLatExtent{130.4, 33.6, 139.7, 35.7});
    CHECK_THROWS(extent_of(std::vector<LonLat>{}));
    CHECK(grow(extent, 1.0) == LonLatExtent{176.4, -19.1, wrap_longitude(-178.9), -15.7});
    CHECK(grow({-179, -89, 179, 89}, 2.0) == LonLatExtent{-180, -90, 180, 90});
}

TEST_CASE("the finest resolution below four million cells is chosen", "[geo]") {
    CHECK(choose_resolution({-180, -90, 180, 90}) == GridResolution::arcmin_10);  // 9.3 M at 5′, 2.3 M at 10′
    CHECK(choose_resolution({122, 24, 146, 46}) == GridResolution::arcmin_2_5);  // Japan, 0.3 M
    CHECK(choose_resolution({-180, -60, 180, 60}, 7'000'000) == GridResolution::arcmin_5);
    CHECK(choose_resolution({-180, -90, 180, 90}, 1000) == GridResolution::arcmin_30);
    const GeoGrid world = make_grid({-180, -90, 180, 90}, GridResolution::arcmin_10);
    CHECK(world.columns == 2160);
    CHECK(world.rows == 1080);
    CHECK(world.wraps());
}

TEST_CASE("grids of all resolutions nest", "[geo]") {
    const LonLatExtent extent{130.41, 33.59, 139.71, 35.69};
    const GeoGrid fine = make_grid(extent, GridResolution::arcmin_2_5);
    const GeoGrid coarse = make_grid(extent, GridResolution::arcmin_30);
    CHECK(coarse.west == 130.0);
    CHECK(coarse.north == 36.0);
    CHECK(coarse.columns == 20);
    CHECK(coarse.rows == 5);
    CHECK(fine.west <= extent.west_deg);
    CHECK(fine.east() >= extent.east_deg);
    CHECK(fine.west + fine.cell_width > extent.west_deg);
    CHECK(make_grid({10, -90, 10, -90}, GridResolution::arcmin_30).cells() == 1);
}

TEST_CASE("cells are found on both sides of the antimeridian", "[geo]") {
    // +----+----+   west 179.5, two columns of half a degree: the second runs from 180 to -179.5
    const GeoGrid fiji = make_grid({179.6, -17.4, -179.6, -17.1}, GridResolution::arcmin_30);
    REQUIRE(fiji.columns == 2);
    REQUIRE(fiji.rows == 1);
    CHECK(fiji.find_cell({179.9, -17.2}) == CellPosition{0, 0});
    CHECK(fiji.find_cell({-179.9, -17.2}) == CellPosition{1, 0});
    CHECK(fiji.find_cell({180.1, -17.2}) == CellPosition{1, 0});
    CHECK(fiji.find_cell({180.0, -17.2}) == CellPosition{1, 0});
    CHECK_FALSE(fiji.find_cell({-179.0, -17.2}));
    CHECK_FALSE(fiji.find_cell({179.9, -18.2}));

    const GeoGrid world = make_grid({}, GridResolution::arcmin_30);
    CHECK(world.find_cell({180.0, 90.0}) == CellPosition{0, 0});
    CHECK(world.find_cell({-180.0, -90.0}) == CellPosition{0, 359});
    CHECK(world.find_cell({359.9, 0.1}) == world.find_cell({-0.1, 0.1}));
    CHECK_FALSE(world.find_cell({std::numeric_limits<double>::quiet_NaN(), 0.0}));
    const GeoGrid quarter{GridSpace::lonlat_degrees, 0, 90, 1, 1, 90, 90};
    CHECK(quarter.find_cell({90.0, 0.0}) == CellPosition{89, 89});
    CHECK_FALSE(quarter.find_cell({90.001, 0.5}));
}

TEST_CASE("cell areas add up to the ellipsoid", "[geo]") {
    const GeoGrid world = make_grid({}, GridResolution::arcmin_10);
    double total = 0.0;
    for (std::int64_t row = 0; row < world.rows; ++row) total += world.cell_area_km2(row) * 2160.0;
    CHECK(total == Approx(510065621.724).epsilon(1e-10));
    const GeoGrid metres{GridSpace::projected_metres, 0, 0, 2000, 500, 10, 10};
    CHECK(metres.cell_area_km2(3) == Approx(1.0));
}

TEST_CASE("lines are cut at the antimeridian", "[geo]") {
    const std::vector<Line> parts = split_at_antimeridian({{179, 10}, {-179, 20}, {-178, 20}});
    REQUIRE(parts.size() == 2);
    CHECK(parts[0] == Line{{179, 10}, {180, 15}});
    CHECK(parts[1] == Line{{-180, 15}, {-179, 20}, {-178, 20}});
    CHECK(split_at_antimeridian({{-179, 0}, {179, 4}}) ==
          std::vector<Line>{{{-179, 0}, {-180, 2}}, {{180, 2}, {179, 4}}});
    CHECK(split_at_antimeridian({{0, 0}, {100, 0}}).size() == 1);
    CHECK(split_at_antimeridian({}).empty());
}
