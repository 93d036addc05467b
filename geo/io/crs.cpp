#include "geo/io/crs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "geo/ellipsoid.h"

namespace domino::geo::io {

namespace {

Problem missing(const std::string& where, const std::string& kind) {
    return {where, "the " + kind + " does not say its coordinate reference system",
            "without it its coordinates could be anywhere",
            "state it in the scenario, e.g. crs = \"EPSG:4326\", or write it into the file"};
}

/// Whether a CRS carries the EPSG number of another kind of CRS, as damaged files and old GeoTIFFs do (4342,
/// a geocentric one, as geographic). PROJ 9.1 looks the number up, takes what it finds for the CRS and
/// crashes.
bool is_misnumbered(const OGRSpatialReference& crs) {
    const char* authority = crs.GetAuthorityName(nullptr);
    const char* code = crs.GetAuthorityCode(nullptr);
    if (authority == nullptr || code == nullptr || std::string_view(authority) != "EPSG") return false;
    OGRSpatialReference numbered;
    if (numbered.importFromEPSG(std::atoi(code)) != OGRERR_NONE) return false;
    return numbered.IsGeocentric() != crs.IsGeocentric() || numbered.IsGeographic() != crs.IsGeographic() ||
           numbered.IsProjected() != crs.IsProjected();
}

}  // namespace

OGRSpatialReference wgs84_lonlat() {
    OGRSpatialReference crs;
    crs.SetWellKnownGeogCS("WGS84");
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return crs;
}

bool says_nothing(const OGRSpatialReference* crs) {
    // GeoPackage and others store "we do not know" as a CRS of that name.
    if (crs == nullptr || crs->IsEmpty() || crs->IsLocal()) return true;
    const char* name = crs->GetName();
    const std::string_view text = name == nullptr ? "" : name;
    return text.starts_with("Undefined") || text.starts_with("undefined");
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
    if (is_misnumbered(crs)) {
        return Problem{
            where, "the " + kind + "'s CRS " + crs_name(crs) + " carries the number of another kind",
            std::string("EPSG:") + crs.GetAuthorityCode(nullptr) + " is not what the file describes",
            "write the right CRS into the file, e.g. with gdal_edit.py -a_srs EPSG:4326"};
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

bool keeps_areas(const OGRSpatialReference& crs) {
    const char* projection = crs.GetAttrValue("PROJECTION");
    if (projection == nullptr) return false;
    // Mollweide's and Eckert's projections keep areas of a sphere only, the way PROJ works them out.
    constexpr std::array<std::string_view, 6> equal_area = {"Albers_Conic_Equal_Area",
                                                            "Lambert_Azimuthal_Equal_Area",
                                                            "Cylindrical_Equal_Area",
                                                            "Sinusoidal",
                                                            "Bonne",
                                                            "Equal_Earth"};
    // GRS 80, which is in all new national systems, differs from WGS 84 by a tenth of a millimetre.
    constexpr double same_axis_m = 1e-3, same_flattening = 1e-5;
    return std::find(equal_area.begin(), equal_area.end(), projection) != equal_area.end() &&
           std::abs(crs.GetSemiMajor() - Wgs84::semi_major_m) < same_axis_m &&
           std::abs(crs.GetInvFlattening() - 1.0 / Wgs84::flattening) < same_flattening;
}

}  // namespace domino::geo::io
