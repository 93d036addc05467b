#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "geo/io/gpkg_writer.h"
#include "scenarios/built_world.h"

namespace domino::viz {

using PlaceRow = std::vector<geo::io::GpkgValue>;

/// The layer `places` of results.gpkg and places.fgb: points with names, country, kind, people at the start
/// and the scenario's covariates.
geo::io::GpkgLayer place_layer(const scenarios::BuiltWorld& built);
PlaceRow place_row(const scenarios::BuiltWorld& built, std::size_t place);

/// places.fgb: the layer as FlatGeobuf, spatially indexed. The same bytes for the same places. Throws
/// geo::ProblemError.
void write_places_fgb(const scenarios::BuiltWorld& built, const std::filesystem::path& path);

/// Text, or null for none.
geo::io::GpkgValue text_value(std::string_view value);
/// A number, or null for NaN.
geo::io::GpkgValue real_value(double value);

}  // namespace domino::viz
