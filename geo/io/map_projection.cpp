#include "geo/io/map_projection.h"

#include <cpl_conv.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/ellipsoid.h"
#include "geo/io/crs.h"
#include "geo/io/gdal_session.h"
#include "geo/no_value.h"

namespace domino::geo::io {

namespace {

/// Rounded so that libm's last bits do not reach a result.
double settle(double value, double per_unit) {
    return std::round(value * per_unit) / per_unit;
}

void transform(OGRCoordinateTransformation& way, std::span<LonLat> points, double per_unit) {
    const GdalSession session;
    std::vector<double> x, y;
    for (const LonLat point : points) {
        x.push_back(point.lon_deg);
        y.push_back(point.lat_deg);
    }
    std::vector<int> known(points.size(), 0);
    way.Transform(static_cast<int>(points.size()), x.data(), y.data(), nullptr, known.data());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool found = known[i] != 0 && std::isfinite(x[i]) && std::isfinite(y[i]);
        points[i] =
            found ? LonLat{settle(x[i], per_unit), settle(y[i], per_unit)} : LonLat{no_value, no_value};
    }
}

/// Of a definition that describe_map_crs() took.
OGRSpatialReference resolve(const std::string& definition) {
    return std::get<OGRSpatialReference>(resolve_crs("output.grid.crs", "map", nullptr, definition));
}

std::string wkt_of(const OGRSpatialReference& crs) {
    char* text = nullptr;
    const bool made = crs.exportToWkt(&text) == OGRERR_NONE && text != nullptr;
    std::string wkt = made ? text : "";
    CPLFree(text);
    return wkt;
}

constexpr double per_degree = 1e9;
constexpr double per_metre = 1e3;

/// Area of a small ring in longitude and latitude by Green's theorem, edges straight in both.
double ring_area_km2(std::span<const LonLat> ring) {
    double twice = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LonLat from = ring[i];
        const LonLat to = ring[(i + 1) % ring.size()];
        double mean_lon = 0.5 * (from.lon_deg + to.lon_deg) - ring[0].lon_deg;
        mean_lon -= 360.0 * std::round(mean_lon / 360.0);
        twice += mean_lon * (zone_area_m2_per_radian(to.lat_deg) - zone_area_m2_per_radian(from.lat_deg));
    }
    constexpr double radians_per_degree = 0.017453292519943295769;
    return std::abs(twice) * radians_per_degree * 1e-6;
}

}  // namespace

class MapProjection::Transformations {
 public:
    explicit Transformations(const OGRSpatialReference& map)
        : into(make_transformation(wgs84_lonlat(), map)), back(make_transformation(map, wgs84_lonlat())) {}

    Transformation into;
    Transformation back;
};

MapProjection::MapProjection(const std::string& definition)
    : definition_(definition.empty() ? "EPSG:4326" : definition) {
    const GdalSession session;
    auto described = describe_map_crs("output.grid.crs", definition_);
    if (auto* problem = std::get_if<Problem>(&described)) throw ProblemError(std::move(*problem));
    crs_ = std::get<MapCrs>(std::move(described));
    const OGRSpatialReference crs = resolve(definition_);
    if (!io::is_wgs84(crs)) transformation_ = std::make_shared<const Transformations>(crs);
    if (transformation_ && (!transformation_->into || !transformation_->back)) {
        throw ProblemError({"output.grid.crs", "there is no way between WGS 84 and " + crs_.name, "",
                            "choose another CRS, such as \"EPSG:6933\""});
    }
}

CrsText MapProjection::crs_text() const {
    const OGRSpatialReference crs = resolve(definition_);
    const char* authority = crs.GetAuthorityName(nullptr);
    const char* code = crs.GetAuthorityCode(nullptr);
    const bool is_known = authority != nullptr && code != nullptr;
    return {is_known ? std::string(authority) + ":" + code : "", wkt_of(crs)};
}

CrsText MapProjection::crs_from_180() const {
    const OGRSpatialReference crs = resolve(definition_);
    OGRSpatialReference turned;
    turned.SetGeogCS((crs_.name + ", longitudes from 180").c_str(), crs.GetAttrValue("DATUM"),
                     crs.GetAttrValue("SPHEROID"), crs.GetSemiMajor(), crs.GetInvFlattening(), "180", 180.0);
    return {"", wkt_of(turned)};
}

ToMap MapProjection::to_map() const {
    if (!transformation_) return {};
    const double per_unit = crs_.space == GridSpace::lonlat_degrees ? per_degree : per_metre;
    return [held = transformation_, per_unit](std::span<LonLat> points) {
        transform(*held->into, points, per_unit);
    };
}

void MapProjection::to_wgs84(std::span<LonLat> points) const {
    if (transformation_) transform(*transformation_->back, points, per_degree);
}

MapRectangle MapProjection::enclose(std::vector<LonLat> points) const {
    if (const ToMap into = to_map()) into(points);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    MapRectangle box{infinity, infinity, -infinity, -infinity};
    for (const LonLat point : points) {
        if (!std::isfinite(point.lon_deg)) continue;
        box.west = std::min(box.west, point.lon_deg);
        box.east = std::max(box.east, point.lon_deg);
        box.south = std::min(box.south, point.lat_deg);
        box.north = std::max(box.north, point.lat_deg);
    }
    if (!(box.west <= box.east)) {
        throw ProblemError({"output.grid.crs", crs_.name + " can show none of the map's extent", "",
                            "choose a CRS made for the scenario's countries, or \"EPSG:6933\""});
    }
    return box;
}

std::vector<double> MapProjection::cell_areas_km2(const GeoGrid& grid,
                                                  std::span<const std::int64_t> cells) const {
    std::vector<double> areas;
    areas.reserve(cells.size());
    if (is_wgs84() || crs_.equal_area) {
        std::int64_t row = -1;
        double area = 0.0;
        for (const std::int64_t cell : cells) {
            const std::int64_t own = grid.position(cell).row;
            if (own != row) area = grid.cell_area_km2(row = own);
            areas.push_back(area);
        }
        return areas;
    }
    constexpr std::size_t outline_points = 8;
    std::vector<LonLat> outlines;
    outlines.reserve(cells.size() * outline_points);
    for (const std::int64_t cell : cells) {
        const LonLat at = grid.centre(grid.position(cell));
        const double w = 0.5 * grid.cell_width, h = 0.5 * grid.cell_height;
        for (const auto& [x, y] :
             {std::pair{-w, -h}, {0.0, -h}, {w, -h}, {w, 0.0}, {w, h}, {0.0, h}, {-w, h}, {-w, 0.0}})
            outlines.push_back({at.lon_deg + x, at.lat_deg + y});
    }
    to_wgs84(outlines);
    for (std::size_t i = 0; i < cells.size(); ++i)
        areas.push_back(ring_area_km2(std::span(outlines).subspan(i * outline_points, outline_points)));
    return areas;
}

}  // namespace domino::geo::io
