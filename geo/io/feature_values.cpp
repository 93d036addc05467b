#include "geo/io/feature_values.h"

#include <cmath>
#include <string>

namespace domino::geo::io {

namespace {

bool set_text(OGRFeature& feature, int index, const std::string& text, GpkgFieldType type) {
    if (type != GpkgFieldType::text && type != GpkgFieldType::date && type != GpkgFieldType::datetime)
        return false;
    feature.SetField(index, text.c_str());
    return feature.IsFieldSetAndNotNull(index) != 0;
}

bool set_integer(OGRFeature& feature, int index, std::int64_t value, GpkgFieldType type) {
    if (type == GpkgFieldType::real) {
        feature.SetField(index, static_cast<double>(value));
        return true;
    }
    if (type == GpkgFieldType::boolean && (value < 0 || value > 1)) return false;
    if (type != GpkgFieldType::integer && type != GpkgFieldType::boolean) return false;
    feature.SetField(index, static_cast<GIntBig>(value));
    return true;
}

bool set_real(OGRFeature& feature, int index, double value, GpkgFieldType type) {
    if (type != GpkgFieldType::real || std::isinf(value)) return false;
    if (std::isnan(value)) {
        feature.SetFieldNull(index);
    } else {
        feature.SetField(index, value);
    }
    return true;
}

}  // namespace

void set_field_type(OGRFieldDefn& definition, GpkgFieldType type) {
    switch (type) {
        case GpkgFieldType::text:
            break;
        case GpkgFieldType::integer:
            definition.SetType(OFTInteger64);
            break;
        case GpkgFieldType::real:
            definition.SetType(OFTReal);
            break;
        case GpkgFieldType::boolean:
            definition.SetType(OFTInteger);
            definition.SetSubType(OFSTBoolean);
            break;
        case GpkgFieldType::date:
            definition.SetType(OFTDate);
            break;
        case GpkgFieldType::datetime:
            definition.SetType(OFTDateTime);
            break;
    }
}

bool set_field_value(OGRFeature& feature, int index, const GpkgValue& value, GpkgFieldType type) {
    if (const auto* text = std::get_if<std::string>(&value)) return set_text(feature, index, *text, type);
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return set_integer(feature, index, *whole, type);
    if (const auto* real = std::get_if<double>(&value)) return set_real(feature, index, *real, type);
    feature.SetFieldNull(index);
    return true;
}

}  // namespace domino::geo::io
