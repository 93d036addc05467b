#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace domino::viz {

/// JSON that can stand inside a script element: no '<' at all.
std::string embed_json(const nlohmann::ordered_json& data);

}  // namespace domino::viz
