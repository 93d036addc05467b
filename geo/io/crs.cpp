#include "geo/io/crs.h"

#include <string_view>
#include <utility>

namespace domino::geo::io {

namespace {

/// GeoPackage and others store "we do not know" as a CRS of that name.
bool says_nothing(const OGRSpatialReference* crs) {
    if (crs == nullptr || crs->IsEmpty() || crs->IsLocal()) return true;
    const char* name = crs->GetName();
    const std::string_view text = name == nullptr ? "" : name;
    return text.starts_with("Undefined") || text.starts_with("undefined");
}

Problem missing(const std::string& where, const std::string& kind) {
    return {where, "the " + kind + " does not say its coordinate reference system",
            "without it its coordinates could be anywhere",
            "state it in the scenario, e.g. crs = \"EPSG:4326\", or write it into the file"};
}

}  // namespace

OGRSpatialReference wgs84_lonlat() {
    OGRSpatialReference crs;
    crs.SetWellKnownGeogCS("WGS84");
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return crs;
}

std::string crs_name(const OGRSpatialReference& crs) {
    const char* name = crs.GetName();
    return name == nullptr ? "unnamed" : name;
}

std::variant<OGRSpatialReference, Problem> resolve_crs(const std::string& where, const std::string& kind,
                                                       const OGRSpatialReference* own,
                                                       const std::optional<std::string>& stated) {
    OGRSpatialReference crs;
    const bool silent = says_nothing(own);
    if (!stated) {
        if (silent) return missing(where, kind);
        crs = *own;
    } else {
        // Only names and definitions: a path or address in this place must not be opened.
        if (crs.SetFromUserInput(stated->c_str(),
                                 OGRSpatialReference::SET_FROM_USER_INPUT_LIMITATIONS_get()) != OGRERR_NONE) {
            return Problem{where, "the CRS \"" + *stated + "\" is not known", "",
                           "write it like \"EPSG:4326\" or \"EPSG:32654\""};
        }
        const char* const loose[] = {"CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS",
                                     "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
        if (!silent && !own->IsSame(&crs, loose)) {
            return Problem{
                where,
                "the " + kind + " says its CRS is " + crs_name(*own) + ", the scenario says " + crs_name(crs),
                "only one can be true", "take the crs out of the scenario, or correct the file"};
        }
    }
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return crs;
}

bool is_wgs84(const OGRSpatialReference& crs) {
    const OGRSpatialReference wgs84 = wgs84_lonlat();
    const char* const loose[] = {"CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS",
                                 "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
    return crs.IsSame(&wgs84, loose) != 0;
}

Transformation make_transformation(const OGRSpatialReference& from, const OGRSpatialReference& to) {
    return Transformation(OGRCreateCoordinateTransformation(&from, &to));
}

}  // namespace domino::geo::io
