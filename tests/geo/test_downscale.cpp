#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "geo/cell_holders.h"
#include "geo/downscale.h"
#include "geo/problem.h"

using namespace domino::geo;

namespace {

Polygon box(double west, double south, double east, double north) {
    return {{{west, south}, {east, south}, {east, north}, {west, north}}, {}};
}

Place make_place(std::string id, PlaceKind kind, std::string iso3, std::string admin1, LonLat at,
                 double population) {
    Place place;
    place.id = std::move(id);
    place.name = place.id;
    place.kind = kind;
    place.iso3 = std::move(iso3);
    place.admin1_id = std::move(admin1);
    place.position = at;
    place.population = population;
    return place;
}

double sum_of(const PlaceCells& cells, std::size_t place) {
    double sum = 0.0;
    for (const CellShare& share : cells.of_place(place)) sum += share.share;
    return sum;
}

double share_in(const PlaceCells& cells, std::size_t place, CellPosition cell) {
    for (const CellShare& share : cells.of_place(place)) {
        if (share.cell == cells.grid.index(cell)) return share.share;
    }
    return 0.0;
}

double sum_as_floats(const std::vector<double>& band) {
    double sum = 0.0;
    for (const double value : band) {
        if (!std::isnan(value)) sum += static_cast<float>(value);
    }
    return sum;
}

/// Cells of half a degree from 0 E, 2 N: four columns, four rows, people as drawn.
RasterBand half_degree_people(std::vector<double> people) {
    return {{GridSpace::lonlat_degrees, 0, 2, 0.5, 0.5, 4, 4}, std::move(people)};
}

}  // namespace

//   AAA | BBB     A: 0–1 E, B: 1–2 E, both 0–2 N
TEST_CASE("a rest of region spreads by people inside its unit", "[geo]") {
    const RasterBand people = half_degree_people({10, 30, 7, 7,  //
                                                  0, 60, 7, 7,   //
                                                  0, 0, 7, 7,    //
                                                  0, NAN, 7, 7});
    const std::vector<AdminArea> areas{{"A-1", "AAA", {box(0, 0, 1, 2)}}, {"B-1", "BBB", {box(1, 0, 2, 2)}}};
    const std::vector<Place> places{
        make_place("A-1.rest", PlaceKind::rest_of_region, "AAA", "A-1", {0.7, 1.7}, 100)};
    const PlaceCells cells = spread_places(places, areas, people, people.grid);
    CHECK(share_in(cells, 0, {0, 0}) == Approx(0.1));
    CHECK(share_in(cells, 0, {1, 0}) == Approx(0.3));
    CHECK(share_in(cells, 0, {1, 1}) == Approx(0.6));
    CHECK(cells.of_place(0).size() == 3);

    // The same on whole degrees: all of it in the north-western cell.
    const GeoGrid coarse{GridSpace::lonlat_degrees, 0, 2, 1, 1, 2, 2};
    const PlaceCells merged = spread_places(places, areas, people, coarse);
    REQUIRE(merged.of_place(0).size() == 1);
    CHECK(merged.of_place(0)[0] == CellShare{0, 1.0});
}

TEST_CASE("a border cell counts by the share that is inside", "[geo]") {
    const RasterBand people = half_degree_people(std::vector<double>(16, 100.0));
    const std::vector<AdminArea> areas{{"A-1", "AAA", {box(0, 1.5, 0.75, 2)}}};
    const std::vector<Place> places{make_place("r", PlaceKind::rest_of_region, "AAA", "A-1", {0.2, 1.7}, 1)};
    const PlaceCells cells = spread_places(places, areas, people, people.grid);
    CHECK(share_in(cells, 0, {0, 0}) == Approx(2.0 / 3));
    CHECK(share_in(cells, 0, {1, 0}) == Approx(1.0 / 3));
}

TEST_CASE("a city's disc stays in its own country", "[geo]") {
    CHECK(footprint_radius_km(0, {}) == 3.0);
    CHECK(footprint_radius_km(4000 * 3.14159265358979 * 100, {}) == Approx(10.0));
    CHECK(footprint_radius_km(5e7, {}) == 40.0);
    // Cells of 0.1° (11 km); the city stands at the border 1 E with a 40 km disc.
    RasterBand people{{GridSpace::lonlat_degrees, 0, 1, 0.1, 0.1, 20, 10}, std::vector<double>(200, 50.0)};
    const std::vector<AdminArea> areas{{"A-1", "AAA", {box(0, 0, 1, 1)}}, {"B-1", "BBB", {box(1, 0, 2, 1)}}};
    const std::vector<Place> places{make_place("c", PlaceKind::city, "AAA", "A-1", {0.98, 0.5}, 3e7)};
    const PlaceCells cells = spread_places(places, areas, people, people.grid);
    CHECK(cells.of_place(0).size() > 15);
    for (const CellShare& share : cells.of_place(0)) {
        const LonLat at = cells.grid.centre(cells.grid.position(share.cell));
        CHECK(at.lon_deg < 1.0);
        CHECK(std::hypot(at.lon_deg - 0.98, at.lat_deg - 0.5) * 111.3 < 40.5);
        CHECK(share.share == Approx(1.0 / static_cast<double>(cells.of_place(0).size())));
    }
}

TEST_CASE("places nobody is seen at go to the cell of their point", "[geo]") {
    const RasterBand empty = half_degree_people(std::vector<double>(16, 0.0));
    const std::vector<AdminArea> areas{{"A-1", "AAA", {box(0, 0, 1, 2)}}};
    const std::vector<Place> places{
        make_place("atoll", PlaceKind::city, "XXX", "X-1", {1.3, 0.3}, 900),
        make_place("a.rest", PlaceKind::rest_of_region, "AAA", "A-1", {0.1, 0.1}, 9)};
    const PlaceCells cells = spread_places(places, areas, empty, empty.grid);
    CHECK(share_in(cells, 0, {2, 3}) == 1.0);
    CHECK(share_in(cells, 1, {0, 3}) == 1.0);
}

TEST_CASE("islands across the antimeridian are whole", "[geo]") {
    // World grid of half degrees; Taveuni's people on both sides of 180.
    RasterBand people{{GridSpace::lonlat_degrees, -180, 90, 0.5, 0.5, 720, 360},
                      std::vector<double>(720 * 360, 0.0)};
    const auto put = [&](double lon, double lat, double count) {
        people.values[static_cast<std::size_t>(people.grid.index(*people.grid.find_cell(lon, lat)))] = count;
    };
    put(179.8, -16.8, 30);
    put(-179.8, -16.8, 10);
    const std::vector<AdminArea> areas{{"FJ-N", "FJI", {box(179, -17, 180, -16), box(-180, -17, -179, -16)}}};
    const std::vector<Place> places{
        make_place("rest", PlaceKind::rest_of_region, "FJI", "FJ-N", {179.9, -16.8}, 40),
        make_place("city", PlaceKind::city, "FJI", "FJ-N", {-179.97, -16.75}, 4e7)};
    const GeoGrid map = make_grid({179, -17, -179, -16}, GridResolution::arcmin_30);
    REQUIRE(map.columns == 4);
    const PlaceCells cells = spread_places(places, areas, people, map);
    for (std::size_t place = 0; place < 2; ++place) {
        CHECK(share_in(cells, place, {1, 1}) == Approx(0.75));
        CHECK(share_in(cells, place, {2, 1}) == Approx(0.25));
    }
}

TEST_CASE("maps add up to the places", "[geo]") {
    const RasterBand people = half_degree_people({10, 30, 7, 9, 0, 60, 1, 7, 2, 0, 7, 3, 5, 1, 7, 7});
    const std::vector<AdminArea> areas{{"A-1", "AAA", {box(0, 0, 1.3, 2)}},
                                       {"B-1", "BBB", {box(1.3, 0, 2, 2)}}};
    const std::vector<Place> places{make_place("a", PlaceKind::rest_of_region, "AAA", "A-1", {0.7, 1.7}, 100),
                                    make_place("b", PlaceKind::rest_of_region, "BBB", "B-1", {1.7, 1.7}, 100),
                                    make_place("c", PlaceKind::city, "AAA", "A-1", {0.6, 1.2}, 1e7)};
    const PlaceCells cells = spread_places(places, areas, people, people.grid);
    for (std::size_t place = 0; place < 3; ++place) CHECK(sum_of(cells, place) == Approx(1.0).epsilon(1e-12));
    const std::vector<double> totals{1234567.89, 0.333, 98765.4321};
    const CellHolders holders = find_holders(cells);
    const std::vector<double> band = totals_of_cells(holders, totals);
    CHECK(sum_as_floats(band) == Approx(1234567.89 + 0.333 + 98765.4321).epsilon(1e-7));
    CHECK_THROWS(totals_of_cells(holders, std::vector<double>{1.0}));

    const std::vector<double> quarter{0.25, 0.25, 0.25};
    for (const double chance : means_of_cells(holders, quarter, totals)) CHECK(chance == Approx(0.25));
    CHECK_THROWS(means_of_cells(holders, std::vector<double>{0.25}, totals));
    for (const double chance : means_of_cells(holders, quarter, std::vector<double>(3, 0.0)))
        CHECK(std::isnan(chance));
}

TEST_CASE("zero is a value on the map, nothing is not", "[geo]") {
    const RasterBand people = half_degree_people(std::vector<double>(16, 1.0));
    const std::vector<Place> places{make_place("a", PlaceKind::city, "AAA", "", {0.1, 1.9}, 5)};
    const PlaceCells cells = spread_places(places, {}, people, people.grid);
    const CellHolders holders = find_holders(cells);
    std::vector<float> map(16);
    fill_map(holders.cells, totals_of_cells(holders, std::vector<double>{0.0}), map);
    CHECK(map[0] == 0.0f);
    CHECK(std::isnan(map[5]));
}

TEST_CASE("places beyond the map are named, all of them", "[geo]") {
    const RasterBand people = half_degree_people(std::vector<double>(16, 1.0));
    const std::vector<Place> places{make_place("x", PlaceKind::city, "AAA", "", {50, 0}, 5),
                                    make_place("y", PlaceKind::city, "AAA", "", {0.5, -50}, 5)};
    try {
        spread_places(places, {}, people, people.grid);
        FAIL("both places lie beyond the map");
    } catch (const ProblemError& error) {
        CHECK(error.problems().size() == 2);
    }
}
