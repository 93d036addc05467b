#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "geo/coverage.h"
#include "geo/ellipsoid.h"
#include "geo/voronoi.h"
#include "geo/zone_coverage.h"

using namespace domino::geo;

namespace {

GeoGrid unit_cells(std::int64_t columns, std::int64_t rows) {
    return {GridSpace::projected_metres, 0.0, static_cast<double>(rows), 1.0, 1.0, columns, rows};
}

Polygon box(double west, double south, double east, double north) {
    return {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}};
}

double sum(const std::vector<CellFraction>& cells) {
    return std::accumulate(cells.begin(), cells.end(), 0.0,
                           [](double total, const CellFraction& c) { return total + c.fraction; });
}

double area_km2(const std::vector<CellFraction>& cells, const GeoGrid& grid) {
    double total = 0.0;
    for (const CellFraction& c : cells) total += c.fraction * grid.cell_area_km2(grid.position(c.cell).row);
    return total;
}

}  // namespace

// 3 × 3 cells; the box reaches half a cell into each outer one.
TEST_CASE("a box covers cells by quarters, halves and wholes", "[geo]") {
    const auto cells = cover_cells({box(0.5, 0.5, 2.5, 2.5)}, unit_cells(3, 3));
    const std::vector<CellFraction> expected{{0, 0.25}, {1, 0.5},  {2, 0.25}, {3, 0.5}, {4, 1.0},
                                             {5, 0.5},  {6, 0.25}, {7, 0.5},  {8, 0.25}};
    CHECK(cells == expected);
}

TEST_CASE("direction of drawing, holes, slivers and overlaps are counted right", "[geo]") {
    const GeoGrid grid = unit_cells(4, 4);
    Polygon turned = box(0.5, 0.5, 2.5, 2.5);
    std::reverse(turned.outer.begin(), turned.outer.end());
    CHECK(cover_cells({turned}, grid) == cover_cells({box(0.5, 0.5, 2.5, 2.5)}, grid));

    Polygon ring = box(0, 0, 4, 4);
    ring.holes.push_back(box(1, 1, 3, 3).outer);
    const auto frame = cover_cells({ring}, grid);
    CHECK(frame.size() == 12);
    CHECK(sum(frame) == 12.0);

    const auto sliver = cover_cells({box(1.0, 1.3, 3.0, 1.300001)}, grid);
    REQUIRE(sliver.size() == 2);
    CHECK(sum(sliver) == Approx(2e-6).epsilon(1e-6));

    const auto twice = cover_cells({box(0, 0, 1, 1), box(0, 0, 1, 1)}, grid);
    CHECK(twice == std::vector<CellFraction>{{12, 1.0}});
    CHECK(cover_cells({box(5, 5, 6, 6)}, grid).empty());
    CHECK(cover_cells({Polygon{{{0, 0}, {1, 1}}, {}}}, grid).empty());
    CHECK(cover_cells({Polygon{{{0, 0}, {NAN, 1}, {1, 0}}, {}}}, grid).empty());
    CHECK(sum(cover_cells({box(-9, -9, 19, 19)}, grid)) == 16.0);
}

// A star-shaped ring in and out of the cells many times: fractions must add up to its area.
TEST_CASE("a jagged ring keeps its area", "[geo]") {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> radius(1.0, 14.0);
    Polygon star;
    double area = 0.0;
    for (int i = 0; i < 500; ++i) {
        const double angle = 2.0 * 3.14159265358979 * i / 500;
        const double r = radius(random);
        star.outer.push_back({15.3 + r * std::cos(angle), 15.1 + r * std::sin(angle)});
    }
    for (std::size_t i = 0; i < star.outer.size(); ++i) {
        const LonLat a = star.outer[i];
        const LonLat b = star.outer[(i + 1) % star.outer.size()];
        area += 0.5 * (a.lon_deg * b.lat_deg - b.lon_deg * a.lat_deg);
    }
    const auto cells = cover_cells({star}, unit_cells(31, 31));
    CHECK(sum(cells) == Approx(area).epsilon(1e-12));
    for (const CellFraction& cell : cells) {
        CHECK(cell.fraction > 0.0);
        CHECK(cell.fraction <= 1.0);
    }
}

TEST_CASE("fractions on the ellipsoid are exact for boxes", "[geo]") {
    const GeoGrid grid{GridSpace::lonlat_degrees, 0, 80, 2, 2, 10, 40};
    // The box ends in the middle of cells: north of it a cell is smaller than south.
    const auto cells = cover_cells({box(1, 59, 7.5, 61)}, grid);
    CHECK(area_km2(cells, grid) == Approx(rectangle_area_km2(1, 59, 7.5, 61)).epsilon(1e-9));
    // A cell cut by a diagonal from south-west to north-east: the southern half of it is the larger.
    const auto lower = cover_cells({Polygon{{{0, 60}, {2, 60}, {2, 62}}, {}}}, grid);
    const auto upper = cover_cells({Polygon{{{0, 60}, {2, 62}, {0, 62}}, {}}}, grid);
    REQUIRE(lower.size() == 1);
    CHECK(lower[0].fraction > upper[0].fraction);
    CHECK(lower[0].fraction + upper[0].fraction == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("zones meet grids that count longitude otherwise", "[geo]") {
    const GeoGrid from_zero{GridSpace::lonlat_degrees, 0, 1, 1, 1, 360, 2};
    const auto americas = cover_cells({box(-80, 0, -79, 1)}, from_zero);
    CHECK(americas == std::vector<CellFraction>{{280, 1.0}});
    const auto greenwich = cover_cells({box(-0.5, 0, 0.5, 1)}, from_zero);
    REQUIRE(greenwich.size() == 2);
    CHECK(greenwich[0].cell == 0);
    CHECK(greenwich[1].cell == 359);
    CHECK(greenwich[0].fraction == Approx(0.5));

    // Fiji: two polygons, one on each side of the antimeridian, on a grid 179 … 181.
    const GeoGrid fiji{GridSpace::lonlat_degrees, 179, -16, 0.5, 0.5, 4, 2};
    const auto cells = cover_cells({box(179.5, -16.5, 180, -16), box(-180, -16.5, -179.5, -16)}, fiji);
    CHECK(cells == std::vector<CellFraction>{{1, 1.0}, {2, 1.0}});
}

TEST_CASE("an area divided by nearness adds up to itself, islands across the antimeridian too", "[geo]") {
    // An L with a hole, and a box on the other side of 180°.
    const MultiPolygon area = {{{{170, -20}, {180, -20}, {180, -15}, {175, -15}, {175, -10}, {170, -10}},
                                {{{172, -18}, {173, -18}, {173, -17}, {172, -17}}}},
                               {{{-180, -20}, {-176, -20}, {-176, -12}, {-180, -12}}, {}}};
    const std::vector<LonLat> points = {{171, -12}, {178, -17}, {-179.5, -18}, {-178, -13}, {178, -17}};
    const GeoGrid grid{GridSpace::lonlat_degrees, 165, -5, 0.37, 0.41, 60, 50};
    const auto whole = cover_cells(area, grid);
    std::vector<double> sums(static_cast<std::size_t>(grid.cells()), 0.0);
    const auto parts = divide_among_nearest(area, points);
    REQUIRE(parts.size() == points.size());
    CHECK(parts[4].empty());  // where another stands already
    double on_other_side = 0.0;
    for (const MultiPolygon& part : parts) {
        for (const CellFraction& cell : cover_cells(part, grid)) {
            sums[static_cast<std::size_t>(cell.cell)] += cell.fraction;
            if (&part == &parts[1] && grid.centre(grid.position(cell.cell)).lon_deg > 180.5) ++on_other_side;
        }
    }
    for (const CellFraction& cell : whole)
        CHECK(sums[static_cast<std::size_t>(cell.cell)] == Approx(cell.fraction).epsilon(1e-9));
    CHECK(on_other_side == 0.0);
    CHECK(cover_cells(parts[2], grid).size() > 10);
}

TEST_CASE("the sparse coverage of many zones holds every cell once a zone, whole rows as runs", "[geo]") {
    const GeoGrid grid{GridSpace::lonlat_degrees, 0, 40, 0.25, 0.25, 400, 200};
    // Two that overlap, one with a hole, one that touches nothing.
    const std::vector<MultiPolygon> zones = {
        {{{{10.1, 10.1}, {60.3, 10.1}, {60.3, 39.2}, {10.1, 39.2}},
          {{{20, 20}, {30, 20}, {30, 30}, {20, 30}}}}},
        {{{{50, 5}, {99, 5}, {75, 38}}, {}}, {{{55, 6}, {70, 6}, {70, 12}, {55, 12}}, {}}},
        {{{{-50, -5}, {-40, -5}, {-40, 0}}, {}}}};
    const ZoneCoverage coverage = cover_zones(zones, grid);
    std::vector<std::map<std::int64_t, double>> found(zones.size());
    std::size_t cells = 0;
    for (const ZoneRun& run : coverage.runs) {
        CHECK((run.count == 1 || run.fraction == 1.0));
        CHECK(grid.position(run.cell).row == grid.position(run.cell + run.count - 1).row);
        for (std::int64_t i = 0; i < run.count; ++i) {
            CHECK(found[run.zone].emplace(run.cell + i, run.fraction).second);
            ++cells;
        }
    }
    CHECK(coverage.runs.size() < cells / 10);
    for (std::size_t z = 0; z < zones.size(); ++z) {
        const auto expected = cover_cells(zones[z], grid);
        REQUIRE(found[z].size() == expected.size());
        for (const CellFraction& cell : expected) CHECK(found[z].at(cell.cell) == cell.fraction);
    }
}
