#pragma once

#include <ogr_geometry.h>
#include <ogr_spatialref.h>

#include <string>
#include <variant>

#include "geo/io/vector_layer.h"

namespace domino::geo::io {

/// A feature's geometry in WGS 84.
struct Shape {
    LonLat point;
    MultiPolygon polygons;
};

/// Brings one geometry to WGS 84 (areas are cut at the antimeridian, longitudes may run to 360) and finds the
/// point that stands for it.
/// @param to_wgs84 null when it already is. @param where names the feature in the problem returned when there
/// is no geometry, it is empty, a coordinate is NaN, infinite or off the earth, or it cannot be projected.
std::variant<Shape, Problem> read_shape(const OGRGeometry* geometry, const OGRSpatialReference& crs,
                                        OGRCoordinateTransformation* to_wgs84, const std::string& where,
                                        PolygonUse polygons);

}  // namespace domino::geo::io
