#pragma once

#include <string>
#include <variant>

#include "geo/grid.h"
#include "geo/problem.h"

namespace domino::geo::io {

/// A coordinate system maps may be written in.
struct MapCrs {
    std::string name;  ///< "WGS 84 / NSIDC EASE-Grid 2.0 Global"
    GridSpace space = GridSpace::lonlat_degrees;
    bool equal_area = false;  ///< every cell has the area its size says
    bool has_cf_name = true;  ///< the CF conventions can name it, so that NetCDF can be written in it
};

/// What @p definition ("EPSG:6933", WKT, PROJ) stands for. A problem named @p where when it is not known, is
/// in neither degrees on Greenwich nor metres, or is on another body than the earth. Files and addresses are
/// not opened.
std::variant<MapCrs, Problem> describe_map_crs(const std::string& where, const std::string& definition);

}  // namespace domino::geo::io
