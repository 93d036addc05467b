#include "geo/io/feature_shapes.h"

#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "geo/ellipsoid.h"
#include "geo/io/crs.h"
#include "geo/io/geometry_parts.h"

namespace domino::geo::io {

namespace {

using GeometryPtr = std::unique_ptr<OGRGeometry>;

/// Edges straight on a projection bend in longitude and latitude: pieces this long stay within centimetres.
constexpr double longest_edge_m = 1000.0;

bool is_area(const OGRGeometry& geometry) {
    const auto type = wkbFlatten(geometry.getGeometryType());
    return type == wkbPolygon || type == wkbMultiPolygon;
}

bool all_finite(const OGREnvelope& box) {
    return std::isfinite(box.MinX) && std::isfinite(box.MaxX) && std::isfinite(box.MinY) &&
           std::isfinite(box.MaxY);
}

/// An envelope skips NaN, so each coordinate is asked.
class FindsBadCoordinate : public OGRDefaultConstGeometryVisitor {
 public:
    using OGRDefaultConstGeometryVisitor::visit;
    void visit(const OGRPoint* point) override {
        if (!std::isfinite(point->getX()) || !std::isfinite(point->getY())) bad_ = true;
    }
    bool found() const { return bad_; }

 private:
    bool bad_ = false;
};

bool has_bad_coordinate(const OGRGeometry& geometry) {
    FindsBadCoordinate finder;
    geometry.accept(&finder);
    return finder.found();
}

/// What of a geometry lies from @p west_deg to a turn further east; null where GEOS cannot tell.
GeometryPtr clip_to_turn(const OGRGeometry& geometry, double west_deg) {
    OGRLinearRing border;
    for (const auto& [lon, lat] : {std::pair{0.0, -90.0}, {360.0, -90.0}, {360.0, 90.0}, {0.0, 90.0}})
        border.addPoint(west_deg + lon, lat);
    border.closeRings();
    OGRPolygon turn;
    turn.addRing(&border);
    return GeometryPtr(geometry.Intersection(&turn));
}

/// The polygons of a geometry, each turned into [-180, 180], cut where it reaches beyond: longitudes of a
/// layer may run from 0 to 360. nullopt where rings that cross themselves keep it from being cut.
std::optional<MultiPolygon> to_polygons(const OGRGeometry& geometry) {
    MultiPolygon polygons;
    OGREnvelope box;
    geometry.getEnvelope(&box);
    for (const double west : {-540.0, -180.0, 180.0}) {
        const double east = west + 360.0, to_middle = -180.0 - west;
        if (west <= box.MinX && box.MaxX <= east) {
            append_polygons(geometry, to_middle, polygons);
            break;
        }
        if (box.MaxX <= west || box.MinX >= east) continue;
        const GeometryPtr turn = clip_to_turn(geometry, west);
        if (!turn) return std::nullopt;
        append_polygons(*turn, to_middle, polygons);
    }
    return polygons;
}

/// What of a geometry stands for it: areas before lines before points, the largest, the first of equals.
const OGRGeometry* find_main_part(const OGRGeometry& geometry) {
    const OGRGeometry* main = nullptr;
    int main_dimension = -1;
    double main_size = -1.0;
    for_each_part(geometry, [&](const OGRGeometry& part) {
        const int dimension = part.getDimension();
        double size = 0.0;
        if (dimension == 2) size = part.toSurface()->get_Area();
        if (dimension == 1) size = part.toCurve()->get_Length();
        if (dimension > main_dimension || (dimension == main_dimension && size > main_size)) {
            main = &part;
            main_dimension = dimension;
            main_size = size;
        }
    });
    return main;
}

std::optional<LonLat> find_point(const OGRGeometry& geometry) {
    const OGRGeometry* main = find_main_part(geometry);
    if (main == nullptr) return std::nullopt;
    // GDAL's PointOnSurface refuses to fill an empty point.
    OGRPoint point(0.0, 0.0);
    switch (main->getDimension()) {
        case 0:
            point = *main->toPoint();
            break;
        case 1:
            main->toCurve()->Value(main->toCurve()->get_Length() / 2.0, &point);
            break;
        default:
            // An area that crosses itself has no inner point by GEOS; its centroid is near enough to stand
            // for it.
            if (main->toSurface()->PointOnSurface(&point) != OGRERR_NONE &&
                main->Centroid(&point) != OGRERR_NONE) {
                return std::nullopt;
            }
    }
    if (point.IsEmpty()) return std::nullopt;
    const double lon = std::abs(point.getX()) <= 180.0 ? point.getX() : wrap_longitude(point.getX());
    return LonLat{lon, point.getY()};
}

/// Null when a coordinate cannot be projected.
GeometryPtr project(const OGRGeometry& geometry, const OGRSpatialReference& crs,
                    OGRCoordinateTransformation* to_wgs84) {
    if (to_wgs84 == nullptr) return GeometryPtr(geometry.clone());
    if (is_area(geometry)) {
        const GeometryPtr dense(geometry.clone());
        if (crs.IsProjected()) dense->segmentize(longest_edge_m / crs.GetLinearUnits());
        char wrap[] = "WRAPDATELINE=YES";
        char* options[] = {wrap, nullptr};
        return GeometryPtr(OGRGeometryFactory::transformWithOptions(dense.get(), to_wgs84, options));
    }
    GeometryPtr projected(geometry.clone());
    if (projected->transform(to_wgs84) != OGRERR_NONE) return nullptr;
    return projected;
}

Problem not_repairable(const std::string& where) {
    return {where, "the area's rings cross themselves and cannot be repaired",
            "what lies inside would be a matter of taste",
            "correct the geometry, e.g. with QGIS's Fix geometries"};
}

std::optional<Problem> check_geometry(const OGRGeometry* geometry, const OGRSpatialReference& crs,
                                      const std::string& where) {
    if (geometry == nullptr)
        return Problem{where, "the feature has no geometry", "", "give it a point or an area"};
    if (geometry->IsEmpty()) return Problem{where, "the geometry is empty", "", "give it a point or an area"};
    if (has_bad_coordinate(*geometry)) {
        return Problem{where, "a coordinate is NaN or infinite", "", "correct the geometry"};
    }
    OGREnvelope box;
    geometry->getEnvelope(&box);
    const bool off_earth = box.MinX < -360.0 || box.MaxX > 360.0 || box.MinY < -90.0 || box.MaxY > 90.0;
    if (crs.IsGeographic() && off_earth) {
        return Problem{where,
                       "the coordinates " + std::to_string(box.MinX) + ", " + std::to_string(box.MinY) +
                           " are no longitude and latitude",
                       "the CRS " + crs_name(crs) + " is in degrees",
                       "the CRS is wrong, or latitude and longitude are swapped: correct the file"};
    }
    return std::nullopt;
}

}  // namespace

std::variant<Shape, Problem> read_shape(const OGRGeometry* geometry, const OGRSpatialReference& crs,
                                        OGRCoordinateTransformation* to_wgs84, const std::string& where,
                                        PolygonUse polygons) {
    if (auto problem = check_geometry(geometry, crs, where)) return *std::move(problem);
    const Problem not_projectable{where, "the geometry cannot be projected to WGS 84",
                                  "it lies outside what " + crs_name(crs) + " can represent",
                                  "check its coordinates and the layer's CRS"};
    // Curved geometries become straight pieces first; everything below counts on vertices.
    const GeometryPtr straight(geometry->getLinearGeometry());
    const GeometryPtr projected = straight ? project(*straight, crs, to_wgs84) : nullptr;
    if (!projected || projected->IsEmpty()) return not_projectable;
    OGREnvelope box;
    projected->getEnvelope(&box);
    if (!all_finite(box) || box.MinY < -90.0 || box.MaxY > 90.0) return not_projectable;
    const auto point = find_point(*projected);
    if (!point) return not_projectable;
    Shape shape{*point, {}};
    if (polygons != PolygonUse::skip) {
        GeometryPtr repaired;
        if (polygons == PolygonUse::repair && is_area(*projected) && projected->IsValid() == 0) {
            repaired.reset(projected->MakeValid());
            if (!repaired || repaired->getDimension() < 2) return not_repairable(where);
        }
        auto turned = to_polygons(repaired ? *repaired : *projected);
        if (!turned) return not_repairable(where);
        shape.polygons = *std::move(turned);
    }
    return shape;
}

}  // namespace domino::geo::io
