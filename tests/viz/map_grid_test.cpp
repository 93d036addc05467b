#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <map>

#include "geo/problem.h"
#include "tests/support/small_results.h"
#include "tests/support/told_progress.h"
#include "tests/viz/small_context.h"
#include "tests/viz/small_pack.h"
#include "viz/map_frame.h"
#include "viz/maps.h"

using namespace domino;
using namespace domino::test;

namespace {

struct GriddedRun {
    GriddedRun() { write_small_pack(pack.path()); }

    viz::MapFrame frame() const { return viz::frame_maps(run.scenario, run.built, pack.path()); }

    SmallRun run = make_small_run();
    TemporaryFolder pack;
    TemporaryFolder out;
};

/// A scenario's grid by what it writes.
struct WantedGrid {
    const char* name;
    scenarios::OutputGrid grid;
};

const std::vector<WantedGrid>& wanted_grids() {
    static const std::vector<WantedGrid> grids = {
        {"degrees, default", {}},
        {"7.5 arcmin, no divisor of the population grid", {"", 7.5, 0.0, {}, {}, {}, {}}},
        {"2 arcmin, finer than the population grid", {"", 2.0, 0.0, {}, {}, {}, {}}},
        {"equal area", {"EPSG:6933", 0.0, 10'000.0, {}, {}, {}, {}}},
        // Mollweide about 160 E shows both sides of 180 side by side.
        {"equal area about 160 E",
         {"+proj=moll +lon_0=160 +datum=WGS84 +units=m +no_defs", 0.0, 7'000.0, {}, {}, {}, {}}},
        {"UTM 56 N, metres that are not all as long", {"EPSG:32656", 0.0, 20'000.0, {}, {}, {}, {}}},
        {"another datum in degrees", {"EPSG:6668", 5.0, 0.0, {}, {}, {}, {}}},
        {"a stated extent", {"", 5.0, 0.0, 130.0, -30.0, -170.0, 50.0}}};
    return grids;
}

/// A city's cells lie within its disc of at most 40 km and two cells of its point.
void check_positions(const SmallRun& run, const viz::MapFrame& frame) {
    for (const std::string id : {"a1", "b1", "b3"}) {
        const std::size_t place = place_index(run, id);
        const geo::LonLat at = run.built.places.places[place].position;
        std::vector<geo::LonLat> centres;
        for (const geo::CellShare& share : frame.cells.of_place(place))
            centres.push_back(frame.grid().centre(frame.grid().position(share.cell)));
        frame.projection.to_wgs84(centres);
        for (const geo::LonLat centre : centres) {
            const double dx = std::remainder(centre.lon_deg - at.lon_deg, 360.0) *
                              std::cos(at.lat_deg * 0.0174532925) * 111.3;
            const double dy = (centre.lat_deg - at.lat_deg) * 110.9;
            CHECK(std::hypot(dx, dy) < 75.0);
        }
    }
}

double add_up(const std::vector<double>& band) {
    double sum = 0.0;
    for (const double value : band) sum += std::isnan(value) ? 0.0 : value;
    return sum;
}

}  // namespace

TEST_CASE("in every grid a place is whole and where it was, and the map adds up to the places") {
    GriddedRun g;
    for (const WantedGrid& wanted : wanted_grids()) {
        INFO(wanted.name);
        g.run.scenario.output.grid = wanted.grid;
        const viz::MapFrame frame = g.frame();
        const viz::PlaceSummary summary = viz::summarize_places(g.run.built, g.run.results.scenario);
        for (std::size_t place = 0; place < summary.places; ++place) {
            double sum = 0.0;
            for (const geo::CellShare& share : frame.cells.of_place(place)) sum += share.share;
            CHECK(sum == Approx(1.0).epsilon(1e-12));
        }
        const std::vector<double> totals = summary.of_year(summary.mean_t, 1);
        double table = 0.0;
        for (const double total : totals) table += total;
        CHECK(std::fabs(add_up(geo::totals_of_cells(frame.holders, totals)) / table - 1.0) < 1e-12);
        const std::string stem = std::to_string(&wanted - wanted_grids().data());
        const viz::RunContext context = make_context(g.run, g.pack.path());
        CHECK(viz::write_emissions_map(context, summary, frame, g.out.path() / (stem + "_t.tif"))
                  .check.holds());
        CHECK(
            viz::write_density_map(context, summary, frame, g.out.path() / (stem + "_d.tif")).check.holds());
        check_positions(g.run, frame);
    }
}

TEST_CASE("cells of an equal-area map all count alike, those of others by the ellipsoid") {
    GriddedRun g;
    g.run.scenario.output.grid = {"EPSG:6933", 0.0, 10'000.0, {}, {}, {}, {}};
    for (const double area : g.frame().covered_area_km2) CHECK(area == Approx(100.0).epsilon(1e-12));
    g.run.scenario.output.grid = {"EPSG:32656", 0.0, 10'000.0, {}, {}, {}, {}};
    const viz::MapFrame utm = g.frame();
    for (std::size_t i = 0; i < utm.covered().size(); ++i) {
        const geo::LonLat centre = utm.grid().centre(utm.grid().position(utm.covered()[i]));
        // Transverse Mercator (Snyder 1987, eq. 8-11 to second order): k = 0.9996 (1 + x²/2R²).
        const double x = (centre.lon_deg - 500'000.0) / 6'378'000.0;
        if (std::fabs(x) > 0.1) continue;
        const double k = 0.9996 * (1.0 + 0.5 * x * x);
        CHECK(utm.covered_area_km2[i] == Approx(100.0 / (k * k)).epsilon(2e-3));
    }
}

TEST_CASE("a map that cuts a place off is refused by its name") {
    GriddedRun g;
    g.run.scenario.output.grid = {"", 5.0, 0.0, 130.0, 20.0, 150.0, 50.0};
    CHECK_THROWS_WITH(g.frame(), Catch::Contains("widen the map's extent"));
    g.run.scenario.output.grid = {"", 0.05, 0.0, {}, {}, {}, {}};
    CHECK_THROWS_WITH(g.frame(), Catch::Contains("million cells"));
}

TEST_CASE("a sector follows its proxy within the place's own footprint") {
    GriddedRun g;
    for (sim::PlaceInputs& place : g.run.built.world.places) {
        place.emissions_t.fill(0.0);
        place.emissions_t[0] = 60.0;
        place.emissions_t[1] = 40.0;
    }
    const viz::MapFrame by_people = g.frame();
    g.run.scenario.output.downscaling[1] = "uniform";
    const viz::MapFrame mixed = g.frame();
    g.run.scenario.output.downscaling.fill("uniform");
    const viz::MapFrame even = g.frame();
    REQUIRE(mixed.by_people);
    CHECK(mixed.people().shares == by_people.cells.shares);
    const auto shares_of = [](const viz::MapFrame& frame, std::size_t place) {
        std::map<std::int64_t, double> shares;
        for (const geo::CellShare& share : frame.cells.of_place(place)) shares[share.cell] = share.share;
        return shares;
    };
    for (std::size_t place = 0; place < 6; ++place) {
        auto people = shares_of(by_people, place), uniform = shares_of(even, place);
        for (const auto& [cell, share] : shares_of(mixed, place))
            CHECK(share == Approx(0.6 * people[cell] + 0.4 * uniform[cell]).epsilon(1e-9));
    }
}

TEST_CASE("footprints: a unit divided by nearness, an area of the user's, and the map still adds up") {
    GriddedRun g;
    g.run.scenario.output.footprint.kind = scenarios::FootprintKind::voronoi;
    const std::size_t a1 = place_index(g.run, "a1"), b3 = place_index(g.run, "b3");
    // The footprint of a1: 139.0 to 139.5 E, 35.0 to 35.5 N, in UTM 54 N.
    const auto layer = g.out.path() / "footprints.geojson";
    std::ofstream(layer) << R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":
        "urn:ogc:def:crs:EPSG::32654"}},"features":[{"type":"Feature","properties":{"place":"a1"},"geometry":
        {"type":"Polygon","coordinates":[[[320000,3880000],[360000,3880000],[360000,3925000],[320000,3925000],
        [320000,3880000]]]}}]})";
    for (const bool with_layer : {false, true}) {
        if (with_layer) {
            g.run.scenario.output.footprint.path = layer;
            g.run.scenario.output.footprint.id_field = "place";
        }
        for (const WantedGrid& wanted : wanted_grids()) {
            INFO(wanted.name << (with_layer ? ", with a layer" : ""));
            g.run.scenario.output.grid = wanted.grid;
            const viz::MapFrame frame = g.frame();
            const viz::PlaceSummary summary = viz::summarize_places(g.run.built, g.run.results.scenario);
            const std::vector<double> totals = summary.of_year(summary.mean_t, 1);
            double table = 0.0;
            for (std::size_t place = 0; place < totals.size(); ++place) {
                table += totals[place];
                double row = 0.0;
                for (const geo::CellShare& share : frame.cells.of_place(place))
                    row += share.share * totals[place];
                CHECK(row == Approx(totals[place]).epsilon(1e-12));
            }
            CHECK(std::fabs(add_up(geo::totals_of_cells(frame.holders, totals)) / table - 1.0) < 1e-12);
            const auto path =
                g.out.path() / fmt::format("{}_{}.tif", &wanted - wanted_grids().data(), with_layer);
            CHECK(viz::write_emissions_map(make_context(g.run, g.pack.path()), summary, frame, path)
                      .check.holds());
        }
    }
    // In degrees: no cell of a1 outside its area (and the cells its edge cuts), none of b3 west of 180.
    g.run.scenario.output.grid = {};
    const viz::MapFrame frame = g.frame();
    for (const geo::CellShare& share : frame.cells.of_place(a1)) {
        const geo::LonLat at = frame.grid().centre(frame.grid().position(share.cell));
        CHECK(at.lon_deg > 138.9);
        CHECK(at.lon_deg < 139.55);
    }
    CHECK_FALSE(frame.cells.of_place(b3).empty());
    std::ofstream(layer) << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":
        {"place":"nobody"},"geometry":{"type":"Polygon","coordinates":[[[139,35],[140,35],[140,36],[139,35]]]}}]})";
    CHECK_THROWS_WITH(g.frame(), Catch::Contains("the run has no place \"nobody\""));
}

TEST_CASE("a covariate's raster can spread a sector, as counts or as densities, in any CRS") {
    GriddedRun g;
    g.run.scenario.output.downscaling.fill("built_land");
    for (sim::PlaceInputs& place : g.run.built.world.places) place.emissions_t.fill(1.0);
    scenarios::Covariate land;
    land.name = "built_land";
    land.path = g.out.path() / "land.asc";
    land.crs_override = "EPSG:32654";
    land.quantity = scenarios::CovariateQuantity::count;
    // Cells of 10 km in UTM 54 N; built land stands only in one of them, near a1.
    std::ofstream file(land.path);
    file << "ncols 30\nnrows 30\nxllcorner 250000\nyllcorner 3800000\ncellsize 10000\n";
    const geo::LonLat at = g.run.built.places.places[place_index(g.run, "a1")].position;
    geo::io::MapProjection utm("EPSG:32654");
    std::vector<geo::LonLat> spot = {at};
    utm.to_map()(spot);
    const auto column = static_cast<int>((spot[0].lon_deg - 250000.0) / 10000.0);
    const auto row = 29 - static_cast<int>((spot[0].lat_deg - 3800000.0) / 10000.0);
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 30; ++x) file << (x == column && y == row ? 7 : 0) << ' ';
        file << '\n';
    }
    file.close();
    g.run.scenario.places.covariates = {land};
    ToldProgress told;
    const viz::MapFrame by_count =
        viz::frame_maps(g.run.scenario, g.run.built, g.pack.path(), std::ref(told));
    told.check_whole("land.asc", 60);
    for (const char* read : {"population_2020_2p5min.tif", "boundaries.gpkg"}) told.check_whole(read);
    land.quantity = scenarios::CovariateQuantity::density;
    g.run.scenario.places.covariates = {land};
    const viz::MapFrame by_density = g.frame();
    const std::size_t a1 = place_index(g.run, "a1");
    // Cells of the map beyond the built one, 5 km and half a cell of people away from its middle, have
    // nothing.
    std::size_t within = 0;
    for (const geo::CellShare& share : by_count.cells.of_place(a1)) {
        std::vector<geo::LonLat> middle = {by_count.grid().centre(by_count.grid().position(share.cell))};
        utm.to_map()(middle);
        within += std::fabs(middle[0].lon_deg - (255000.0 + 10000.0 * column)) < 8000.0 &&
                  std::fabs(middle[0].lat_deg - (4095000.0 - 10000.0 * row)) < 8000.0;
    }
    CHECK(within == by_count.cells.of_place(a1).size());
    CHECK(by_count.cells.of_place(a1)[0].share != by_count.people().of_place(a1)[0].share);
    REQUIRE(by_count.cells.of_place(a1).size() == by_density.cells.of_place(a1).size());
    for (std::size_t i = 0; i < by_count.cells.of_place(a1).size(); ++i)
        CHECK(by_count.cells.of_place(a1)[i].share ==
              Approx(by_density.cells.of_place(a1)[i].share).epsilon(1e-9));
    // Where nothing is built, people stand in.
    const std::size_t b1 = place_index(g.run, "b1");
    REQUIRE(by_count.cells.of_place(b1).size() == by_count.people().of_place(b1).size());
    CHECK(by_count.cells.of_place(b1)[0].share == Approx(by_count.people().of_place(b1)[0].share));
}
