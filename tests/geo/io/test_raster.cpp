#include "geo/io/raster.h"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "geo/coverage.h"
#include "geo/ellipsoid.h"
#include "geo/problem.h"
#include "tests/geo/io/temp_folder.h"
#include "tests/support/told_progress.h"

using namespace domino::geo;
using namespace domino::geo::io;
using domino::geo::testing::TempFolder;

namespace {

struct Recipe {
    int columns = 4;
    int rows = 2;
    std::array<double, 6> affine{0, 1, 0, 2, 0, -1};
    int epsg = 4326;         ///< 0: none
    std::string proj4 = {};  ///< instead of a number
    GDALDataType type = GDT_Float64;
    std::vector<double> values;
    std::vector<std::string> options = {};  ///< of the driver, such as "TILED=YES"
    std::function<void(GDALDataset&)> finish = [](GDALDataset&) {};
};

std::filesystem::path make_raster(const TempFolder& folder, const std::string& name, const Recipe& recipe) {
    GDALAllRegister();
    const auto path = folder / name;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    CPLStringList options;
    for (const std::string& option : recipe.options) options.AddString(option.c_str());
    GDALDatasetUniquePtr dataset(
        driver->Create(path.string().c_str(), recipe.columns, recipe.rows, 1, recipe.type, options.List()));
    std::array<double, 6> affine = recipe.affine;
    dataset->SetGeoTransform(affine.data());
    if (recipe.epsg != 0) {
        OGRSpatialReference crs;
        crs.importFromEPSG(recipe.epsg);
        if (!recipe.proj4.empty()) crs.importFromProj4(recipe.proj4.c_str());
        crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        dataset->SetSpatialRef(&crs);
    }
    recipe.finish(*dataset);
    std::vector<double> values = recipe.values;
    REQUIRE(dataset->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, recipe.columns, recipe.rows, values.data(),
                                                recipe.columns, recipe.rows, GDT_Float64, 0, 0,
                                                nullptr) == CE_None);
    return path;
}

Raster open(const std::filesystem::path& path) {
    return Raster::open({path, {}});
}

std::optional<double> at(const Raster& raster, LonLat point, Sampling sampling = Sampling::nearest) {
    const std::vector<LonLat> points{point};
    return raster.sample(points, 1, sampling).at(0);
}

MultiPolygon box(double west, double south, double east, double north) {
    return {{{{west, south}, {east, south}, {east, north}, {west, north}}, {}}};
}

ZonalValue over(const Raster& raster, const MultiPolygon& zone) {
    const std::vector<MultiPolygon> zones{zone};
    return raster.summarize_zones(zones, 1).at(0);
}

}  // namespace

// 1 2 3 4    0–4 E, 0–2 N
// 5 6 7 8
TEST_CASE("points are sampled nearest and bilinear", "[geo][io]") {
    const TempFolder folder;
    const Raster raster = open(make_raster(folder, "a.tif", {.values = {1, 2, 3, 4, 5, 6, 7, 8}}));
    CHECK(raster.bands() == 1);
    CHECK(at(raster, {0.1, 1.9}) == 1.0);
    CHECK(at(raster, {3.9, 0.1}) == 8.0);
    CHECK(at(raster, {4.0, 0.0}) == 8.0);
    CHECK_FALSE(at(raster, {4.1, 0.5}));
    CHECK_FALSE(at(raster, {1.0, 2.1}));
    CHECK(at(raster, {0.5, 1.5}, Sampling::bilinear) == 1.0);
    CHECK(at(raster, {1.0, 1.0}, Sampling::bilinear) == 3.5);
    CHECK(*at(raster, {1.25, 1.5}, Sampling::bilinear) == Approx(1.75));
    CHECK(at(raster, {0.0, 2.0}, Sampling::bilinear) == 1.0);
    const std::vector<LonLat> points{{1, 1}};
    CHECK_THROWS_WITH(raster.sample(points, 2, Sampling::nearest), Catch::Contains("there is no band 2"));
}

TEST_CASE("nodata is no value however it was stored", "[geo][io]") {
    const TempFolder folder;
    const auto with_nodata = [](double nodata) {
        return [nodata](GDALDataset& d) { d.GetRasterBand(1)->SetNoDataValue(nodata); };
    };
    const Raster plain = open(make_raster(
        folder, "a.tif", {.values = {-9999, 2, 3, 4, 5, 6, 7, NAN}, .finish = with_nodata(-9999)}));
    CHECK_FALSE(at(plain, {0.5, 1.5}));
    CHECK_FALSE(at(plain, {3.5, 0.5}));
    CHECK(at(plain, {1.5, 1.5}) == 2.0);
    CHECK(at(plain, {0.6, 1.5}, Sampling::bilinear) == 2.0);  // the nodata neighbour is left out
    // −1 kept in unsigned cells reads 255; -9999 in 16 bits reads 55537.
    const Raster bytes = open(
        make_raster(folder, "b.tif",
                    {.type = GDT_Byte, .values = {255, 2, 3, 4, 5, 6, 7, 0}, .finish = with_nodata(-1)}));
    CHECK_FALSE(at(bytes, {0.5, 1.5}));
    CHECK(at(bytes, {3.5, 0.5}) == 0.0);
    const Raster words = open(make_raster(
        folder, "w.tif",
        {.type = GDT_UInt16, .values = {55537, 2, 3, 4, 5, 6, 7, 0}, .finish = with_nodata(-9999)}));
    CHECK_FALSE(at(words, {0.5, 1.5}));
    // The header says -3.4e38, the cells hold the lowest float.
    const double lowest = static_cast<double>(std::numeric_limits<float>::lowest());
    const Raster floats = open(make_raster(folder, "f.tif",
                                           {.type = GDT_Float32,
                                            .values = {lowest, 2, 3, 4, 5, 6, 7, 0},
                                            .finish = with_nodata(-3.4028235e38)}));
    CHECK_FALSE(at(floats, {0.5, 1.5}));
    CHECK(at(floats, {1.5, 1.5}) == 2.0);
}

TEST_CASE("masks, scale and offset are honoured", "[geo][io]") {
    const TempFolder folder;
    const Raster scaled = open(
        make_raster(folder, "s.tif",
                    {.type = GDT_Int16, .values = {10, 2, 3, 4, 5, 6, 7, 8}, .finish = [](GDALDataset& d) {
                         d.GetRasterBand(1)->SetScale(0.1);
                         d.GetRasterBand(1)->SetOffset(100.0);
                         d.GetRasterBand(1)->SetDescription("ghi");
                     }}));
    CHECK(*at(scaled, {0.5, 1.5}) == Approx(101.0));
    CHECK(scaled.band_description(1) == "ghi");
    const Raster masked = open(make_raster(
        folder, "m.tif", {.values = {1, 2, 3, 4, 5, 6, 7, 8}, .finish = [](GDALDataset& d) {
                              d.CreateMaskBand(GMF_PER_DATASET);
                              std::array<unsigned char, 8> mask{0, 255, 255, 255, 255, 255, 255, 255};
                              REQUIRE(d.GetRasterBand(1)->GetMaskBand()->RasterIO(GF_Write, 0, 0, 4, 2,
                                                                                  mask.data(), 4, 2, GDT_Byte,
                                                                                  0, 0, nullptr) == CE_None);
                          }}));
    CHECK_FALSE(at(masked, {0.5, 1.5}));
    CHECK(at(masked, {1.5, 1.5}) == 2.0);
}

TEST_CASE("south-up rasters are read the right way up", "[geo][io]") {
    const TempFolder folder;
    const Raster raster = open(
        make_raster(folder, "s.tif", {.affine = {0, 1, 0, 0, 0, 1}, .values = {5, 6, 7, 8, 1, 2, 3, 4}}));
    CHECK(at(raster, {0.1, 1.9}) == 1.0);
    CHECK(at(raster, {3.9, 0.1}) == 8.0);
    CHECK(raster.read_band(1).values == std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8});
    CHECK(raster.read_band(1).grid == GeoGrid{GridSpace::lonlat_degrees, 0, 2, 1, 1, 4, 2});
    CHECK(over(raster, box(0, 1, 1, 2)).sum == 1.0);
    CHECK(over(raster, box(0, 0, 4, 2)).sum == Approx(36.0));
}

TEST_CASE("rasters from 0 to 360 meet places from -180 to 180", "[geo][io]") {
    const TempFolder folder;
    // 1 | 2 | 3 | 4 in quarters of the globe: 0–90, 90–180, 180–270, 270–360.
    const Raster raster = open(
        make_raster(folder, "w.tif", {.rows = 1, .affine = {0, 90, 0, 90, 0, -180}, .values = {1, 2, 3, 4}}));
    CHECK(at(raster, {-179, 0}) == 3.0);
    CHECK(at(raster, {-1, 0}) == 4.0);
    CHECK(at(raster, {180, 0}) == 3.0);
    CHECK(at(raster, {1, 0}) == 1.0);
    CHECK(*at(raster, {0, 0}, Sampling::bilinear) == Approx(2.5));  // across the seam, 4 and 1
    CHECK(*at(raster, {-10, 0}, Sampling::bilinear) == Approx(4 - 35.0 / 90 * 3));
    CHECK(over(raster, box(-180, -90, -90, 90)).sum == Approx(3.0));
    CHECK(over(raster, box(-45, -90, 45, 90)).sum == Approx(0.5 * 4 + 0.5 * 1));
}

TEST_CASE("a raster across the antimeridian serves both sides", "[geo][io]") {
    const TempFolder folder;
    const Raster raster = open(
        make_raster(folder, "f.tif", {.rows = 1, .affine = {178, 1, 0, -16, 0, -1}, .values = {1, 2, 3, 4}}));
    CHECK(at(raster, {179.5, -16.5}) == 2.0);
    CHECK(at(raster, {-179.5, -16.5}) == 3.0);
    CHECK(at(raster, {180, -16.5}) == 3.0);
    MultiPolygon fiji = box(179, -17, 180, -16);
    fiji.push_back(box(-180, -17, -179, -16)[0]);
    CHECK(over(raster, fiji).sum == Approx(5.0));
}

TEST_CASE("places in degrees meet a raster in metres", "[geo][io]") {
    const TempFolder folder;
    // UTM 54N, cells of 10 km; the central meridian 141 E runs between columns 1 and 2, the equator along the
    // top.
    const Raster raster = open(make_raster(
        folder, "u.tif",
        {.affine = {480000, 10000, 0, 0, 0, -10000}, .epsg = 32654, .values = {1, 2, 3, 4, 5, 6, 7, 8}}));
    CHECK(raster.crs() == "WGS 84 / UTM zone 54N");
    CHECK(at(raster, {141.05, -0.05}) == 3.0);
    CHECK(at(raster, {140.95, -0.05}) == 2.0);
    CHECK(at(raster, {141.05, -0.15}) == 7.0);
    CHECK_FALSE(at(raster, {20, 40}));
    CHECK_FALSE(at(raster, {-39, 0}));
    const ZonalValue everything = over(raster, box(140, -1, 142, 1));
    CHECK(everything.sum == Approx(36.0));
    CHECK(everything.mean == Approx(4.5));
    // UTM makes lengths smaller by 0.9996 on its meridian.
    CHECK(everything.valid_area_km2 == Approx(800.0 / (0.9996 * 0.9996)).epsilon(1e-5));
    // East of the meridian: the right half.
    CHECK(over(raster, box(141, -1, 142, 1)).sum == Approx(3 + 4 + 7 + 8).epsilon(1e-9));
    CHECK(raster.read_band(1).grid == GeoGrid{GridSpace::projected_metres, 480000, 0, 10000, 10000, 4, 2});
}

TEST_CASE("zones far wider than a projected raster cover it whole", "[geo][io]") {
    const TempFolder folder;
    const Raster raster = open(make_raster(
        folder, "u.tif",
        {.affine = {480000, 10000, 0, 0, 0, -10000}, .epsg = 32654, .values = {1, 2, 3, 4, 5, 6, 7, 8}}));
    CHECK(over(raster, box(-180, -90, 180, 90)).sum == Approx(36.0));
    CHECK(over(raster, box(-180, -90, 141, 90)).sum == Approx(1 + 2 + 5 + 6).epsilon(1e-9));
    CHECK(over(raster, box(-180, -90, 0, 90)).sum == 0.0);
    // UTM 60S runs up to the antimeridian; the places beyond it are written with negative longitudes.
    const Raster fiji = open(make_raster(folder, "f.tif",
                                         {.affine = {780000, 50000, 0, 8150000, 0, -50000},
                                          .epsg = 32760,
                                          .values = {1, 1, 1, 1, 1, 1, 1, 1}}));
    MultiPolygon both = box(170, -25, 180, -10);
    const double west_part = over(fiji, both).sum;
    both.push_back(box(-180, -25, -170, -10)[0]);
    CHECK(west_part > 0.5);
    CHECK(west_part < 7.5);
    CHECK(over(fiji, both).sum == Approx(8.0));
}

TEST_CASE("zonal sums agree between degrees and an equal-area projection", "[geo][io]") {
    const TempFolder folder;
    // One person a km² on a cylindrical equal-area grid (EPSG:6933) of 25 km cells over Honshu.
    const std::vector<double> people(40 * 40, 625.0);
    const Raster raster = open(make_raster(folder, "e.tif",
                                           {.columns = 40,
                                            .rows = 40,
                                            .affine = {13000000, 25000, 0, 4800000, 0, -25000},
                                            .epsg = 6933,
                                            .values = people}));
    const MultiPolygon zone{
        {{{136, 34}, {140, 34.5}, {139, 38}, {137, 37}}, {{{137.5, 35.5}, {138, 35.5}, {138, 36}}}}};
    const ZonalValue found = over(raster, zone);
    double area = 0.0;
    const GeoGrid fine{GridSpace::lonlat_degrees, 130, 45, 0.05, 0.05, 400, 400};
    for (const auto& cell : cover_cells(zone, fine))
        area += cell.fraction * fine.cell_area_km2(fine.position(cell.cell).row);
    CHECK(found.sum == Approx(area).epsilon(1e-6));
    CHECK(found.mean == Approx(625.0));
}

TEST_CASE("in a projection that stretches, shares and means are by area on the ellipsoid", "[geo][io]") {
    const TempFolder folder;
    // Web Mercator: cells are boxes of longitude and latitude, so every share can be told exactly.
    constexpr int columns = 40, rows = 60;
    for (const double cell_m : {150'000.0, 3'000.0}) {
        CAPTURE(cell_m);
        const double west_m = 200'000.0, north_m = 9'000'000.0;
        Recipe recipe{.columns = columns,
                      .rows = rows,
                      .affine = {west_m, cell_m, 0, north_m, 0, -cell_m},
                      .values = {}};
        recipe.epsg = 3857;
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column)
                recipe.values.push_back(row * row + 3 * column + 1);
        const Raster raster = open(make_raster(folder, "web.tif", recipe));
        const auto lon = [](double x) { return x / Wgs84::semi_major_m * 180.0 / M_PI; };
        const auto lat = [](double y) {
            return std::atan(std::sinh(y / Wgs84::semi_major_m)) * 180.0 / M_PI;
        };
        // Edges that lie on no edge of a cell.
        const double west = lon(west_m + 3.3 * cell_m), east = lon(west_m + 35.6 * cell_m);
        const double north = lat(north_m - 2.7 * cell_m), south = lat(north_m - 51.2 * cell_m);
        double sum = 0.0, weighted = 0.0, area = 0.0;
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                const double w = lon(west_m + column * cell_m), e = lon(west_m + (column + 1) * cell_m);
                const double n = lat(north_m - row * cell_m), s = lat(north_m - (row + 1) * cell_m);
                if (e <= west || w >= east || n <= south || s >= north) continue;
                const double inside = rectangle_area_km2(std::max(w, west), std::max(s, south),
                                                         std::min(e, east), std::min(n, north));
                const double value = row * row + 3 * column + 1;
                sum += value * inside / rectangle_area_km2(w, s, e, n);
                weighted += value * inside;
                area += inside;
            }
        }
        const std::vector<MultiPolygon> zones{box(west, south, east, north)};
        const ZonalValue found = raster.summarize_zones(zones, 1).front();
        // The largest cells span 1.4° of latitude: their area is taken from differences over the cell.
        const double tolerance = cell_m > 10'000.0 ? 1e-4 : 1e-6;
        CHECK(found.sum == Approx(sum).epsilon(tolerance));
        CHECK(found.mean == Approx(weighted / area).epsilon(tolerance));
        CHECK(found.valid_area_km2 == Approx(area).epsilon(tolerance));
        const std::vector<double> areas = raster.cell_areas_km2();
        const double w = lon(west_m + 7 * cell_m), e = lon(west_m + 8 * cell_m);
        const double n = lat(north_m - 5 * cell_m), s = lat(north_m - 6 * cell_m);
        CHECK(areas[5 * columns + 7] == Approx(rectangle_area_km2(w, s, e, n)).epsilon(tolerance));
        const auto classes = raster.classify_zones(raster.cover_zones(zones), 1).front();
        double of_classes = 0.0;
        for (const auto& [value, km2] : classes) of_classes += km2;
        CHECK(of_classes == Approx(area).epsilon(tolerance));
    }
}

TEST_CASE("projections that keep areas of a sphere only are measured on the ellipsoid", "[geo][io]") {
    struct Projection {
        std::string proj4;
        double radius_m;
        /// y of a latitude, and x of a radian of longitude there, on a sphere of radius 1.
        std::function<std::pair<double, double>(double)> at_latitude;
    };
    const auto mollweide = [](double lat) {
        double angle = lat;
        for (int i = 0; i < 50; ++i)
            angle -= (2.0 * angle + std::sin(2.0 * angle) - M_PI * std::sin(lat)) /
                     (2.0 + 2.0 * std::cos(2.0 * angle));
        return std::pair{std::sqrt(2.0) * std::sin(angle), 2.0 * std::sqrt(2.0) / M_PI * std::cos(angle)};
    };
    const auto sinusoidal = [](double lat) { return std::pair{lat, std::cos(lat)}; };
    // PROJ has Mollweide on a sphere whatever the ellipsoid; the sinusoidal sphere is that of MODIS.
    const std::vector<Projection> projections = {
        {"+proj=moll +lon_0=0 +datum=WGS84 +units=m", Wgs84::semi_major_m, mollweide},
        {"+proj=sinu +lon_0=0 +R=6371007.181 +units=m", 6371007.181, sinusoidal}};
    constexpr int columns = 250, rows = 320;
    constexpr double cell_m = 20'000.0, west_m = 0.0, north_m = 8'000'000.0;
    const auto value = [](int column, int row) { return 1000.0 + 3.0 * row + column; };
    for (const Projection& projection : projections) {
        CAPTURE(projection.proj4);
        const TempFolder folder;
        Recipe recipe{.columns = columns,
                      .rows = rows,
                      .affine = {west_m, cell_m, 0, north_m, 0, -cell_m},
                      .proj4 = projection.proj4,
                      .values = {}};
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column) recipe.values.push_back(value(column, row));
        const Raster raster = open(make_raster(folder, "sphere.tif", recipe));
        // The zone in strips so fine that which cell each piece is in hardly matters.
        constexpr double west = 3.3, east = 31.7, south = 15.2, north = 64.8;
        constexpr int strips = 40'000, steps = 1'000;
        constexpr double radians = M_PI / 180.0, across = (east - west) / steps,
                         up = (north - south) / strips;
        double weighted = 0.0;
        for (int i = 0; i < strips; ++i) {
            const double lat = south + (i + 0.5) * up;
            const auto [y, x_of_radian] = projection.at_latitude(lat * radians);
            const int row = static_cast<int>((north_m - y * projection.radius_m) / cell_m);
            double sum = 0.0;
            for (int k = 0; k < steps; ++k) {
                const double lon = (west + (k + 0.5) * across) * radians;
                sum +=
                    value(static_cast<int>((lon * x_of_radian * projection.radius_m - west_m) / cell_m), row);
            }
            weighted += sum * rectangle_area_km2(west, lat - 0.5 * up, west + across, lat + 0.5 * up);
        }
        const std::vector<MultiPolygon> zones{box(west, south, east, north)};
        const ZonalValue found = raster.summarize_zones(zones, 1).front();
        const double area = rectangle_area_km2(west, south, east, north);
        CHECK(found.valid_area_km2 == Approx(area).epsilon(1e-6));
        CHECK(found.mean == Approx(weighted / area).epsilon(1e-6));
    }
}

TEST_CASE("the earth's outline on a projection loses no area", "[geo][io]") {
    const TempFolder folder;
    // Mollweide's outline, which is 180°, runs through the middle of these cells.
    const Raster raster = open(make_raster(folder, "outline.tif",
                                           {.columns = 60,
                                            .rows = 120,
                                            .affine = {17'000'000, 25'000, 0, 1'500'000, 0, -25'000},
                                            .proj4 = "+proj=moll +lon_0=0 +datum=WGS84 +units=m",
                                            .values = std::vector<double>(60 * 120, 1.0)}));
    const ZonalValue found = over(raster, box(175, -8, 180, 8));
    CHECK(found.valid_area_km2 == Approx(rectangle_area_km2(175, -8, 180, 8)).epsilon(1e-4));
}

TEST_CASE("zones count cells by their exact share", "[geo][io]") {
    const TempFolder folder;
    const Raster raster =
        open(make_raster(folder, "z.tif", {.values = {1, 2, 3, 4, 5, 6, 7, -1}, .finish = [](GDALDataset& d) {
                                               d.GetRasterBand(1)->SetNoDataValue(-1);
                                           }}));
    CHECK(over(raster, box(0.5, 1, 1.5, 2)).sum == Approx(1.5));
    CHECK(over(raster, box(0.5, 1, 1.5, 2)).mean == Approx(1.5));
    const ZonalValue corner = over(raster, box(3, 0, 4, 2));
    CHECK(corner.sum == Approx(4.0));
    CHECK(corner.missing_area_km2 == Approx(rectangle_area_km2(3, 0, 4, 1)));
    const ZonalValue missing = over(raster, box(3.2, 0.2, 3.8, 0.8));
    CHECK(missing.sum == 0.0);
    CHECK(std::isnan(missing.mean));
    CHECK(std::isnan(over(raster, box(50, 50, 51, 51)).mean));
    // Far smaller than a cell: the centre rule would see nothing.
    CHECK(over(raster, box(1.01, 0.01, 1.02, 0.02)).mean == Approx(6.0));
}

TEST_CASE("rotated rasters of metres are read in their own cells", "[geo][io]") {
    const TempFolder folder;
    // Cells of 10 km turned by 90°: columns go north, rows go east.
    const Raster raster = open(make_raster(folder, "r.tif",
                                           {.columns = 2,
                                            .rows = 2,
                                            .affine = {500000, 0, 10000, 0, 10000, 0},
                                            .epsg = 32654,
                                            .values = {1, 2, 3, 4}}));
    CHECK(at(raster, {141.05, 0.05}) == 1.0);
    CHECK(at(raster, {141.05, 0.15}) == 2.0);
    CHECK(at(raster, {141.15, 0.05}) == 3.0);
    CHECK(over(raster, box(140.5, -1, 142, 1)).sum == Approx(10.0));
    CHECK_THROWS_WITH(raster.read_band(1), Catch::Contains("turned"));
}

TEST_CASE("rasters that cannot be placed say so", "[geo][io]") {
    const TempFolder folder;
    const std::vector<double> values(8, 1.0);
    const auto naked = make_raster(folder, "n.tif", {.epsg = 0, .values = values});
    CHECK_THROWS_WITH(open(naked),
                      Catch::Contains("the raster does not say its coordinate reference system") &&
                          Catch::Contains("EPSG:4326"));
    CHECK(at(Raster::open({naked, "EPSG:4326"}), {0.5, 0.5}) == 1.0);
    const auto utm = make_raster(folder, "u.tif", {.epsg = 32654, .values = values});
    CHECK_THROWS_WITH(Raster::open({utm, "EPSG:4326"}), Catch::Contains("only one can be true"));
    CHECK_THROWS_WITH(open(folder / "none.tif"), Catch::Contains("there is no such file"));
    CHECK_THROWS_WITH(open(folder.write("text.tif", "not a picture")),
                      Catch::Contains("cannot be read as a raster"));
    const auto turned = make_raster(folder, "t.tif", {.affine = {0, 1, 0.2, 2, 0.2, -1}, .values = values});
    CHECK_THROWS_WITH(open(turned), Catch::Contains("turned against longitude and latitude"));
}

TEST_CASE("a raster whose CRS carries the number of a geocentric one is refused", "[geo][io]") {
    CHECK_THROWS_WITH(open(DOMINO_SOURCE_DIR "/tests/fuzz/corpus/raster/geocentric_code.tif"),
                      Catch::Contains("carries the number of another kind") && Catch::Contains("EPSG:4342"));
}

TEST_CASE("a damaged raster is an error when it is read", "[geo][io]") {
    const TempFolder folder;
    const auto path = make_raster(folder, "d.tif",
                                  {.columns = 400, .rows = 400, .values = std::vector<double>(160000, 3.0)});
    const std::string bytes = testing::read_bytes(path);
    const auto cut = folder.write("cut.tif", bytes.substr(0, bytes.size() / 2));
    try {
        const Raster raster = open(cut);
        raster.read_band(1);
        FAIL("half of the cells are missing");
    } catch (const ProblemError& error) {
        CHECK_THAT(error.what(), Catch::Contains("cut.tif"));
    }
}

TEST_CASE("one coverage serves every raster on its grid, and no other", "[geo][io]") {
    const TempFolder folder;
    const Raster values = open(make_raster(folder, "v.tif", {.values = {1, 2, 3, 4, 5, 6, 7, 8}}));
    const Raster people = open(make_raster(folder, "p.tif", {.values = {0, 3, 1, 0, 0, 0, 2, 0}}));
    const Raster classes = open(make_raster(folder, "c.tif", {.values = {1, 1, 2, 2, 2, 1, 2, 2}}));
    const std::vector<MultiPolygon> zones{box(0, 0, 4, 2), box(0.5, 1, 2.5, 2), box(50, 50, 51, 51)};
    const ZoneCoverage coverage = values.cover_zones(zones);
    std::vector<double> told;
    const auto sums = values.summarize_zones(coverage, 1, [&](double share) { told.push_back(share); });
    CHECK(sums[0].sum == Approx(36.0));
    CHECK(sums[1].sum == Approx(0.5 * 1 + 2 + 0.5 * 3));
    CHECK(std::isnan(sums[2].mean));
    REQUIRE(!told.empty());
    CHECK(told.back() == 1.0);
    // Weighted by people: (3·2 + 1·3 + 2·7) / 6, and (3·2 + 0.5·3) / 3.5.
    const auto weighted = values.weigh_zones(coverage, 1, people, 1);
    CHECK(*weighted[0].mean() == Approx(23.0 / 6.0));
    CHECK(*weighted[1].mean() == Approx(7.5 / 3.5));
    CHECK_FALSE(weighted[2].mean());
    CHECK(weighted[1].known_km2 == Approx(rectangle_area_km2(0.5, 1, 2.5, 2)));
    const Raster below = open(make_raster(folder, "below.tif", {.values = {0, 3, 1, 0, -9999, 0, 2, 0}}));
    CHECK_THROWS_WITH(values.weigh_zones(coverage, 1, below, 1),
                      Catch::Contains("below.tif") && Catch::Contains("the weights hold -9999"));
    CHECK_THROWS_WITH(below.sum_weights(coverage, 1), Catch::Contains("the weights hold -9999"));
    CHECK(people.sum_weights(coverage, 1)[1] == Approx(3.5));
    const auto shares = classes.classify_zones(coverage, 1);
    CHECK(shares[1].at(1.0) == Approx(rectangle_area_km2(0.5, 1, 2, 2)));
    CHECK(shares[1].at(2.0) == Approx(rectangle_area_km2(2, 1, 2.5, 2)));
    CHECK(shares[2].empty());
    const Raster other = open(
        make_raster(folder, "o.tif", {.affine = {1, 1, 0, 2, 0, -1}, .values = {1, 2, 3, 4, 5, 6, 7, 8}}));
    CHECK_THROWS_WITH(other.summarize_zones(coverage, 1), Catch::Contains("covered for another grid"));
    CHECK_THROWS_WITH(values.weigh_zones(coverage, 1, other, 1), Catch::Contains("o.tif"));
}

TEST_CASE("a raster read in many strips sums as one read whole, south-up too", "[geo][io]") {
    const TempFolder folder;
    constexpr int columns = 3000, rows = 4000;
    std::vector<double> values(static_cast<std::size_t>(columns) * rows);
    std::uint32_t state = 7;
    for (double& value : values) value = (state = state * 1664525u + 1013904223u) >> 20;
    const double cell = 0.01;
    Recipe recipe{.columns = columns,
                  .rows = rows,
                  .affine = {100, cell, 0, 40, 0, -cell},
                  .type = GDT_UInt16,
                  .values = values};
    const Raster north_up = open(make_raster(folder, "n.tif", recipe));
    recipe.affine = {100, cell, 0, 40 - rows * cell, 0, cell};
    for (int row = 0; row < rows / 2; ++row)
        std::swap_ranges(recipe.values.begin() + row * columns, recipe.values.begin() + (row + 1) * columns,
                         recipe.values.begin() + (rows - 1 - row) * columns);
    const Raster south_up = open(make_raster(folder, "s.tif", recipe));
    const std::vector<MultiPolygon> zones{
        {{{{101.3, 2.2}, {128.7, 5.1}, {120.123, 39.3}}, {{{118, 10}, {119, 10}, {119, 15}}}}},
        box(100, 0, 130, 40)};
    int strips = 0;
    const auto found = north_up.summarize_zones(north_up.cover_zones(zones), 1, [&](double) { ++strips; });
    CHECK(strips > 1);
    const RasterBand whole = north_up.read_band(1);
    for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        double sum = 0.0;
        for (const CellFraction& part : cover_cells(zones[zone], whole.grid))
            sum += part.fraction * whole.values[static_cast<std::size_t>(part.cell)];
        CHECK(std::fabs(found[zone].sum / sum - 1.0) < 1e-9);
        CHECK(over(south_up, zones[zone]).sum == Approx(sum).epsilon(1e-9));
    }
}

TEST_CASE("sums do not depend on how a file is cut into blocks, nor on its type", "[geo][io]") {
    const TempFolder folder;
    Recipe recipe{.columns = 101, .rows = 67, .affine = {0, 0.1, 0, 6.7, 0, -0.1}, .values = {}};
    for (int i = 0; i < 101 * 67; ++i) recipe.values.push_back(i % 11 == 0 ? 255.0 : (i * 37) % 251);
    recipe.finish = [](GDALDataset& d) {
        d.GetRasterBand(1)->SetNoDataValue(255.0);
        d.GetRasterBand(1)->SetScale(0.1);
    };
    // Overlapping and slanted, one wider than the raster, so that runs cross blocks and begin within one.
    const std::vector<MultiPolygon> zones{
        box(-1, -1, 12, 8), {{{{0.33, 0.21}, {9.7, 1.1}, {5.2, 6.6}}, {}}}, box(3.05, 2.0, 3.15, 6.0)};
    const auto whole = open(make_raster(folder, "whole.tif", recipe)).summarize_zones(zones, 1);
    CHECK(whole[0].sum == Approx([&] {
                              double sum = 0.0;
                              for (const double value : recipe.values)
                                  sum += value == 255.0 ? 0.0 : value * 0.1;
                              return sum;
                          }())
                              .epsilon(1e-12));
    int file = 0;
    for (const GDALDataType type :
         {GDT_Byte, GDT_UInt16, GDT_Int16, GDT_UInt32, GDT_Int32, GDT_Float32, GDT_Float64}) {
        recipe.type = type;
        for (const std::vector<std::string>& options : std::vector<std::vector<std::string>>{
                 {"BLOCKYSIZE=1"},
                 {"BLOCKYSIZE=7", "COMPRESS=DEFLATE"},
                 {"BLOCKYSIZE=67"},
                 {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=32"},
                 {"TILED=YES", "BLOCKXSIZE=48", "BLOCKYSIZE=16", "COMPRESS=LZW"}}) {
            recipe.options = options;
            const auto cut =
                open(make_raster(folder, std::to_string(file++) + ".tif", recipe)).summarize_zones(zones, 1);
            for (std::size_t zone = 0; zone < zones.size(); ++zone) {
                CHECK(cut[zone].sum == whole[zone].sum);
                CHECK(cut[zone].mean == whole[zone].mean);
                CHECK(cut[zone].valid_area_km2 == whole[zone].valid_area_km2);
                CHECK(cut[zone].missing_area_km2 == whole[zone].missing_area_km2);
            }
        }
    }
}

TEST_CASE("a raster tells how far it is read, however it is read", "[geo][io]") {
    const TempFolder folder;
    const Raster raster = open(make_raster(folder, "v.tif", {.values = {1, 2, 3, 4, 5, 6, 7, 8}}));
    domino::test::ToldProgress told;
    raster.read_band(1, told.of("band"));
    raster.read_window(1, {0.5, 1.5, 0.5, 1.5}, told.of("window"));
    const std::vector<MultiPolygon> zones{box(0, 0, 4, 2)};
    const ZoneCoverage coverage = raster.cover_zones(zones);
    raster.summarize_zones(coverage, 1, told.of("sums"));
    raster.weigh_zones(coverage, 1, raster, 1, told.of("weights"));
    raster.classify_zones(coverage, 1, told.of("classes"));
    told.check_whole("band", 2);
    for (const char* way : {"window", "sums", "weights", "classes"}) told.check_whole(way);
}

TEST_CASE("a window of a raster holds its extent in whole cells", "[geo][io]") {
    const TempFolder folder;
    const Raster raster = open(make_raster(folder, "w.tif", {.values = {1, 2, 3, 4, 5, 6, 7, 8}}));
    const RasterBand part = raster.read_window(1, {1.2, 0.1, 2.8, 0.9});
    CHECK(part.grid == GeoGrid{GridSpace::lonlat_degrees, 1, 1, 1, 1, 2, 1});
    CHECK(part.values == std::vector<double>{6, 7});
    // Beyond the edge or across 180°: the full width.
    CHECK(raster.read_window(1, {3, 1.1, 5, 1.9}).values == std::vector<double>{1, 2, 3, 4});
    CHECK(raster.read_window(1, {170, 0.1, -170, 0.9}).values == std::vector<double>{5, 6, 7, 8});
    CHECK(raster.read_window(1, {-180, -90, 180, 90}).values == raster.read_band(1).values);
}

TEST_CASE("a count keeps its sum in every projection: zones that fill a raster share all of it",
          "[geo][io]") {
    const TempFolder folder;
    // 40 × 40 cells of a count in UTM 54 N, cut by a net of zones in degrees that covers all of it and more.
    std::vector<double> counts;
    double total = 0.0;
    for (int i = 0; i < 1600; ++i) total += counts.emplace_back((i * 7919) % 101);
    const Raster utm = open(make_raster(folder, "n.tif",
                                        {.columns = 40,
                                         .rows = 40,
                                         .affine = {300000, 10000, 0, 4200000, 0, -10000},
                                         .epsg = 32654,
                                         .values = counts}));
    std::vector<MultiPolygon> zones;
    for (int x = 0; x < 8; ++x) {
        for (int y = 0; y < 8; ++y)
            zones.push_back(box(138.0 + 0.7 * x, 33.0 + 0.7 * y, 138.7 + 0.7 * x, 33.7 + 0.7 * y));
    }
    double sum = 0.0;
    for (const ZonalValue& value : utm.summarize_zones(zones, 1)) sum += value.sum;
    CHECK(sum == Approx(total).epsilon(1e-9));
}
