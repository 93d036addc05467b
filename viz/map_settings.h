#pragma once

#include <nlohmann/json.hpp>

#include "scenarios/built_world.h"

namespace domino::viz {

/// The projection of a page's map, its centre and the points its first view holds (MapSettings of
/// viz/web/src/format.ts). Null without places. Deterministic.
nlohmann::ordered_json map_settings(const scenarios::BuiltWorld& built);

}  // namespace domino::viz
