#pragma once

#include <ogr_spatialref.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "geo/problem.h"

namespace domino::geo::io {

/// WGS 84 with longitude before latitude, as every table and layer here has it.
OGRSpatialReference wgs84_lonlat();

/// The CRS data are in: their own, or the one the user states for data without. A Problem when neither is
/// given, the stated one is unknown, or both are given and differ. @p kind is "layer" or "raster", for the
/// message.
std::variant<OGRSpatialReference, Problem> resolve_crs(const std::string& where, const std::string& kind,
                                                       const OGRSpatialReference* own,
                                                       const std::optional<std::string>& stated);

/// True when coordinates in @p crs already are WGS 84 longitude and latitude.
bool is_wgs84(const OGRSpatialReference& crs);

/// Whether a projection keeps areas of the WGS 84 ellipsoid; false for longitude and latitude, for spheres
/// (such as that of MODIS) and for kinds PROJ works out on a sphere.
bool keeps_areas(const OGRSpatialReference& crs);

/// Whether data say no CRS: there is none, or one that stands for "not known".
bool says_nothing(const OGRSpatialReference* crs);

std::string crs_name(const OGRSpatialReference& crs);

using Transformation = std::unique_ptr<OGRCoordinateTransformation>;

/// Null when PROJ knows no way between the two.
Transformation make_transformation(const OGRSpatialReference& from, const OGRSpatialReference& to);

}  // namespace domino::geo::io
