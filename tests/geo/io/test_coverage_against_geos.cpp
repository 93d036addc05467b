#include <ogr_api.h>
#include <ogr_geometry.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <random>

#include "geo/coverage.h"

using namespace domino::geo;

namespace {

Ring star(std::mt19937_64& random, LonLat centre, double least, double greatest) {
    std::uniform_real_distribution<double> radius(least, greatest);
    Ring ring;
    for (int i = 0; i < 90; ++i) {
        const double angle = 2.0 * 3.14159265358979 * i / 90;
        const double r = radius(random);
        ring.push_back({centre.lon_deg + r * std::cos(angle), centre.lat_deg + r * std::sin(angle)});
    }
    return ring;
}

void add_ring(OGRPolygon& polygon, const Ring& points) {
    OGRLinearRing ring;
    for (const LonLat p : points) ring.addPoint(p.lon_deg, p.lat_deg);
    ring.closeRings();
    polygon.addRing(&ring);
}

}  // namespace

// GEOS intersects each polygon with each cell; the recursive clipping must say the same.
TEST_CASE("cell shares agree with GEOS", "[geo][io]") {
    if (!OGRGeometryFactory::haveGEOS()) return;
    std::mt19937_64 random(42);
    const GeoGrid grid{GridSpace::projected_metres, 0, 20, 1, 1, 20, 20};
    for (int trial = 0; trial < 20; ++trial) {
        Polygon polygon{star(random, {9.7, 10.2}, 5.0, 12.0), {star(random, {9.7, 10.2}, 1.0, 4.5)}};
        OGRPolygon reference;
        add_ring(reference, polygon.outer);
        add_ring(reference, polygon.holes[0]);
        std::map<std::int64_t, double> expected;
        for (std::int64_t cell = 0; cell < grid.cells(); ++cell) {
            const CellPosition at = grid.position(cell);
            const double west = static_cast<double>(at.column);
            const double north = 20.0 - static_cast<double>(at.row);
            OGRPolygon square;
            add_ring(square, {{west, north}, {west + 1, north}, {west + 1, north - 1}, {west, north - 1}});
            const OGRGeometryUniquePtr part(reference.Intersection(&square));
            REQUIRE(part);
            const double area = OGR_G_Area(OGRGeometry::ToHandle(part.get()));
            if (area > 1e-12) expected[cell] = area;
        }
        const auto found = cover_cells({polygon}, grid);
        REQUIRE(found.size() == expected.size());
        for (const CellFraction& cell : found)
            CHECK(cell.fraction == Approx(expected.at(cell.cell)).epsilon(1e-9));
    }
}
