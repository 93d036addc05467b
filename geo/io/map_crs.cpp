#include "geo/io/map_crs.h"

#include <ogr_spatialref.h>

#include <cmath>

#include "geo/io/cf_grid_mapping.h"
#include "geo/io/crs.h"
#include "geo/io/gdal_session.h"

namespace domino::geo::io {

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
