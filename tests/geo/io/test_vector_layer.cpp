#include "geo/io/vector_layer.h"

#include <ogrsf_frmts.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "geo/coverage.h"
#include "geo/io/gdal_session.h"
#include "geo/io/polygon_overlay.h"
#include "tests/geo/io/temp_folder.h"
#include "tests/support/told_progress.h"

using namespace domino::geo;
using namespace domino::geo::io;
using domino::geo::testing::TempFolder;

namespace {

struct Row {
    std::string id;
    double people;
    std::string wkt;  ///< empty: no geometry
};

/// A GeoPackage layer `places` with columns code and people. @p epsg 0: without CRS.
std::filesystem::path make_layer(const TempFolder& folder, const std::string& name, int epsg,
                                 const std::vector<Row>& rows) {
    const GdalSession silent;  // an infinite extent in a test layer is no news
    const auto path = folder / name;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    GDALDatasetUniquePtr dataset(driver->Create(path.string().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference crs;
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (epsg != 0) crs.importFromEPSG(epsg);
    OGRLayer* layer = dataset->CreateLayer("places", epsg != 0 ? &crs : nullptr, wkbUnknown, nullptr);
    OGRFieldDefn code("code", OFTString);
    OGRFieldDefn people("people", OFTReal);
    OGRFieldDefn photo("photo", OFTBinary);
    layer->CreateField(&code);
    layer->CreateField(&people);
    layer->CreateField(&photo);
    for (const Row& row : rows) {
        OGRFeature feature(layer->GetLayerDefn());
        if (!row.id.empty()) feature.SetField("code", row.id.c_str());
        if (!std::isnan(row.people)) feature.SetField("people", row.people);
        if (!row.wkt.empty()) {
            OGRGeometry* geometry = nullptr;
            OGRGeometryFactory::createFromWkt(row.wkt.c_str(), nullptr, &geometry);
            feature.SetGeometryDirectly(geometry);
        }
        REQUIRE(layer->CreateFeature(&feature) == OGRERR_NONE);
    }
    return path;
}

VectorLayerRequest ask(const std::filesystem::path& path) {
    VectorLayerRequest request;
    request.path = path;
    request.id_field = "code";
    request.fields = {{"people", FieldType::real, FieldPresence::required}};
    return request;
}

std::vector<Problem> problems_of(const VectorLayerRequest& request) {
    try {
        read_vector_layer(request);
    } catch (const ProblemError& error) {
        return error.problems();
    }
    return {};
}

}  // namespace

TEST_CASE("a layer of points comes with ids and numbers", "[geo][io]") {
    const TempFolder folder;
    const VectorLayer layer = read_vector_layer(ask(make_layer(
        folder, "a.gpkg", 4326, {{"NA", 5.5, "POINT (17.1 -22.6)"}, {"B", NAN, "POINT (190 10)"}})));
    REQUIRE(layer.features.size() == 2);
    CHECK(layer.name == "places");
    CHECK(layer.features[0].id == "NA");
    CHECK(layer.features[0].point == LonLat{17.1, -22.6});
    CHECK(std::get<double>(layer.features[0].values[0]) == 5.5);
    CHECK(layer.features[1].point == LonLat{-170, 10});
    CHECK(std::holds_alternative<std::monostate>(layer.features[1].values[0]));
}

TEST_CASE("a layer tells how far it is read, and an interruption ends it", "[geo][io]") {
    const TempFolder folder;
    const std::string path = folder.write("p.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}},
        {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[3,4]}}]})");
    domino::test::ToldProgress told;
    VectorLayerRequest request;
    request.path = path;
    request.progress = told.of("p.geojson");
    read_vector_layer(request);
    told.check_whole("p.geojson", 2);
    CHECK(told.shares("p.geojson").front() == 0.5);
    request.progress = [](double) { throw std::runtime_error("interrupted"); };
    CHECK_THROWS_WITH(read_vector_layer(request), "interrupted");
}

TEST_CASE("other reference systems become longitude and latitude", "[geo][io]") {
    const TempFolder folder;
    // UTM 54N: easting 500,000 is its central meridian, 141 E; northing 0 the equator.
    const VectorLayer utm =
        read_vector_layer(ask(make_layer(folder, "u.gpkg", 32654, {{"A", 1, "POINT (500000 0)"}})));
    CHECK(utm.crs == "WGS 84 / UTM zone 54N");
    CHECK(utm.features[0].point.lon_deg == Approx(141.0).margin(1e-9));
    CHECK(utm.features[0].point.lat_deg == Approx(0.0).margin(1e-9));
    // Web Mercator: x = a λ.
    const VectorLayer web = read_vector_layer(
        ask(make_layer(folder, "w.gpkg", 3857, {{"A", 1, "POINT (11131949.0793273575604 0)"}})));
    CHECK(web.features[0].point.lon_deg == Approx(100.0).margin(1e-9));
    // EPSG:4326 says latitude first; files and we say longitude first.
    const auto json = folder.write("g.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"code":"J","people":"12"},"geometry":{"type":"Point","coordinates":[139.7,35.7]}}]})");
    const VectorLayer geojson = read_vector_layer(ask(json));
    CHECK(geojson.features[0].point == LonLat{139.7, 35.7});
    CHECK(std::get<double>(geojson.features[0].values[0]) == 12.0);
}

TEST_CASE("areas and lines get a point that stands for them", "[geo][io]") {
    const TempFolder folder;
    VectorLayerRequest request = ask(
        make_layer(folder, "p.gpkg", 4326,
                   {{"U", 1, "POLYGON ((0 0,3 0,3 3,2 3,2 1,1 1,1 3,0 3,0 0))"},
                    {"M", 1,
                     "MULTIPOLYGON (((50 0,51 0,51 1,50 1,50 0)),((60 0,70 0,70 10,60 10,60 0),(62 2,68 2,68 "
                     "8,62 8,62 2)))"},
                    {"L", 1, "LINESTRING (0 0,10 0)"},
                    {"C", 1, "GEOMETRYCOLLECTION (POINT (0 0),POLYGON ((20 20,22 20,22 22,20 22,20 20)))"}}));
    request.polygons = PolygonUse::keep;
    const VectorLayer layer = read_vector_layer(request);
    const LonLat in_u = layer.features[0].point;
    CHECK((in_u.lat_deg < 1.0 || in_u.lon_deg < 1.0 ||
           in_u.lon_deg > 2.0));  // not in the notch, where the centre is
    REQUIRE(layer.features[1].polygons.size() == 2);
    REQUIRE(layer.features[1].polygons[1].holes.size() == 1);
    CHECK(layer.features[1].point.lon_deg > 60.0);
    CHECK(layer.features[2].point == LonLat{5, 0});
    CHECK(layer.features[2].polygons.empty());
    CHECK(layer.features[3].point.lon_deg > 20.0);
    CHECK(layer.features[3].polygons.size() == 1);
    request.polygons = PolygonUse::skip;
    CHECK(read_vector_layer(request).features[1].polygons.empty());
}

TEST_CASE("projected areas across the antimeridian are cut there", "[geo][io]") {
    const TempFolder folder;
    // Fiji Map Grid (EPSG:3460) is centred at 178.75 E, false easting 2,000 km: this box spans 180°.
    VectorLayerRequest request = ask(make_layer(
        folder, "f.gpkg", 3460,
        {{"F", 1,
          "POLYGON ((2100000 4000000,2200000 4000000,2200000 4050000,2100000 4050000,2100000 4000000))"}}));
    request.polygons = PolygonUse::keep;
    const VectorLayer layer = read_vector_layer(request);
    const GeoGrid grid = make_grid({179, -18, -179, -15}, GridResolution::arcmin_2_5);
    double area = 0.0;
    for (const CellFraction& cell : cover_cells(layer.features[0].polygons, grid)) {
        area += cell.fraction * grid.cell_area_km2(grid.position(cell.cell).row);
    }
    CHECK(area == Approx(100.0 * 50.0).epsilon(2e-3));  // the grid's scale factor is 0.99985
    CHECK(std::abs(layer.features[0].point.lon_deg) > 179.0);
}

TEST_CASE("longitudes from 0 to 360, or beyond -180, are turned and cut at the antimeridian", "[geo][io]") {
    const TempFolder folder;
    VectorLayerRequest request = ask(make_layer(
        folder, "turned.gpkg", 4326,
        {{"across", 1,
          "POLYGON ((178 -18,183 -18,183 -15,178 -15,178 -18),(181 -17,182 -17,182 -16,181 -16,181 -17))"},
         {"beyond", 1, "POLYGON ((190 -18,195 -18,195 -15,190 -15,190 -18))"},
         {"west", 1, "POLYGON ((-182 10,-178 10,-178 11,-182 11,-182 10))"},
         {"two", 1, "MULTIPOLYGON (((179 0,180 0,180 1,179 1,179 0)),((180 0,181 0,181 1,180 1,180 0)))"},
         {"world", 1, "POLYGON ((0 -90,360 -90,360 90,0 90,0 -90))"}}));
    request.polygons = PolygonUse::repair;
    const VectorLayer layer = read_vector_layer(request);
    const double degree_km2 = polygon_area_km2({{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}});
    const auto box = [](double west, double south, double east, double north) {
        return MultiPolygon{{{{west, south}, {east, south}, {east, north}, {west, north}}, {}}};
    };
    const std::vector<double> expected = {
        5.0 * polygon_area_km2(box(0, -18, 1, -15)) - polygon_area_km2(box(0, -17, 1, -16)),
        5.0 * polygon_area_km2(box(0, -18, 1, -15)), 4.0 * polygon_area_km2(box(0, 10, 1, 11)),
        2.0 * degree_km2, 510065621.724};
    const std::vector<std::size_t> parts = {2, 1, 2, 2, 2};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(layer.features[i].id);
        const MultiPolygon& area = layer.features[i].polygons;
        CHECK(area.size() == parts[i]);
        CHECK(polygon_area_km2(area) == Approx(expected[i]).epsilon(1e-9));
        for (const Polygon& polygon : area) {
            for (const LonLat corner : polygon.outer) CHECK(std::abs(corner.lon_deg) <= 180.0);
        }
        CHECK(std::abs(layer.features[i].point.lon_deg) <= 180.0);
    }
    // 190 to 195 E are 170 to 165 W; the hole from 181 to 182 E is in the part west of 180 W.
    for (const LonLat corner : layer.features[1].polygons[0].outer)
        CHECK((corner.lon_deg == -170.0 || corner.lon_deg == -165.0));
    CHECK(layer.features[0].polygons[0].holes.empty());
    REQUIRE(layer.features[0].polygons[1].holes.size() == 1);
    CHECK(layer.features[0].polygons[1].holes[0][0].lon_deg <= -178.0);
}

TEST_CASE("a layer without reference system must be told one", "[geo][io]") {
    const TempFolder folder;
    VectorLayerRequest request = ask(make_layer(folder, "n.gpkg", 0, {{"A", 1, "POINT (500000 0)"}}));
    const std::vector<Problem> problems = problems_of(request);
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0].what, Catch::Contains("does not say its coordinate reference system"));
    CHECK_THAT(problems[0].fix, Catch::Contains("EPSG:4326"));
    request.crs_override = "EPSG:32654";
    CHECK(read_vector_layer(request).features[0].point.lon_deg == Approx(141.0));
    request.crs_override = "EPSG:4326";
    CHECK_THAT(problems_of(request).at(0).what, Catch::Contains("are no longitude and latitude"));
    request.crs_override = "EPSG:banana";
    CHECK_THAT(problems_of(request).at(0).what, Catch::Contains("is not known"));
    request = ask(make_layer(folder, "y.gpkg", 32654, {{"A", 1, "POINT (500000 0)"}}));
    request.crs_override = "EPSG:4326";
    CHECK_THAT(problems_of(request).at(0).why, Catch::Contains("only one can be true"));
    request.crs_override = "EPSG:32654";
    CHECK(problems_of(request).empty());
}

TEST_CASE("everything wrong with a layer is said at once", "[geo][io]") {
    const TempFolder folder;
    VectorLayerRequest request = ask(make_layer(folder, "bad.gpkg", 4326,
                                                {{"A", 1, "POINT (1 1)"},
                                                 {"A", 2, "POINT (2 2)"},
                                                 {"", 3, "POINT (3 3)"},
                                                 {"D", 4, ""},
                                                 {"E", 5, "POINT EMPTY"},
                                                 {"F", INFINITY, "POINT (6 6)"},
                                                 {"G", 7, "POINT (35 139)"},
                                                 {"H", 8, "LINESTRING (0 0,1 1e999)"}}));
    const std::vector<Problem> problems = problems_of(request);
    std::string all;
    for (const Problem& problem : problems) all += to_text(problem) + "\n";
    INFO(all);
    CHECK(problems.size() == 7);
    CHECK_THAT(all, Catch::Contains("the id \"A\" appears 2 times (features 1, 2)"));
    CHECK_THAT(all, Catch::Contains("feature 3: the id is empty"));
    CHECK_THAT(all, Catch::Contains("feature 4 (code D): the feature has no geometry"));
    CHECK_THAT(all, Catch::Contains("feature 5 (code E): "));
    CHECK_THAT(all, Catch::Contains("column people: \"inf\" is not a finite number"));
    CHECK_THAT(all, Catch::Contains("feature 7 (code G): the coordinates"));
    CHECK_THAT(all, Catch::Contains("feature 8 (code H): a coordinate is NaN"));
}

TEST_CASE("files, layers and columns that are not there are named", "[geo][io]") {
    const TempFolder folder;
    const auto path = make_layer(folder, "a.gpkg", 4326, {{"A", 1, "POINT (1 1)"}});
    CHECK_THROWS_WITH(read_vector_layer(ask(folder / "no.gpkg")), Catch::Contains("there is no such file"));
    CHECK_THROWS_WITH(read_vector_layer(ask(folder.write("x.gpkg", "this is no database"))),
                      Catch::Contains("cannot be read as a vector layer"));
    CHECK_THROWS_WITH(read_vector_layer(ask(make_layer(folder, "e.gpkg", 4326, {}))),
                      Catch::Contains("the layer is empty"));
    VectorLayerRequest request = ask(path);
    request.layer = "place";
    CHECK_THROWS_WITH(read_vector_layer(request), Catch::Contains("did you mean \"places\"?"));
    request = ask(path);
    request.fields = {{"poeple", FieldType::real, FieldPresence::required},
                      {"mayor", FieldType::text, FieldPresence::optional},
                      {"photo", FieldType::real, FieldPresence::required}};
    request.id_field = "kode";
    const std::vector<Problem> problems = problems_of(request);
    REQUIRE(problems.size() == 3);
    CHECK_THAT(problems[0].fix, Catch::Contains("did you mean \"code\"?"));
    CHECK_THAT(problems[1].fix, Catch::Contains("did you mean \"people\"?"));
    CHECK_THAT(problems[2].what, Catch::Contains("column \"photo\" is of type Binary"));
    request = ask(path);
    request.fields = {{"mayor", FieldType::text, FieldPresence::optional}, {"people", FieldType::integer}};
    const VectorLayer layer = read_vector_layer(request);
    CHECK(std::holds_alternative<std::monostate>(layer.features[0].values[0]));
    CHECK(std::get<std::int64_t>(layer.features[0].values[1]) == 1);
    CHECK(list_layers(path) == std::vector<std::string>{"places"});
}

TEST_CASE("a CSV of points is a layer once its reference system is stated", "[geo][io]") {
    const TempFolder folder;
    VectorLayerRequest request =
        ask(folder.write("p.csv", "code,lon,lat,people\nNA,17.1,-22.6,5\nB,1,2,many\n"));
    CHECK_THAT(problems_of(request).at(0).what,
               Catch::Contains("does not say its coordinate reference system"));
    request.crs_override = "EPSG:4326";
    CHECK_THAT(problems_of(request).at(0).what, Catch::Contains("\"many\" is not a finite number"));
    request.path = folder.write("q.csv", "code,lon,lat,people\nNA,17.1,-22.6,5\n");
    CHECK(read_vector_layer(request).features[0].point == LonLat{17.1, -22.6});
    request.path = folder.write("r.csv", "code,lon,lat,people\nNA,,,5\n");
    CHECK_THAT(problems_of(request).at(0).what, Catch::Contains("geometry"));
}

TEST_CASE("rings that cross themselves are repaired where areas count", "[geo][io]") {
    const TempFolder folder;
    // A bow tie of two triangles of one square degree each, and a sound square.
    VectorLayerRequest request = ask(make_layer(folder, "b.gpkg", 4326,
                                                {{"bow", 1, "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))"},
                                                 {"sound", 1, "POLYGON ((10 0, 11 0, 11 1, 10 1, 10 0))"}}));
    request.polygons = PolygonUse::repair;
    const VectorLayer layer = read_vector_layer(request);
    const GeoGrid grid{GridSpace::lonlat_degrees, 0, 2, 0.5, 0.5, 24, 4};
    const auto area = [&](const MultiPolygon& zone) {
        double sum = 0.0;
        for (const CellFraction& cell : cover_cells(zone, grid)) sum += cell.fraction;
        return sum * 0.25;
    };
    REQUIRE(layer.features.size() == 2);
    CHECK(layer.features[0].id == "bow");
    CHECK(layer.features[0].polygons.size() == 2);
    CHECK(area(layer.features[0].polygons) == Approx(2.0).epsilon(1e-3));
    CHECK(layer.features[1].polygons.size() == 1);
    CHECK(area(layer.features[1].polygons) == Approx(1.0).epsilon(1e-3));
}

TEST_CASE("an area of which a repair leaves nothing is refused by name", "[geo][io]") {
    const TempFolder folder;
    VectorLayerRequest request =
        ask(make_layer(folder, "f.gpkg", 4326, {{"flat", 1, "POLYGON ((0 0, 1 1, 0 0, 0 0))"}}));
    request.polygons = PolygonUse::repair;
    const auto problems = problems_of(request);
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems.front().where, Catch::Contains("flat"));
    CHECK_THAT(problems.front().what, Catch::Contains("cannot be repaired"));
}

TEST_CASE("long edges of a projected area are cut up before they bend", "[geo][io]") {
    const TempFolder folder;
    // 600 km by 600 km in UTM 54 N, drawn by its four corners, and drawn every 100 m.
    std::string fine;
    const auto add = [&fine](double x, double y) {
        fine += (fine.empty() ? "" : ",") + std::to_string(x) + " " + std::to_string(y);
    };
    for (int i = 0; i < 6000; ++i) add(200000.0 + 100.0 * i, 3500000.0);
    for (int i = 0; i < 6000; ++i) add(800000.0, 3500000.0 + 100.0 * i);
    for (int i = 0; i < 6000; ++i) add(800000.0 - 100.0 * i, 4100000.0);
    for (int i = 0; i <= 6000; ++i) add(200000.0, 4100000.0 - 100.0 * i);
    const auto area_of = [&](const std::string& name, const std::string& ring) {
        VectorLayerRequest request;
        request.path = make_layer(folder, name, 32654, {{"a", 1.0, "POLYGON((" + ring + "))"}});
        request.polygons = PolygonUse::keep;
        return polygon_area_km2(read_vector_layer(request).features.at(0).polygons);
    };
    const double coarse_km2 =
        area_of("coarse.gpkg", "200000 3500000,800000 3500000,800000 4100000,200000 4100000,200000 3500000");
    CHECK(coarse_km2 == Approx(area_of("fine.gpkg", fine)).epsilon(1e-8));
}

TEST_CASE("a whole-number key that GDAL takes for its feature number can be the id", "[geo][io]") {
    const TempFolder folder;
    VectorLayerRequest request;
    request.path = make_layer(folder, "k.gpkg", 4326, {{"a", 1.0, "POINT(1 2)"}, {"b", 1.0, "POINT(3 4)"}});
    request.id_field = "fid";
    const auto layer = read_vector_layer(request);
    CHECK(layer.features.at(0).id == "1");
    CHECK(layer.features.at(1).id == "2");
}
