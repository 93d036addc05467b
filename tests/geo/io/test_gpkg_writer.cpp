#include "geo/io/gpkg_writer.h"

#include <ogrsf_frmts.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <thread>

#include "geo/io/gdal_session.h"
#include "geo/problem.h"
#include "tests/geo/io/small_disk.h"
#include "tests/geo/io/temp_folder.h"

using namespace domino::geo;
using namespace domino::geo::io;
using domino::geo::testing::read_bytes;
using domino::geo::testing::SmallDisk;
using domino::geo::testing::TempFolder;

namespace {

const GpkgLayer places{
    "places",
    GpkgGeometry::point,
    {{"place_id", GpkgFieldType::text}, {"people", GpkgFieldType::real}, {"n", GpkgFieldType::integer}},
    "Places",
    "Where people live"};
const GpkgLayer links{"links", GpkgGeometry::line, {{"weight", GpkgFieldType::real}}, "", ""};
const GpkgLayer years{
    "results_place_year",
    GpkgGeometry::none,
    {{"valid_from", GpkgFieldType::date}, {"met", GpkgFieldType::boolean}, {"seen", GpkgFieldType::datetime}},
    "",
    ""};

void write_sample(const std::filesystem::path& path) {
    GpkgWriter writer(path);
    const GpkgLayerId place_layer = writer.add_layer(places);
    const GpkgLayerId link_layer = writer.add_layer(links);
    const GpkgLayerId year_layer = writer.add_layer(years);
    for (std::int64_t i = 0; i < 500; ++i) {
        const double lon = -179.0 + 0.7 * static_cast<double>(i);
        const LonLat at{lon, 0.1 * static_cast<double>(i % 800) - 40.0};
        writer.append(place_layer, at,
                      std::vector<GpkgValue>{"P" + std::to_string(i), 0.5 * static_cast<double>(i), i});
        writer.append(link_layer, Line{at, {139.7, 35.7}}, std::vector<GpkgValue>{0.25});
        writer.append(year_layer, {},
                      std::vector<GpkgValue>{"2035-01-01", std::int64_t{1}, "2035-01-01T00:00:00Z"});
    }
    writer.finish();
}

}  // namespace

TEST_CASE("a GeoPackage reopened holds what was written", "[geo][io]") {
    const TempFolder folder;
    write_sample(folder / "r.gpkg");
    CHECK(folder.files() == 1);
    GDALDatasetUniquePtr reopened(GDALDataset::Open((folder / "r.gpkg").c_str(), GDAL_OF_VECTOR));
    REQUIRE(reopened);
    REQUIRE(reopened->GetLayerCount() == 3);
    OGRLayer* layer = reopened->GetLayerByName("places");
    REQUIRE(layer != nullptr);
    CHECK(layer->GetFeatureCount() == 500);
    CHECK(std::string(layer->GetSpatialRef()->GetAuthorityCode(nullptr)) == "4326");
    const OGRFeatureUniquePtr feature(layer->GetFeature(3));
    REQUIRE(feature);
    CHECK(std::string(feature->GetFieldAsString("place_id")) == "P2");
    CHECK(feature->GetFieldAsDouble("people") == 1.0);
    CHECK(feature->GetGeometryRef()->toPoint()->getX() == Approx(-177.6));
    OGRLayer* index = reopened->ExecuteSQL("SELECT count(*) FROM rtree_places_geom", nullptr, nullptr);
    REQUIRE(index != nullptr);
    CHECK(OGRFeatureUniquePtr(index->GetNextFeature())->GetFieldAsInteger(0) == 500);
    reopened->ReleaseResultSet(index);
    const OGRFeatureUniquePtr row(reopened->GetLayerByName("results_place_year")->GetFeature(1));
    CHECK(std::string(row->GetFieldAsString("valid_from")) == "2035/01/01");
    CHECK(row->GetFieldAsInteger("met") == 1);
    // From 179 W to Tokyo the short way round: two parts.
    const OGRFeatureUniquePtr link(reopened->GetLayerByName("links")->GetFeature(1));
    CHECK(link->GetGeometryRef()->toMultiLineString()->getNumGeometries() == 2);
}

TEST_CASE("the same rows are the same bytes, whatever the clock says", "[geo][io]") {
    const TempFolder folder;
    write_sample(folder / "a.gpkg");
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    write_sample(folder / "b.gpkg");
    const std::string bytes = read_bytes(folder / "a.gpkg");
    CHECK(bytes.size() > 100000);
    CHECK(bytes == read_bytes(folder / "b.gpkg"));
    CHECK(bytes.find("2000-01-01T00:00:00") != std::string::npos);
    CHECK(CPLGetConfigOption("OGR_CURRENT_DATE", nullptr) == nullptr);
}

TEST_CASE("a full disk is an error and leaves no GeoPackage", "[geo][io]") {
    const TempFolder folder;
    for (const rlim_t bytes : {100, 50000, 150000}) {
        const SmallDisk small(bytes);
        CHECK_THROWS_WITH(write_sample(folder / "r.gpkg"), Catch::Contains("cannot be written"));
        CHECK(folder.files() == 0);
    }
}

TEST_CASE("an unfinished GeoPackage goes away", "[geo][io]") {
    const TempFolder folder;
    {
        GpkgWriter writer(folder / "u.gpkg");
        const GpkgLayerId layer = writer.add_layer(places);
        writer.append(layer, LonLat{1, 2}, std::vector<GpkgValue>{"A", 1.0, std::int64_t{1}});
    }
    CHECK(folder.files() == 0);
    CHECK_THROWS_WITH(GpkgWriter(folder / "no/such.gpkg"), Catch::Contains("cannot be written"));
    const auto there = folder.write("there.gpkg", "x");
    CHECK_THROWS_WITH(GpkgWriter(there), Catch::Contains("exists already"));
    CHECK(read_bytes(there) == "x");
}

TEST_CASE("rows and names that do not fit are refused", "[geo][io]") {
    const TempFolder folder;
    GpkgWriter writer(folder / "w.gpkg");
    const GpkgLayerId layer = writer.add_layer(places);
    const GpkgLayerId table = writer.add_layer(years);
    const std::vector<GpkgValue> good{"A", NAN, std::monostate{}};
    writer.append(layer, LonLat{1, 2}, good);
    writer.append(layer, {}, good);
    CHECK_THROWS_WITH(writer.append(layer, LonLat{1, 2}, std::vector<GpkgValue>{"A"}),
                      Catch::Contains("1 values for 3"));
    CHECK_THROWS_WITH(writer.append(layer, LonLat{1, 2}, std::vector<GpkgValue>{1.0, 1.0, 1.0}),
                      Catch::Contains("\"place_id\""));
    CHECK_THROWS_WITH(
        writer.append(layer, LonLat{1, 2}, std::vector<GpkgValue>{"A", INFINITY, std::int64_t{1}}),
        Catch::Contains("\"people\""));
    CHECK_THROWS_WITH(writer.append(layer, Line{{1, 2}, {2, 3}}, good), Catch::Contains("shape"));
    CHECK_THROWS_WITH(
        writer.append(table, {}, std::vector<GpkgValue>{"soon", std::int64_t{1}, std::monostate{}}),
        Catch::Contains("valid_from"));
    CHECK_THROWS_WITH(
        writer.append(table, {}, std::vector<GpkgValue>{"2035-01-01", std::int64_t{2}, std::monostate{}}),
        Catch::Contains("met"));
    CHECK_THROWS_WITH(writer.add_layer({"My Layer", GpkgGeometry::none, {}, "", ""}),
                      Catch::Contains("snake_case"));
    CHECK_THROWS_WITH(writer.add_layer({"ok", GpkgGeometry::none, {{"a b", GpkgFieldType::text}}, "", ""}),
                      Catch::Contains("plain name"));
}

TEST_CASE("GDAL's messages are collected, not printed", "[geo][io]") {
    const GdalSession outer;
    {
        const GdalSession inner;
        CPLError(CE_Failure, CPLE_AppDefined, "inside");
        CPLError(CE_Warning, CPLE_AppDefined, "careful");
        CHECK(inner.errors() == std::vector<std::string>{"inside"});
        CHECK(inner.warnings() == std::vector<std::string>{"careful"});
        CHECK(inner.last_error("none") == "inside");
    }
    CHECK(outer.errors().empty());
    CHECK(outer.last_error("none") == "none");
    const LibraryVersions versions = library_versions();
    CHECK(versions.gdal.size() >= 5);
    CHECK(versions.proj.size() >= 5);
}
