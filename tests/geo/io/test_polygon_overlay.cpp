#include "geo/io/polygon_overlay.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "geo/coverage.h"
#include "geo/ellipsoid.h"

using namespace domino::geo;
using namespace domino::geo::io;

namespace {

MultiPolygon box(double west, double south, double east, double north) {
    return {{{{west, south}, {east, south}, {east, north}, {west, north}}, {}}};
}

Polygon star(std::mt19937_64& random, LonLat centre, double least, double greatest) {
    std::uniform_real_distribution<double> radius(least, greatest);
    Ring ring;
    for (int i = 0; i < 60; ++i) {
        const double angle = 2.0 * 3.14159265358979 * i / 60;
        const double r = radius(random);
        ring.push_back({centre.lon_deg + r * std::cos(angle), centre.lat_deg + r * std::sin(angle)});
    }
    return {ring, {}};
}

}  // namespace

TEST_CASE("areas of polygons are those of the ellipsoid", "[geo][io]") {
    CHECK(polygon_area_km2(box(-180, -90, 180, 90)) == Approx(510065621.724).epsilon(1e-9));
    CHECK(polygon_area_km2(box(10, 40, 11, 41)) == Approx(rectangle_area_km2(10, 40, 11, 41)).epsilon(1e-12));
    MultiPolygon holed = box(0, 0, 10, 10);
    holed[0].holes.push_back(box(2, 2, 4, 4)[0].outer);
    CHECK(polygon_area_km2(holed) ==
          Approx(rectangle_area_km2(0, 0, 10, 10) - rectangle_area_km2(2, 2, 4, 4)).epsilon(1e-12));
}

TEST_CASE("what zones and polygons share is exact, and a zone cut up adds up to itself", "[geo][io]") {
    const std::vector<MultiPolygon> zones = {box(0, 0, 2, 2), box(50, 50, 51, 51)};
    const std::vector<MultiPolygon> polygons = {box(1, 1, 3, 3), box(-1, -1, 0.5, 0.5), box(70, 0, 71, 1)};
    const auto shared = overlay_areas(zones, polygons);
    REQUIRE(shared.size() == 2);
    CHECK(shared[0].zone == 0);
    CHECK(shared[0].polygon == 0);
    CHECK(shared[0].km2 == Approx(rectangle_area_km2(1, 1, 2, 2)).epsilon(1e-12));
    CHECK(shared[1].km2 == Approx(rectangle_area_km2(0, 0, 0.5, 0.5)).epsilon(1e-12));
    // A square drawn as an 8 is repaired to its two triangles.
    const std::vector<MultiPolygon> crossed = {{{{{0, 0}, {2, 2}, {2, 0}, {0, 2}}, {}}}};
    const auto halves = overlay_areas(zones, crossed);
    REQUIRE(halves.size() == 1);
    CHECK(halves[0].km2 == Approx(0.5 * rectangle_area_km2(0, 0, 2, 2)).epsilon(1e-3));
}

// The cells of a raster are polygons too: what cover_cells says of them must be their shared area.
TEST_CASE("cell shares on the ellipsoid agree with exact areas to 1e-9", "[geo][io]") {
    std::mt19937_64 random(11);
    for (const double cell_deg : {1.0 / 60.0, 0.1, 0.5, 3.0}) {
        for (const double lat : {0.0, 43.0, -71.0}) {
            const GeoGrid grid{
                GridSpace::lonlat_degrees, 9.9, lat + 8.0 * cell_deg, cell_deg, cell_deg, 16, 16};
            const MultiPolygon zone = {
                star(random, {9.9 + 7.7 * cell_deg, lat + 0.2 * cell_deg}, 3.0 * cell_deg, 7.0 * cell_deg)};
            std::vector<MultiPolygon> cells;
            for (std::int64_t i = 0; i < grid.cells(); ++i) {
                const LonLat c = grid.centre(grid.position(i));
                const double h = 0.5 * cell_deg;
                cells.push_back(box(c.lon_deg - h, c.lat_deg - h, c.lon_deg + h, c.lat_deg + h));
            }
            std::vector<double> expected(static_cast<std::size_t>(grid.cells()), 0.0);
            for (const SharedArea& shared : overlay_areas(std::vector<MultiPolygon>{zone}, cells))
                expected[shared.polygon] = shared.km2;
            double sum = 0.0, exact = 0.0;
            for (const CellFraction& cell : cover_cells(zone, grid)) {
                const double km2 = cell.fraction * grid.cell_area_km2(grid.position(cell.cell).row);
                const double whole = grid.cell_area_km2(grid.position(cell.cell).row);
                CHECK(std::abs(km2 - expected[static_cast<std::size_t>(cell.cell)]) < 1e-9 * whole);
                sum += km2;
            }
            for (const double km2 : expected) exact += km2;
            CHECK(sum == Approx(exact).epsilon(1e-9));
            CHECK(sum == Approx(polygon_area_km2(zone)).epsilon(1e-9));
        }
    }
}
