#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

#include "geo/coverage.h"
#include "geo/io/polygon_overlay.h"
#include "geo/io/raster.h"
#include "geo/io/vector_layer.h"

using namespace domino::geo;
using namespace domino::geo::io;

namespace {

const std::filesystem::path source_dir = DOMINO_SOURCE_DIR;

Raster open_people() {
    return Raster::open({source_dir / "data" / "rasters" / "population_2020_2p5min.tif", {}});
}

std::vector<Feature> read_units(const std::filesystem::path& path, const std::string& id_field) {
    VectorLayerRequest request;
    request.path = path;
    request.layer = "admin1";
    request.id_field = id_field;
    request.polygons = PolygonUse::repair;
    return read_vector_layer(request).features;
}

/// Holds every unit's cells against its exact area; the coverage.
ZoneCoverage check_areas(std::vector<Feature> features, const Raster& people) {
    std::vector<MultiPolygon> units;
    for (Feature& feature : features) units.push_back(std::move(feature.polygons));
    ZoneCoverage coverage = people.cover_zones(units);
    const std::vector<double> km2 = people.covered_km2(coverage);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const double exact = polygon_area_km2(units[i]);
        if (std::abs(km2[i] / exact - 1.0) <= 1e-9) continue;
        UNSCOPED_INFO(features[i].id << ": " << km2[i] << " of " << exact << " km2");
        ++wrong;
    }
    CHECK(wrong == 0);
    return coverage;
}

}  // namespace

// The admin-1 units of the data pack over its population grid, Fiji, Kiribati and Palau among them: all units
// of Natural Earth but the Siachen Glacier and the Spratly Islands, which it gives to no country.
TEST_CASE("every real admin-1 unit covers exactly its area, and none is lost", "[geo][io]") {
    auto units = read_units(source_dir / "data" / "boundaries.gpkg", "admin1_id");
    CHECK(units.size() == 4594);
    const Raster people = open_people();
    const ZoneCoverage coverage = check_areas(std::move(units), people);
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

TEST_CASE("all 4,596 units of Natural Earth's full outlines cover exactly their areas", "[geo][io]") {
    // What the pack is made from; not in the repository.
    const char* named = std::getenv("DOMINO_SHARED_DATA");
    const std::filesystem::path data =
        named != nullptr ? std::filesystem::path(named) : source_dir / ".." / "shared" / "data";
    const std::filesystem::path outlines = data / "boundaries" / "admin1.gpkg";
    if (!std::filesystem::exists(outlines)) {
        WARN("skipped: " << outlines.string() << " is not here; DOMINO_SHARED_DATA may name its folder");
        return;
    }
    auto units = read_units(outlines, "adm1_code");
    CHECK(units.size() == 4596);
    check_areas(std::move(units), open_people());
}
