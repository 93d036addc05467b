#include "geo/io/cf_grid_mapping.h"

#include <cpl_conv.h>

#include <cmath>
#include <string_view>

namespace domino::geo::io {

namespace {

/// A CF attribute and the parameter of GDAL's projection it takes its value from.
struct CfParameter {
    const char* cf;
    const char* gdal;
};

struct CfProjection {
    const char* gdal;
    const char* cf;
    std::vector<CfParameter> parameters;
};

const std::vector<CfProjection>& cf_projections() {
    static const std::vector<CfProjection> projections = {
        {SRS_PT_TRANSVERSE_MERCATOR,
         "transverse_mercator",
         {{"longitude_of_central_meridian", SRS_PP_CENTRAL_MERIDIAN},
          {"latitude_of_projection_origin", SRS_PP_LATITUDE_OF_ORIGIN},
          {"scale_factor_at_central_meridian", SRS_PP_SCALE_FACTOR}}},
        {SRS_PT_CYLINDRICAL_EQUAL_AREA,
         "lambert_cylindrical_equal_area",
         {{"longitude_of_central_meridian", SRS_PP_CENTRAL_MERIDIAN},
          {"standard_parallel", SRS_PP_STANDARD_PARALLEL_1}}},
        {SRS_PT_LAMBERT_AZIMUTHAL_EQUAL_AREA,
         "lambert_azimuthal_equal_area",
         {{"longitude_of_projection_origin", SRS_PP_LONGITUDE_OF_CENTER},
          {"latitude_of_projection_origin", SRS_PP_LATITUDE_OF_CENTER}}},
        {SRS_PT_ALBERS_CONIC_EQUAL_AREA,
         "albers_conical_equal_area",
         {{"longitude_of_central_meridian", SRS_PP_LONGITUDE_OF_CENTER},
          {"latitude_of_projection_origin", SRS_PP_LATITUDE_OF_CENTER},
          {"standard_parallel", SRS_PP_STANDARD_PARALLEL_1},
          {"standard_parallel", SRS_PP_STANDARD_PARALLEL_2}}},
        {SRS_PT_LAMBERT_CONFORMAL_CONIC_2SP,
         "lambert_conformal_conic",
         {{"longitude_of_central_meridian", SRS_PP_CENTRAL_MERIDIAN},
          {"latitude_of_projection_origin", SRS_PP_LATITUDE_OF_ORIGIN},
          {"standard_parallel", SRS_PP_STANDARD_PARALLEL_1},
          {"standard_parallel", SRS_PP_STANDARD_PARALLEL_2}}},
        {SRS_PT_MERCATOR_1SP,
         "mercator",
         {{"longitude_of_projection_origin", SRS_PP_CENTRAL_MERIDIAN},
          {"scale_factor_at_projection_origin", SRS_PP_SCALE_FACTOR}}},
        {SRS_PT_SINUSOIDAL, "sinusoidal", {{"longitude_of_projection_origin", SRS_PP_LONGITUDE_OF_CENTER}}}};
    return projections;
}

std::string export_wkt(const OGRSpatialReference& crs) {
    const char* const options[] = {"FORMAT=WKT2_2015", "MULTILINE=NO", nullptr};
    char* text = nullptr;
    const bool made = crs.exportToWkt(&text, options) == OGRERR_NONE && text != nullptr;
    std::string wkt = made ? text : "";
    CPLFree(text);
    return wkt;
}

void add_parameter(CfAttributes& attributes, const std::string& name, double value) {
    for (auto& [known, held] : attributes) {
        if (known != name) continue;
        held = std::vector<double>{std::get<double>(held), value};
        return;
    }
    attributes.emplace_back(name, value);
}

}  // namespace

std::optional<CfAttributes> make_cf_grid_mapping(const OGRSpatialReference& crs) {
    CfAttributes attributes;
    if (crs.IsGeographic()) {
        attributes.emplace_back("grid_mapping_name", std::string("latitude_longitude"));
    } else {
        const char* projection = crs.GetAttrValue("PROJECTION");
        const CfProjection* found = nullptr;
        for (const CfProjection& known : cf_projections()) {
            if (projection != nullptr && std::string_view(known.gdal) == projection) found = &known;
        }
        if (found == nullptr) return std::nullopt;
        attributes.emplace_back("grid_mapping_name", std::string(found->cf));
        for (const CfParameter& p : found->parameters)
            add_parameter(attributes, p.cf, crs.GetNormProjParm(p.gdal, 0.0));
        attributes.emplace_back("false_easting", crs.GetNormProjParm(SRS_PP_FALSE_EASTING, 0.0));
        attributes.emplace_back("false_northing", crs.GetNormProjParm(SRS_PP_FALSE_NORTHING, 0.0));
    }
    attributes.emplace_back("semi_major_axis", crs.GetSemiMajor());
    attributes.emplace_back("inverse_flattening", crs.GetInvFlattening());
    attributes.emplace_back("longitude_of_prime_meridian", crs.GetPrimeMeridian());
    if (const char* name = crs.GetAttrValue("GEOGCS"))
        attributes.emplace_back("geographic_crs_name", std::string(name));
    attributes.emplace_back("crs_wkt", export_wkt(crs));
    return attributes;
}

}  // namespace domino::geo::io
