#include "geo/io/feature_fields.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

namespace domino::geo::io {

namespace {

/// Doubles hold every whole number up to here.
constexpr double largest_exact_integer = 9007199254740992.0;

std::vector<std::string> name_columns(const OGRFeatureDefn& definition) {
    std::vector<std::string> names;
    for (int i = 0; i < definition.GetFieldCount(); ++i)
        names.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
    return names;
}

bool holds_values(OGRFieldType type) {
    return type == OFTString || type == OFTInteger || type == OFTInteger64 || type == OFTReal ||
           type == OFTDate || type == OFTDateTime || type == OFTTime;
}

bool holds_numbers(OGRFieldType type) {
    return type == OFTString || type == OFTInteger || type == OFTInteger64 || type == OFTReal;
}

template <class Number>
std::optional<Number> parse(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<FieldValue> read_real(const OGRFeature& feature, int index, OGRFieldType type) {
    if (type != OFTString) {
        const double value = feature.GetFieldAsDouble(index);
        if (!std::isfinite(value)) return std::nullopt;
        return value;
    }
    const std::string_view text = feature.GetFieldAsString(index);
    if (text.empty()) return std::monostate{};
    const auto value = parse<double>(text);
    if (!value || !std::isfinite(*value)) return std::nullopt;
    return *value;
}

std::optional<FieldValue> read_integer(const OGRFeature& feature, int index, OGRFieldType type) {
    if (type == OFTInteger || type == OFTInteger64) {
        return static_cast<std::int64_t>(feature.GetFieldAsInteger64(index));
    }
    if (type == OFTReal) {
        const double value = feature.GetFieldAsDouble(index);
        if (std::trunc(value) != value || std::abs(value) > largest_exact_integer) return std::nullopt;
        return static_cast<std::int64_t>(value);
    }
    const std::string_view text = feature.GetFieldAsString(index);
    if (text.empty()) return std::monostate{};
    const auto value = parse<std::int64_t>(text);
    if (!value) return std::nullopt;
    return *value;
}

/// nullopt when the value is not of the type asked for.
std::optional<FieldValue> read_value(const OGRFeature& feature, int index, FieldType wanted) {
    if (index < 0 || !feature.IsFieldSetAndNotNull(index)) return std::monostate{};
    const OGRFieldType type = feature.GetFieldDefnRef(index)->GetType();
    switch (wanted) {
        case FieldType::text:
            return std::string(feature.GetFieldAsString(index));
        case FieldType::real:
            return read_real(feature, index, type);
        case FieldType::integer:
            return read_integer(feature, index, type);
    }
    return std::nullopt;
}

}  // namespace

FeatureFields::FeatureFields(OGRLayer& layer, const VectorLayerRequest& request, const std::string& where,
                             std::vector<Problem>& problems)
    : id_field_(request.id_field), id_is_fid_(!id_field_.empty() && id_field_ == layer.GetFIDColumn()) {
    const OGRFeatureDefn* definition = layer.GetLayerDefn();
    const std::vector<std::string> names = name_columns(*definition);
    const auto report_missing = [&](const std::string& name) {
        const std::string near = closest_spelling(name, names);
        problems.push_back({where, "there is no column \"" + name + "\"", "",
                            near.empty() ? "add it, or name another" : "did you mean \"" + near + "\"?"});
    };
    if (!id_field_.empty() && !id_is_fid_) {
        id_index_ = definition->GetFieldIndex(id_field_.c_str());
        if (id_index_ < 0) report_missing(id_field_);
    }
    for (const FieldRequest& field : request.fields) {
        const int index = definition->GetFieldIndex(field.name.c_str());
        columns_.push_back({field, index});
        if (index < 0) {
            if (field.presence == FieldPresence::required) report_missing(field.name);
            continue;
        }
        const OGRFieldDefn* column = definition->GetFieldDefn(index);
        const bool fits = field.type == FieldType::text ? holds_values(column->GetType())
                                                        : holds_numbers(column->GetType());
        if (!fits) {
            problems.push_back({where,
                                "column \"" + field.name + "\" is of type " +
                                    OGRFieldDefn::GetFieldTypeName(column->GetType()),
                                field.type == FieldType::text ? "text is needed" : "numbers are needed",
                                "convert the column"});
        }
    }
}

std::string FeatureFields::read_id(const OGRFeature& feature) const {
    if (id_field_.empty() || id_is_fid_) return std::to_string(feature.GetFID());
    if (id_index_ < 0 || !feature.IsFieldSetAndNotNull(id_index_)) return {};
    return feature.GetFieldAsString(id_index_);
}

void FeatureFields::read_values(const OGRFeature& feature, const std::string& where,
                                std::vector<FieldValue>& values, std::vector<Problem>& problems) const {
    for (const Column& column : columns_) {
        if (auto value = read_value(feature, column.index, column.request.type)) {
            values.push_back(*std::move(value));
            continue;
        }
        values.emplace_back();
        problems.push_back({where + ", column " + column.request.name,
                            "\"" + std::string(feature.GetFieldAsString(column.index)) + "\" is not a " +
                                (column.request.type == FieldType::real ? "finite number" : "whole number"),
                            "", "correct the value, or leave it null"});
    }
}

}  // namespace domino::geo::io
