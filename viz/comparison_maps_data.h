#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "viz/comparison.h"

namespace domino::viz {

/// What the maps of comparison.html show (viz/web/src/compare/format.ts): for each scenario but the base what
/// its places emit less those of the base, a year, member by member: mean, 5 and 95 % of members, and the
/// share of members in which less is emitted. Places with the largest differences over all years have a mark,
/// so many that the page stays small; the others are counted. Null where places are not compared or nothing
/// differs. Deterministic. Throws geo::ProblemError when the pack's boundaries cannot be read.
nlohmann::ordered_json comparison_maps_data(const Comparison& comparison, std::size_t base,
                                            const std::filesystem::path& data_dir);

}  // namespace domino::viz
