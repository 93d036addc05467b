#include "geo/io/map_crs.h"

#include <ogr_spatialref.h>

#include <array>
#include <cmath>
#include <string_view>

#include "geo/io/cf_grid_mapping.h"
#include "geo/io/crs.h"
#include "geo/io/gdal_session.h"

namespace domino::geo::io {

namespace {

bool keeps_areas(const OGRSpatialReference& crs) {
    const char* projection = crs.GetAttrValue("PROJECTION");
    if (projection == nullptr) return false;
    constexpr std::array<std::string_view, 9> equal_area = {"Albers_Conic_Equal_Area",
                                                            "Lambert_Azimuthal_Equal_Area",
                                                            "Cylindrical_Equal_Area",
                                                            "Sinusoidal",
                                                            "Mollweide",
                                                            "Eckert_IV",
                                                            "Eckert_VI",
                                                            "Bonne",
                                                            "Equal_Earth"};
    for (const std::string_view name : equal_area) {
        if (name == projection) return true;
    }
    return false;
}

}  // namespace

std::variant<MapCrs, Problem> describe_map_crs(const std::string& where, const std::string& definition) {
    const GdalSession session;
    auto resolved = resolve_crs(where, "map", nullptr, definition);
    if (auto* problem = std::get_if<Problem>(&resolved)) return std::move(*problem);
    const auto& crs = std::get<OGRSpatialReference>(resolved);
    const Problem unfit{where, "maps cannot be written in " + crs_name(crs),
                        "cells are counted in degrees from Greenwich or in metres",
                        "write for example \"EPSG:4326\", \"EPSG:6933\" or \"EPSG:32654\""};
    if (crs.IsGeographic()) {
        const bool degrees = std::abs(crs.GetAngularUnits() - 0.017453292519943295) < 1e-12;
        if (!degrees || crs.GetPrimeMeridian() != 0.0) return unfit;
        return MapCrs{crs_name(crs), GridSpace::lonlat_degrees, false, true};
    }
    if (!crs.IsProjected() || crs.GetLinearUnits() != 1.0) return unfit;
    if (make_transformation(wgs84_lonlat(), crs) == nullptr) return unfit;
    return MapCrs{crs_name(crs), GridSpace::projected_metres, keeps_areas(crs),
                  make_cf_grid_mapping(crs).has_value()};
}

}  // namespace domino::geo::io
