#include "viz/place_layer.h"

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "geo/io/flatgeobuf_writer.h"
#include "viz/places_csv.h"

namespace domino::viz {

using geo::io::GpkgGeometry;
using geo::io::GpkgLayer;
using geo::io::GpkgValue;
using enum geo::io::GpkgFieldType;

namespace {

/// Lower-case letters, digits and single underscores.
std::string snake_case(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
            out += lower;
        } else if (!out.empty() && out.back() != '_') {
            out += '_';
        }
    }
    return out;
}

}  // namespace

GpkgValue text_value(std::string_view value) {
    return value.empty() ? GpkgValue{} : GpkgValue{std::string(value)};
}

GpkgValue real_value(double value) {
    return std::isnan(value) ? GpkgValue{} : GpkgValue{value};
}

GpkgLayer place_layer(const scenarios::BuiltWorld& built) {
    GpkgLayer layer{"places", GpkgGeometry::point, {}, "Places", "Cities, and the rest of each admin-1 unit"};
    layer.fields = {{"place_id", text},   {"name", text},   {"name_local", text},  {"country", text},
                    {"iso3", text},       {"admin1", text}, {"admin1_name", text}, {"kind", text},
                    {"population", real}, {"flag", text}};
    for (const std::string& name : built.places.covariate_names) {
        layer.fields.push_back({"covariate_" + snake_case(name), real});
    }
    for (const scenarios::CovariateSeries& series : built.covariate_series) {
        for (const int year : series.years)
            layer.fields.push_back({fmt::format("covariate_{}_{}", snake_case(series.name), year), real});
    }
    return layer;
}

PlaceRow place_row(const scenarios::BuiltWorld& built, std::size_t index) {
    const geo::Place& p = built.places.places[index];
    PlaceRow row = {
        text_value(p.id),          text_value(p.name),
        text_value(p.name_local),  text_value(built.country_names[built.world.places[index].country]),
        text_value(p.iso3),        text_value(p.admin1_id),
        text_value(p.admin1_name), text_value(kind_id(p.kind)),
        real_value(p.population),  text_value(p.flag)};
    for (std::size_t c = 0; c < built.places.covariate_names.size(); ++c) {
        row.push_back(c < p.covariates.size() && p.covariates[c] ? real_value(*p.covariates[c])
                                                                 : GpkgValue{});
    }
    for (const scenarios::CovariateSeries& series : built.covariate_series) {
        for (const auto& of_year : series.values)
            row.push_back(of_year[index] ? real_value(*of_year[index]) : GpkgValue{});
    }
    return row;
}

void write_places_fgb(const scenarios::BuiltWorld& built, const std::filesystem::path& path) {
    geo::io::FlatGeobufWriter writer(path, place_layer(built));
    for (std::size_t i = 0; i < built.places.places.size(); ++i) {
        writer.append(built.places.places[i].position, place_row(built, i));
    }
    writer.finish();
}

}  // namespace domino::viz
