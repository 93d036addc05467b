#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>

#include "geo/coverage.h"
#include "geo/io/polygon_overlay.h"
#include "geo/io/raster.h"
#include "geo/io/vector_layer.h"

using namespace domino::geo;
using namespace domino::geo::io;

// The 4,594 admin-1 units of the data pack over its population grid, Fiji, Kiribati and Palau among them.
TEST_CASE("every real admin-1 unit covers exactly its area, and none is lost", "[geo][io]") {
    const std::filesystem::path data = std::filesystem::path(DOMINO_SOURCE_DIR) / "data";
    VectorLayerRequest request;
    request.path = data / "boundaries.gpkg";
    request.layer = "admin1";
    request.id_field = "admin1_id";
    request.polygons = PolygonUse::repair;
    std::vector<MultiPolygon> units;
    std::vector<std::string> ids;
    for (Feature& feature : read_vector_layer(request).features) {
        units.push_back(std::move(feature.polygons));
        ids.push_back(feature.id);
    }
    CHECK(units.size() == 4594);
    const Raster people = Raster::open({data / "rasters" / "population_2020_2p5min.tif", {}});
    const ZoneCoverage coverage = people.cover_zones(units);
    std::vector<double> km2(units.size(), 0.0);
    for (const ZoneRun& run : coverage.runs) {
        km2[run.zone] += run.fraction * static_cast<double>(run.count) *
                         coverage.grid.cell_area_km2(coverage.grid.position(run.cell).row);
    }
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const double exact = polygon_area_km2(units[i]);
        if (std::abs(km2[i] / exact - 1.0) <= 1e-9) continue;
        UNSCOPED_INFO(ids[i] << ": " << km2[i] << " of " << exact << " km2");
        ++wrong;
    }
    CHECK(wrong == 0);
    // A count is conserved: what the units hold is what a world without the seas between them would.
    double counted = 0.0, world = 0.0;
    for (const ZonalValue& value : people.summarize_zones(coverage, 1)) counted += value.sum;
    const MultiPolygon earth = {{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}}, {}}};
    for (const ZonalValue& value : people.summarize_zones(std::vector<MultiPolygon>{earth}, 1))
        world += value.sum;
    CHECK(world > 7e9);
    CHECK(counted < world * 1.001);
    CHECK(counted > world * 0.95);
}
