#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "sim/ensemble.h"
#include "sim/member_draws.h"
#include "tests/scenarios/world/two_provinces.h"
#include "tests/support/told_progress.h"

namespace domino::scenarios {
namespace {

using test::row_of;
using test::sum_over;
using test::TwoProvinces;
using test::value;

/// Warnings of a world that is built.
std::string warnings_of(TwoProvinces& with) {
    with.scenario.places.covariates = {with.covariate};
    const auto result = build_world(with.scenario, with.pack);
    REQUIRE(result.built);
    std::string text;
    for (const auto& problem : result.problems) {
        if (problem.what.find("places.covariates") != std::string::npos) text += format(problem) + "\n";
    }
    return text;
}

TEST_CASE("a count over areas is conserved, a density is averaged by area") {
    TwoProvinces with;
    with.covariate.quantity = CovariateQuantity::count;
    with.covariate.unit = "car";
    const auto counts = with.build();
    CHECK(sum_over(counts, "VN-01") == Approx(1 + 2 + 3 + 4).epsilon(1e-12));
    CHECK(sum_over(counts, "VN-02") == Approx(5 + 6 + 7 + 8).epsilon(1e-12));
    // By people: Ha Thanh has 600,000 of the 1,500,000 of its province.
    CHECK(*value(counts, "GN11") == Approx(10.0 * 0.4));
    CHECK_FALSE(value(counts, "GN1"));
    CHECK(counts.places.covariate_units.back() == "car");

    with.covariate.quantity = CovariateQuantity::density;
    const auto densities = with.build();
    // Cells further north are smaller: a little more than the mean of the rows.
    CHECK(*value(densities, "GN11") == Approx(2.5).epsilon(0.01));
    CHECK(*value(densities, "GN11") > 2.5);
    CHECK(value(densities, "GN11") == value(densities, "VN-01.rest"));
    with.covariate.statistic = ZonalStatistic::sum;
    const auto integral = with.build();
    CHECK(sum_over(integral, "VN-01") / *value(densities, "GN11") == Approx(46061.6).epsilon(1e-3));
    CHECK(integral.places.covariate_units.back() == "car km2");
}

TEST_CASE("parts of a region by nearness add up to it, several files to their sum") {
    TwoProvinces with;
    with.covariate.quantity = CovariateQuantity::count;
    with.covariate.over = CovariateZone::voronoi;
    with.covariate.more_paths = {with.covariate.path.string()};
    const auto built = with.build();
    CHECK(sum_over(built, "VN-01") == Approx(2.0 * (1 + 2 + 3 + 4)).epsilon(1e-9));
    CHECK(sum_over(built, "VN-02") == Approx(2.0 * (5 + 6 + 7 + 8)).epsilon(1e-9));
    CHECK(value(built, "GN11") != value(built, "GN12"));
}

TEST_CASE("shares of a class and means weighted by another raster") {
    TwoProvinces with;
    with.covariate.statistic = ZonalStatistic::class_share;
    with.covariate.class_low = 2.0;
    with.covariate.class_high = 5.0;
    CHECK(*value(with.build(), "GN11") == Approx(0.75).epsilon(0.01));
    CHECK(*value(with.build(), "GN13") == Approx(0.25).epsilon(0.01));
    with.covariate.class_low = with.covariate.class_high = std::nullopt;
    with.covariate.statistic = ZonalStatistic::weighted_mean;
    with.covariate.quantity = CovariateQuantity::density;
    with.covariate.weights = with.covariate.path;
    CHECK(*value(with.build(), "GN11") == Approx((1.0 + 4.0 + 9.0 + 16.0) / 10.0));
}

TEST_CASE("weights keep the CRS their file says, and take that of the values where it says none") {
    TwoProvinces with;
    with.covariate.statistic = ZonalStatistic::weighted_mean;
    with.covariate.quantity = CovariateQuantity::density;
    with.covariate.weights = with.covariate.path;
    CHECK(*value(with.build(), "GN11") == Approx(3.0));

    // Columns on either side of 106° E, in metres of UTM zone 48: three quarters of the people live in the
    // east, where the values are 2 and 4.
    with.covariate.weights = with.folder.write(
        "people.asc",
        "ncols 2\nnrows 3\nxllcorner 500000\nyllcorner 2200000\ncellsize 104000\n1 3\n1 3\n1 3\n");
    with.folder.write("people.prj",
                      R"(PROJCS["WGS_1984_UTM_Zone_48N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",)"
                      R"(SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],)"
                      R"(UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],)"
                      R"(PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],)"
                      R"(PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",0.9996],)"
                      R"(PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])");
    with.covariate.crs_override = "EPSG:4326";
    const double east_heavy = *value(with.build(), "GN11");
    CHECK(east_heavy == Approx(2.75).margin(0.03));
    with.covariate.weights_crs = "EPSG:32648";
    CHECK(*value(with.build(), "GN11") == east_heavy);
    with.covariate.weights_crs = "EPSG:3857";
    CHECK_THAT(with.problem_of_build(),
               Catch::Contains("people.asc") && Catch::Contains("only one can be true") &&
                   Catch::Contains("take the crs out of the scenario, or correct the file"));
}

TEST_CASE("polygons with counts or densities, and points that are counted, are covariates too") {
    TwoProvinces with;
    // The western half of each province, and as much again outside; a self-crossing ring is repaired.
    with.covariate.path = with.folder.write("halves.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"cars":100},"geometry":{"type":"Polygon",
         "coordinates":[[[104,20],[106,20],[106,22],[104,22],[104,20]]]}},
        {"type":"Feature","properties":{"cars":40},"geometry":{"type":"Polygon",
         "coordinates":[[[105,9],[107,11],[107,9],[105,11],[105,9]]]}}]})");
    with.covariate.crs_override.clear();
    with.covariate.field = "cars";
    with.covariate.quantity = CovariateQuantity::count;
    const auto counts = with.build();
    CHECK(sum_over(counts, "VN-01") == Approx(50.0).epsilon(1e-9));
    CHECK(sum_over(counts, "VN-02") == Approx(40.0).epsilon(1e-9));
    with.covariate.quantity = CovariateQuantity::density;
    CHECK(*value(with.build(), "GN11") == Approx(100.0).epsilon(1e-12));
    with.covariate.over = CovariateZone::point;
    with.covariate.quantity = std::nullopt;
    CHECK_FALSE(value(with.build(), "GN12"));  // 106.2 E is east of the polygon

    with.covariate.path = with.folder.write("plants.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"cars":3},"geometry":{"type":"Point","coordinates":[106,21]}},
        {"type":"Feature","properties":{"cars":4},"geometry":{"type":"Point","coordinates":[105.5,20.5]}}]})");
    CHECK_THAT(with.problem_of_build(), Catch::Contains("holds points or lines"));
    with.covariate.over = CovariateZone::area;
    with.covariate.quantity = CovariateQuantity::count;
    const auto plants = with.build();
    CHECK(sum_over(plants, "VN-01") == Approx(7.0));
    CHECK(value(plants, "GN13") == 0.0);
}

TEST_CASE(
    "means of polygons are weighted by a raster or a column, several files add up before they are divided") {
    TwoProvinces with;
    const std::filesystem::path people = with.covariate.path;
    // The first province's western column of cells has 2 and its eastern 6; of the second only the west is
    // known.
    const auto district = [](int value, const std::string& weight, double west, double south, double north) {
        return R"({"type":"Feature","properties":{"v":)" + std::to_string(value) + R"(,"w":)" + weight +
               R"(},"geometry":{"type":"Polygon","coordinates":[[)" +
               fmt::format("[{0},{1}],[{2},{1}],[{2},{3}],[{0},{3}],[{0},{1}]", west, south, west + 1,
                           north) +
               "]]}}";
    };
    const auto layer = [&](const std::string& name, const std::vector<std::string>& districts) {
        return with.folder.write(name, R"({"type":"FeatureCollection","features":[)" +
                                           fmt::format("{}", fmt::join(districts, ",")) + "]}");
    };
    const std::string west = district(2, "30", 105, 20, 22), east = district(6, "10", 106, 20, 22),
                      south = district(9, "0", 105, 9, 11);
    with.covariate.path = layer("all.geojson", {west, east, south});
    with.covariate.crs_override.clear();
    with.covariate.field = "v";
    with.covariate.quantity = CovariateQuantity::density;
    with.covariate.statistic = ZonalStatistic::weighted_mean;
    with.covariate.weights = people;
    with.covariate.weights_crs = "EPSG:4326";
    // 4 people of the raster live in the west (1 + 3), 6 in the east.
    CHECK(*value(with.build(), "GN11") == Approx((2.0 * 4 + 6.0 * 6) / 10).epsilon(1e-9));
    CHECK(*value(with.build(), "GN13") == Approx(9.0).epsilon(1e-9));
    CHECK_THAT(warnings_of(with), Catch::Contains("(50 %)"));
    const std::filesystem::path whole = with.covariate.path;
    with.covariate.path = layer("west.geojson", {west, south});
    with.covariate.more_paths = {layer("east.geojson", {east}).string()};
    CHECK(*value(with.build(), "GN11") == Approx(4.4).epsilon(1e-9));

    with.covariate.weights.clear();
    with.covariate.weights_crs.clear();
    with.covariate.weights_field = "w";
    CHECK(*value(with.build(), "GN11") == Approx((2.0 * 30 + 6.0 * 10) / 40).epsilon(1e-12));
    // The second province's only district weighs nothing.
    CHECK_FALSE(value(with.build(), "GN13"));
    CHECK_THAT(warnings_of(with), Catch::Contains("have no value, or nothing that weighs"));
    with.covariate.path = layer("below.geojson", {district(2, "-30", 105, 20, 22), south});
    CHECK_THAT(with.problem_of_build(), Catch::Contains("the weights are negative in feature"));

    // Points count whole where a column weights them, and have nothing a raster could.
    const auto point = [](int value, int weight, double lon) {
        return fmt::format(R"({{"type":"Feature","properties":{{"v":{},"w":{}}},)"
                           R"("geometry":{{"type":"Point","coordinates":[{},21]}}}})",
                           value, weight, lon);
    };
    with.covariate.path =
        layer("stations.geojson", {point(1, 3, 105.5), point(5, 1, 106.5), point(7, 9, 150)});
    with.covariate.more_paths.clear();
    CHECK(*value(with.build(), "GN11") == Approx(2.0).epsilon(1e-12));
    with.covariate.weights_field.clear();
    with.covariate.weights = people;
    with.covariate.weights_crs = "EPSG:4326";
    CHECK_THAT(with.problem_of_build(), Catch::Contains("weight the points by a column"));
}

TEST_CASE("tiles of a raster weigh as the whole does") {
    TwoProvinces with;
    const std::filesystem::path whole = with.covariate.path;
    with.covariate.quantity = CovariateQuantity::density;
    with.covariate.statistic = ZonalStatistic::weighted_mean;
    with.covariate.weights = whole;
    const double expected = *value(with.build(), "GN11");
    const std::string head = "nrows 2\nyllcorner 20\ncellsize 1\nNODATA_value -9999\nncols 1\n";
    with.covariate.path = with.folder.write("west.asc", head + "xllcorner 105\n1\n3\n");
    with.covariate.more_paths = {with.folder.write("east.asc", head + "xllcorner 106\n2\n4\n").string()};
    CHECK(*value(with.build(), "GN11") == Approx(expected).epsilon(1e-9));
    CHECK(expected == Approx(3.0));
}

TEST_CASE("a place of the user's own area has what lies in it, the region's others share the rest") {
    TwoProvinces with;
    PlaceLayer layer;
    layer.path = with.folder.write("town.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"town","people":30000,"country":"VNM"},
         "geometry":{"type":"Polygon","coordinates":[[[106,21],[107,21],[107,22],[106,22],[106,21]]]}}]})");
    layer.id_field = "id";
    layer.population_field = "people";
    layer.country_field = "country";
    with.scenario.places.layers = {layer};
    with.covariate.quantity = CovariateQuantity::count;
    const auto built = with.build();
    CHECK(*value(built, "town") == Approx(2.0).epsilon(1e-12));
    CHECK(sum_over(built, "VN-01") == Approx(10.0).epsilon(1e-12));
    CHECK(built.own_areas.contains("town"));

    // Two towns on the same ground, each the whole province: there is nothing left to share.
    with.scenario.places.layers[0].path =
        with.folder.write("towns.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"town","people":30000,"country":"VNM"},
         "geometry":{"type":"Polygon","coordinates":[[[105,20],[107,20],[107,22],[105,22],[105,20]]]}},
        {"type":"Feature","properties":{"id":"twin","people":30000,"country":"VNM"},
         "geometry":{"type":"Polygon","coordinates":[[[105,20],[107,20],[107,22],[105,22],[105,20]]]}}]})");
    const auto twins = with.build();
    CHECK(*value(twins, "town") == Approx(10.0).epsilon(1e-12));
    CHECK(*value(twins, "twin") == Approx(10.0).epsilon(1e-12));
    CHECK(value(twins, "GN11") == 0.0);
    CHECK_THAT(warnings_of(with), Catch::Contains("hold more of it than their region"));
}

TEST_CASE("whoever builds a world is told how far each of its files is read") {
    TwoProvinces with;
    PlaceLayer layer;
    layer.path = with.folder.write("towns.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"t1","people":30000},
         "geometry":{"type":"Point","coordinates":[106.5,21.5]}},
        {"type":"Feature","properties":{"id":"t2","people":30000},
         "geometry":{"type":"Point","coordinates":[106.6,21.6]}}]})");
    layer.id_field = "id";
    layer.population_field = "people";
    with.scenario.places.layers = {layer};
    UserLayer ties;
    ties.name = "rail";
    ties.path = with.folder.write("rail.csv", "from,to,weight\nt1,t2,1\nt2,GN11,1\n");
    with.scenario.user_layers = {ties};
    with.covariate.quantity = CovariateQuantity::count;
    Covariate districts = with.covariate;
    districts.name = "districts";
    districts.path = with.folder.write("halves.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"cars":100},"geometry":{"type":"Polygon",
         "coordinates":[[[104,20],[106,20],[106,22],[104,22],[104,20]]]}}]})");
    districts.field = "cars";
    districts.crs_override.clear();
    with.scenario.places.covariates = {with.covariate, districts};
    domino::test::ToldProgress told;
    const auto result = build_world(with.scenario, with.pack, std::ref(told));
    for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
    REQUIRE(result.built);
    told.check_whole("towns.geojson", 2);
    told.check_whole("rail.csv", 2);
    for (const char* file : {"grid.asc", "halves.geojson", "boundaries.gpkg"}) told.check_whole(file);
}

TEST_CASE("a raster in metres counts the same under places in degrees") {
    TwoProvinces with;
    // UTM 48 N, one person a cell of 20 km, far over both provinces.
    std::string rows = "ncols 60\nnrows 100\nxllcorner 300000\nyllcorner 900000\ncellsize 20000\n";
    for (int row = 0; row < 100; ++row) {
        for (int column = 0; column < 60; ++column) rows += "1 ";
        rows += "\n";
    }
    with.covariate.path = with.folder.write("utm.asc", rows);
    with.covariate.crs_override = "EPSG:32648";
    with.covariate.quantity = CovariateQuantity::count;
    const auto built = with.build();
    // 46,062 km² on the ellipsoid (EPSG:4326 boxes), by 400 km² of UTM, which enlarges areas by up to 0.1 %.
    CHECK(sum_over(built, "VN-01") == Approx(46061.6 / 400.0).epsilon(2e-3));
}

TEST_CASE("what a raster does not say, or says otherwise, is an error that tells how to state it") {
    TwoProvinces with;
    with.covariate.quantity = CovariateQuantity::count;
    with.covariate.crs_override.clear();
    CHECK_THAT(with.problem_of_build(), Catch::Contains("does not say its coordinate reference system") &&
                                            Catch::Contains("crs = \"EPSG:4326\""));
    with.covariate.path = with.folder.write("halves.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"cars":100},"geometry":{"type":"Polygon",
         "coordinates":[[[104,20],[106,20],[106,22],[104,22],[104,20]]]}}]})");
    with.covariate.field = "cars";
    with.covariate.crs_override = "EPSG:32648";
    CHECK_THAT(with.problem_of_build(), Catch::Contains("only one can be true"));
}

TEST_CASE("places that lie partly beyond a raster are named, with the share that is known") {
    TwoProvinces with;
    with.covariate.quantity = CovariateQuantity::count;
    // Places of the other country have no boundary in the pack.
    CHECK_THAT(warnings_of(with), Catch::Contains("have no value: Kita") && !Catch::Contains("in part"));
    // The raster ends in the middle of the first province's western column: three quarters are left.
    with.covariate.path =
        with.folder.write("cut.asc",
                          "ncols 2\nnrows 13\nxllcorner 105.5\nyllcorner 9\ncellsize 1\nNODATA_value -9999\n"
                          "1 2\n3 4\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n5 6\n7 8\n");
    const std::string cut = warnings_of(with);
    CHECK_THAT(cut,
               Catch::Contains("known in part") && Catch::Contains("(75 %)") && Catch::Contains("warning"));
    // All of the first column, half of the second.
    CHECK(sum_over(with.build(), "VN-01") == Approx(1.0 + 3.0 + 0.5 * (2.0 + 4.0)).epsilon(1e-9));
    with.covariate.quantity = CovariateQuantity::density;
    with.covariate.statistic = ZonalStatistic::weighted_mean;
    with.covariate.weights = with.covariate.path;
    CHECK_THAT(warnings_of(with), Catch::Contains("(75 %)"));
    with.covariate.weights.clear();
    with.covariate.statistic = ZonalStatistic::class_share;
    with.covariate.class_low = 1.0;
    CHECK_THAT(warnings_of(with), Catch::Contains("(75 %)"));
}

TEST_CASE("cells without a value are told of where they are many, points where there are none") {
    TwoProvinces with;
    with.covariate.quantity = CovariateQuantity::density;
    with.covariate.path =
        with.folder.write("hole.asc",
                          "ncols 2\nnrows 13\nxllcorner 105\nyllcorner 9\ncellsize 1\nNODATA_value -9999\n"
                          "-9999 -9999\n3 4\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n5 6\n7 8\n");
    // The northern row is the smaller half of the province.
    CHECK_THAT(warnings_of(with), Catch::Contains("(50 %)"));
    CHECK_THAT(warnings_of(with), !Catch::Contains("VN-02"));
    with.covariate.over = CovariateZone::point;
    with.covariate.quantity = std::nullopt;
    with.covariate.path = with.folder.write(
        "one.asc", "ncols 1\nnrows 1\nxllcorner 104\nyllcorner 20\ncellsize 2\nNODATA_value -9999\n3\n");
    CHECK_THAT(warnings_of(with), Catch::Contains("have no value"));
}

TEST_CASE("a layer's polygons share a place by class") {
    TwoProvinces with;
    with.covariate.path = with.folder.write("use.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"use":1},"geometry":{"type":"Polygon",
         "coordinates":[[[105,20],[105.5,20],[105.5,22],[105,22],[105,20]]]}},
        {"type":"Feature","properties":{"use":2},"geometry":{"type":"Polygon",
         "coordinates":[[[105.5,20],[107,20],[107,22],[105.5,22],[105.5,20]]]}},
        {"type":"Feature","properties":{"use":3},"geometry":{"type":"Polygon",
         "coordinates":[[[105,9],[107,9],[107,10],[105,10],[105,9]]]}}]})");
    with.covariate.crs_override.clear();
    with.covariate.field = "use";
    with.covariate.statistic = ZonalStatistic::class_share;
    with.covariate.class_low = 1.0;
    const auto built = with.build();
    CHECK(*value(built, "GN11") == Approx(0.25).epsilon(1e-12));
    CHECK(value(built, "GN13") == 0.0);
    CHECK_THAT(warnings_of(with), Catch::Contains("(50 %)"));  // half of the second province has no class
    with.covariate.class_low = 2.0;
    with.covariate.class_high = 3.0;
    CHECK(*value(with.build(), "GN11") == Approx(0.75).epsilon(1e-12));
    CHECK(value(with.build(), "GN13") == 1.0);
}

TEST_CASE("a layer that holds nothing where any place is does not pass in silence") {
    TwoProvinces with;
    with.covariate.quantity = CovariateQuantity::count;
    // Degrees that are said to be metres lie next to the projection's origin.
    with.covariate.crs_override = "EPSG:32648";
    CHECK_THAT(with.problem_of_build(),
               Catch::Contains("no place of this run has a value") && Catch::Contains("UTM zone 48N"));
    with.covariate.over = CovariateZone::point;
    with.covariate.quantity = std::nullopt;
    CHECK_THAT(with.problem_of_build(), Catch::Contains("no place of this run has a value"));
}

TEST_CASE("a covariate with a prior moves who commits, in every member by its own draw") {
    TwoProvinces with;
    with.scenario.run.end = sim::make_month(2026, 12);
    with.covariate.quantity = CovariateQuantity::density;
    with.covariate.centre = 4.5;
    const auto plain = with.build();
    with.covariate.beta = sim::normal(2.0, 0.1);
    const auto moved = with.build();
    REQUIRE(moved.world.covariates.size() == 1);
    const auto& acting = moved.world.covariates.front();
    CHECK(acting.centred[row_of(moved, "GN13")] == *value(moved, "GN13") - 4.5);
    CHECK(acting.centred[row_of(moved, "GN1")] == 0.0);  // nothing is known of Japan
    const auto one = sim::draw_member(moved.world, {1, 0}), two = sim::draw_member(moved.world, {1, 1});
    CHECK(one.coefficients.front() != two.coefficients.front());
    CHECK(one.coefficients.front() == Approx(2.0).margin(0.5));

    sim::EnsembleOptions options;
    options.members = 8;
    const auto committed = [&](const BuiltWorld& built, const std::string& id) {
        const auto results = sim::run_ensemble(built.world, nullptr, options);
        double members = 0.0;
        for (const auto& event : results.scenario.events)
            members += event.place == row_of(built, id) ? 1.0 : 0.0;
        return members;
    };
    CHECK(committed(moved, "GN13") > committed(plain, "GN13"));
}

TEST_CASE("a sum of counts shares out emissions by itself, not by people") {
    TwoProvinces with;
    with.covariate.quantity = CovariateQuantity::count;
    constexpr auto transport = sim::index(sim::Sector::transport_fuel);
    with.scenario.emissions.proxy[transport] = "known";
    const auto built = with.build();
    double north = 0.0, south = 0.0;
    for (std::size_t i = 0; i < built.places.places.size(); ++i) {
        const double t = built.world.places[i].emissions_t[transport];
        (built.places.places[i].admin1_id == "VN-01" ? north : south) +=
            built.places.places[i].iso3 == "VNM" ? t : 0.0;
    }
    CHECK(north / south == Approx(10.0 / 26.0).epsilon(1e-9));
}

}  // namespace
}  // namespace domino::scenarios
