#pragma once

#include <ogr_spatialref.h>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace domino::geo::io {

/// Attributes of a CF grid mapping variable (CF conventions 1.11, appendix F), crs_wkt among them; nullopt
/// for projections CF has no name for.
using CfAttributes =
    std::vector<std::pair<std::string, std::variant<std::string, double, std::vector<double>>>>;
std::optional<CfAttributes> make_cf_grid_mapping(const OGRSpatialReference& crs);

}  // namespace domino::geo::io
