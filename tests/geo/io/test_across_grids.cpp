// Means weighted by a raster on another grid, against the pieces counted one by one.
#include <catch2/catch.hpp>

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "geo/ellipsoid.h"
#include "geo/io/layer_weights.h"
#include "geo/io/polygon_overlay.h"
#include "geo/io/raster.h"
#include "tests/geo/io/temp_folder.h"

using namespace domino::geo;
using namespace domino::geo::io;
using domino::geo::testing::TempFolder;

namespace {

struct Layout {
    std::string crs = "EPSG:4326";
    double west = 0.0, north = 0.0, cell = 1.0;
    int columns = 1, rows = 1;
    bool south_up = false;
};

/// Values by column and row from the north-west.
using Value = std::function<double(int column, int row)>;

Raster write(const TempFolder& folder, const std::string& name, const Layout& layout, const Value& value) {
    GDALAllRegister();
    const std::string path = (folder / name).string();
    GDALDatasetUniquePtr file(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        path.c_str(), layout.columns, layout.rows, 1, GDT_Float64, nullptr));
    double affine[6] = {layout.west, layout.cell, 0, layout.north, 0, -layout.cell};
    if (layout.south_up) {
        affine[3] = layout.north - layout.cell * layout.rows;
        affine[5] = layout.cell;
    }
    file->SetGeoTransform(affine);
    OGRSpatialReference crs;
    crs.SetFromUserInput(layout.crs.c_str());
    file->SetSpatialRef(&crs);
    file->GetRasterBand(1)->SetNoDataValue(-1.0);
    for (int row = 0; row < layout.rows; ++row) {
        std::vector<double> line;
        for (int column = 0; column < layout.columns; ++column) line.push_back(value(column, row));
        const int stored = layout.south_up ? layout.rows - 1 - row : row;
        REQUIRE(file->GetRasterBand(1)->RasterIO(GF_Write, 0, stored, layout.columns, 1, line.data(),
                                                 layout.columns, 1, GDT_Float64, 0, 0) == CE_None);
    }
    file.reset();
    return Raster::open({path, std::nullopt});
}

/// Repeatable numbers; one in eight is no value.
double scattered(int column, int row, std::uint32_t seed) {
    std::uint32_t state =
        seed + 977u * static_cast<std::uint32_t>(column) + 131071u * static_cast<std::uint32_t>(row);
    for (int i = 0; i < 3; ++i) state = state * 1664525u + 1013904223u;
    return (state >> 29) == 0 ? -1.0 : (state >> 12) % 1000;
}

/// A slanted star with a hole, one that crosses itself never.
MultiPolygon star(double lon, double lat, double size) {
    Ring outer, hole;
    for (int i = 0; i < 14; ++i) {
        const double angle = 0.3 + i * 2.0 * M_PI / 14, radius = size * (i % 2 == 0 ? 1.0 : 0.55);
        outer.push_back({lon + radius * std::cos(angle), lat + 0.8 * radius * std::sin(angle)});
        hole.push_back({lon + 0.3 * radius * std::cos(angle), lat + 0.25 * radius * std::sin(angle)});
    }
    return {{outer, {hole}}};
}

using Shape = std::unique_ptr<OGRGeometry>;

Shape to_shape(const MultiPolygon& area) {
    auto shape = std::make_unique<OGRPolygon>();
    for (const Polygon& polygon : area) {
        std::vector<Ring> rings = polygon.holes;
        rings.insert(rings.begin(), polygon.outer);
        for (const Ring& ring : rings) {
            OGRLinearRing line;
            for (const LonLat p : ring) line.addPoint(p.lon_deg, p.lat_deg);
            line.closeRings();
            shape->addRing(&line);
        }
    }
    return shape;
}

Shape box_shape(double west, double south, double east, double north) {
    return to_shape({{{{west, south}, {east, south}, {east, north}, {west, north}}, {}}});
}

/// Square metres on the ellipsoid, of whatever polygons an intersection left.
double area_m2(const OGRGeometry& shape) {
    double sum = 0.0;
    const auto type = wkbFlatten(shape.getGeometryType());
    if (type == wkbMultiPolygon || type == wkbGeometryCollection) {
        for (const OGRGeometry* part : *shape.toGeometryCollection()) sum += area_m2(*part);
    } else if (type == wkbPolygon && !shape.IsEmpty()) {
        const OGRPolygon& polygon = *shape.toPolygon();
        const auto ring = [](const OGRLinearRing& line) {
            Ring points;
            for (int i = 0; i < line.getNumPoints(); ++i) points.push_back({line.getX(i), line.getY(i)});
            return points;
        };
        sum += 1e6 * polygon_area_km2({{ring(*polygon.getExteriorRing()), {}}});
        for (int i = 0; i < polygon.getNumInteriorRings(); ++i)
            sum -= 1e6 * polygon_area_km2({{ring(*polygon.getInteriorRing(i)), {}}});
    }
    return sum;
}

/// The mean by its definition, by GEOS: every cell of values cut by the zone, what is left by every cell of
/// weights; areas are those of the ellipsoid.
struct Reference {
    Reference(const Layout& values, const Layout& weights) : values_(values), weights_(weights) {
        OGRSpatialReference degrees;
        for (auto* crs : {&degrees, &metres_}) crs->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        degrees.SetFromUserInput("EPSG:4326");
        metres_.SetFromUserInput((is_metric(values) ? values : weights).crs.c_str());
        to_degrees_.reset(OGRCreateCoordinateTransformation(&metres_, &degrees));
    }

    double mean(const MultiPolygon& zone, const Value& value, const Value& weight) const {
        std::vector<Shape> cells;
        std::vector<double> values;
        for (int v = 0; v < values_.columns * values_.rows; ++v) {
            const double x = value(v % values_.columns, v / values_.columns);
            if (x < 0.0) continue;
            cells.push_back(in_degrees(values_, v));
            values.push_back(x);
        }
        return mean_of(zone, cells, values, weight);
    }

    /// The same of polygons instead of cells of values.
    double mean(const MultiPolygon& zone, const std::vector<MultiPolygon>& polygons,
                const std::vector<double>& values, const Value& weight) const {
        std::vector<Shape> shapes;
        for (const MultiPolygon& polygon : polygons) shapes.push_back(to_shape(polygon));
        return mean_of(zone, shapes, values, weight);
    }

 private:
    double mean_of(const MultiPolygon& zone, const std::vector<Shape>& shapes,
                   const std::vector<double>& values, const Value& weight) const {
        const Shape whole = to_shape(zone);
        double sum = 0.0, total = 0.0;
        for (std::size_t v = 0; v < shapes.size(); ++v) {
            const Shape piece(whole->Intersection(shapes[v].get()));
            if (!piece || piece->IsEmpty()) continue;
            for (int w = 0; w < weights_.columns * weights_.rows; ++w) {
                const double amount = weight(w % weights_.columns, w / weights_.columns);
                const Shape cell = in_degrees(weights_, w);
                if (amount < 0.0 || !piece->Intersects(cell.get())) continue;
                const Shape common(piece->Intersection(cell.get()));
                const double share = area_m2(*common) / area_m2(*cell);
                sum += values[v] * amount * share;
                total += amount * share;
            }
        }
        return sum / total;
    }

    static bool is_metric(const Layout& layout) { return layout.crs != "EPSG:4326"; }
    /// A cell in longitude and latitude, its edges in fine pieces where they bend.
    Shape in_degrees(const Layout& layout, int cell) const {
        const double west = layout.west + layout.cell * (cell % layout.columns);
        const double north = layout.north - layout.cell * (cell / layout.columns);
        Shape box = box_shape(west, north - layout.cell, west + layout.cell, north);
        if (!is_metric(layout)) return box;
        box->segmentize(layout.cell / 200.0);
        REQUIRE(box->transform(to_degrees_.get()) == OGRERR_NONE);
        return box;
    }

    Layout values_, weights_;
    OGRSpatialReference metres_;
    std::unique_ptr<OGRCoordinateTransformation> to_degrees_;
};

double weigh(const TempFolder& folder, const MultiPolygon& zone, const Layout& values, const Value& value,
             const Layout& weights, const Value& weight) {
    const Raster a = write(folder, "values.tif", values, value),
                 b = write(folder, "weights.tif", weights, weight);
    return a.weigh_zones_across(std::vector<MultiPolygon>{zone}, 1, b, 1).front().mean().value_or(NAN);
}

const Value some_values = [](int column, int row) { return scattered(column, row, 5); };
const Value some_weights = [](int column, int row) { return scattered(column, row, 11); };

}  // namespace

TEST_CASE("by hand: a coarse cell of people lies half under each of two values", "[geo][io]") {
    const TempFolder folder;
    // Values 1 and 3 side by side, one cell of 12 people over both, the zone all of it, then its western
    // three quarters: 6 people at 1, 3 at 3.
    const Layout values{.west = 0, .north = 1, .cell = 1, .columns = 2, .rows = 1};
    const Layout weights{.west = 0, .north = 2, .cell = 2, .columns = 1, .rows = 1};
    const Value value = [](int column, int) { return column == 0 ? 1.0 : 3.0; };
    const Value people = [](int, int) { return 12.0; };
    const auto box = [](double east) { return MultiPolygon{{{{0, 0}, {east, 0}, {east, 1}, {0, 1}}, {}}}; };
    CHECK(weigh(folder, box(2.0), values, value, weights, people) == Approx(2.0).epsilon(1e-12));
    CHECK(weigh(folder, box(1.5), values, value, weights, people) ==
          Approx((6.0 + 9.0) / 9.0).epsilon(1e-12));
    CHECK(std::isnan(weigh(folder, {{{{50, 50}, {51, 50}, {51, 51}}, {}}}, values, value, weights, people)));
}

TEST_CASE("weights on another grid of degrees: as on the grid both are made of", "[geo][io]") {
    const TempFolder folder;
    // Cells of 0.75° from 0.25 E and of 1° from 0 E are made of cells of 0.25°.
    const Layout values{.west = 0.25, .north = 52.75, .cell = 0.75, .columns = 10, .rows = 9};
    Layout weights{.west = -1, .north = 54, .cell = 1, .columns = 10, .rows = 10};
    const Layout fine{.west = -1, .north = 54, .cell = 0.25, .columns = 40, .rows = 40};
    const Value value_in = [&](int column, int row) {
        const int c = column - 5, r = row - 5;
        if (c < 0 || r < 0 || c >= 30 || r >= 27) return -1.0;
        return some_values(c / 3, r / 3);
    };
    const auto band_area = [](double north, double height) {
        return zone_area_m2_per_radian(north) - zone_area_m2_per_radian(north - height);
    };
    const Value weight_in = [&](int column, int row) {
        const double amount = some_weights(column / 4, row / 4);
        return amount < 0.0
                   ? -1.0
                   : amount * 0.25 * band_area(54.0 - 0.25 * row, 0.25) / band_area(54.0 - row / 4, 1.0);
    };
    for (const bool south_up : {false, true}) {
        weights.south_up = south_up;
        for (const double size : {0.4, 1.7, 3.1}) {
            CAPTURE(south_up, size);
            const MultiPolygon zone = star(4.1, 49.3, size);
            const double across = weigh(folder, zone, values, some_values, weights, some_weights);
            const Raster a = write(folder, "a.tif", fine, value_in),
                         b = write(folder, "b.tif", fine, weight_in);
            const double once =
                *a.weigh_zones(a.cover_zones(std::vector<MultiPolygon>{zone}), 1, b, 1).front().mean();
            CHECK(across == Approx(once).epsilon(1e-9));
            CHECK(across ==
                  Approx(Reference(values, weights).mean(zone, some_values, some_weights)).epsilon(1e-9));
        }
    }
}

TEST_CASE("weights from 0 to 360 under values across the antimeridian", "[geo][io]") {
    const TempFolder folder;
    const Layout values{.west = 175, .north = -14, .cell = 1, .columns = 10, .rows = 6};
    const Layout weights{.west = 0, .north = -10, .cell = 1.5, .columns = 240, .rows = 8};
    const Layout turned{.west = 174, .north = -10, .cell = 1.5, .columns = 10, .rows = 8};
    const Value over_all = [](int column, int row) { return scattered(column, row, 3); };
    const Value of_part = [&](int column, int row) { return over_all(column + 116, row); };
    // The same zone, written beyond 180 and before -180.
    for (const double lon : {179.8, -180.2}) {
        CHECK(weigh(folder, star(lon, -17.0, 2.5), values, some_values, weights, over_all) ==
              Approx(Reference(values, turned).mean(star(179.8, -17.0, 2.5), some_values, of_part))
                  .epsilon(1e-9));
    }
}

TEST_CASE("weights in metres under values in degrees, and the other way round", "[geo][io]") {
    const TempFolder folder;
    const Layout degrees{.west = 104, .north = 23, .cell = 0.5, .columns = 8, .rows = 8};
    const Layout metres{
        .crs = "EPSG:32648", .west = 380000, .north = 2540000, .cell = 35000, .columns = 11, .rows = 12};
    const Layout turned{.crs = "EPSG:32648",
                        .west = 380000,
                        .north = 2540000,
                        .cell = 35000,
                        .columns = 11,
                        .rows = 12,
                        .south_up = true};
    for (const double size : {0.3, 1.2}) {
        CAPTURE(size);
        const MultiPolygon zone = star(105.9, 21.1, size);
        const double expected = Reference(degrees, metres).mean(zone, some_values, some_weights);
        CHECK(weigh(folder, zone, degrees, some_values, metres, some_weights) ==
              Approx(expected).epsilon(1e-6));
        CHECK(weigh(folder, zone, degrees, some_values, turned, some_weights) ==
              Approx(expected).epsilon(1e-6));
        CHECK(weigh(folder, zone, metres, some_values, degrees, some_weights) ==
              Approx(Reference(metres, degrees).mean(zone, some_values, some_weights)).epsilon(1e-6));
    }
}

TEST_CASE("a zone that many chunks of rows hold is weighed as by one grid", "[geo][io]") {
    const TempFolder folder;
    // 3.6 million weights under 40,000 values: every cell of values holds 9 by 9 of weights, in five chunks.
    const Layout values{.west = 10, .north = 40, .cell = 0.09, .columns = 200, .rows = 200};
    const Layout weights{.west = 10, .north = 40, .cell = 0.01, .columns = 1800, .rows = 2000};
    const Value row_value = [](int, int row) { return row; };
    const MultiPolygon zone = {{{{10, 22}, {28, 22}, {28, 40}, {10, 40}}, {}}};
    // Every row of weights has the same people, so that the mean is that of rows: 0 to 199, nine each.
    CHECK(weigh(folder, zone, values, row_value, weights, [](int, int) { return 1.0; }) ==
          Approx(99.5).epsilon(1e-9));
}

TEST_CASE("polygons weighted by a raster: as GEOS cuts zone, polygon and cell", "[geo][io]") {
    const TempFolder folder;
    // Three districts side by side, the middle one with a hole, and one that overlaps them.
    const auto box = [](double west, double south, double east, double north) {
        return MultiPolygon{{{{west, south}, {east, south}, {east, north}, {west, north}}, {}}};
    };
    std::vector<MultiPolygon> districts = {box(103, 18, 105.3, 24), box(105.3, 18, 106.4, 24),
                                           box(106.4, 18, 110, 24), star(106.2, 21.4, 0.7)};
    districts[1][0].holes.push_back(box(105.6, 20.9, 105.9, 21.2)[0].outer);
    const std::vector<double> values = {3.0, 5.0, -2.5, 11.0};
    const Layout degrees{.west = 103, .north = 24, .cell = 0.3, .columns = 22, .rows = 18};
    const Layout metres{
        .crs = "EPSG:32648", .west = 380000, .north = 2540000, .cell = 35000, .columns = 11, .rows = 12};
    for (const auto& [layout, tolerance] : {std::pair{degrees, 1e-9}, std::pair{metres, 1e-6}}) {
        const Raster weights = write(folder, "w.tif", layout, some_weights);
        for (const double size : {0.3, 1.2}) {
            CAPTURE(layout.crs, size);
            const std::vector<MultiPolygon> zones = {star(105.9, 21.1, size), box(50, 50, 51, 51)};
            const auto sums = weigh_polygons(zones, districts, values, weights, 1);
            CHECK(*sums[0].mean() ==
                  Approx(Reference(layout, layout).mean(zones[0], districts, values, some_weights))
                      .epsilon(tolerance));
            CHECK_FALSE(sums[1].mean());
        }
    }
}

TEST_CASE("polygons across the antimeridian under weights from 0 to 360", "[geo][io]") {
    const TempFolder folder;
    const Layout layout{.west = 0, .north = -10, .cell = 1.5, .columns = 240, .rows = 8};
    const Raster weights = write(folder, "w.tif", layout, [](int, int) { return 2.0; });
    const auto box = [](double west, double east) {
        return Polygon{{{west, -17}, {east, -17}, {east, -16}, {west, -16}}, {}};
    };
    // Four degrees, three of them at 1 and one at 5.
    const std::vector<MultiPolygon> zones = {{box(178, 180), box(-180, -178)}};
    const std::vector<MultiPolygon> districts = {{box(170, 180), box(-180, -179)}, {box(-179, -170)}};
    const std::vector<double> values = {1.0, 5.0};
    const auto sums = weigh_polygons(zones, districts, values, weights, 1);
    CHECK(*sums[0].mean() == Approx(2.0).epsilon(1e-9));
    CHECK(sums[0].known_km2 == Approx(polygon_area_km2(zones[0])).epsilon(1e-9));
}

TEST_CASE("what has a value within the weights' edges is known, a negative weight is refused", "[geo][io]") {
    const TempFolder folder;
    const Layout values{.west = 0, .north = 1, .cell = 1, .columns = 2, .rows = 1};
    const Layout half{.west = 0, .north = 1, .cell = 0.5, .columns = 2, .rows = 2};
    const std::vector<MultiPolygon> zones = {{{{{0, 0}, {2, 0}, {2, 1}, {0, 1}}, {}}}};
    const Value one = [](int, int) { return 1.0; };
    const Raster a = write(folder, "a.tif", values, one), b = write(folder, "b.tif", half, one);
    CHECK(a.weigh_zones_across(zones, 1, b, 1)[0].known_km2 ==
          Approx(rectangle_area_km2(0, 0, 1, 1)).epsilon(1e-9));
    const Raster below = write(folder, "below.tif", half, [](int, int) { return -7.0; });
    const auto refused = Catch::Contains("below.tif: the weights hold -7");
    CHECK_THROWS_WITH(a.weigh_zones_across(zones, 1, below, 1), refused);
    CHECK_THROWS_WITH(weigh_polygons(zones, zones, std::vector<double>{1.0}, below, 1), refused);
}
