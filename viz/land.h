#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "geo/extent.h"
#include "geo/polygon.h"

namespace domino::viz {

/// A country's outline for the report's map.
struct CountryShape {
    std::string iso3;
    std::string name;
    geo::MultiPolygon area;
};

/// Countries as TopoJSON (one object, `countries`; one arc a ring), quantised to 1e-3° or so and thinned by
/// Visvalingam & Whyatt (1993): a point goes while the triangle it spans with its neighbours is smaller than
/// a threshold, which is doubled until the text fits @p largest_bytes. Rings below the threshold go too, but
/// each country keeps its largest. Deterministic.
nlohmann::ordered_json make_land(const std::vector<CountryShape>& countries, std::size_t largest_bytes);

/// The countries of a data pack as make_land gives them, small enough for a page. Throws geo::ProblemError
/// when the pack's boundaries cannot be read.
nlohmann::ordered_json read_land(const std::filesystem::path& data_dir);

/// The points of a closed ring (the last not repeated) that stay at a threshold in square degrees.
geo::Ring simplify_ring(const geo::Ring& ring, double smallest_triangle_deg2);

}  // namespace domino::viz
