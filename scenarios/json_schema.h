#pragma once

#include <string>

namespace domino::scenarios {

/// The JSON Schema (2020-12) of a scenario, from the same table of keys as the parser. Deterministic.
std::string json_schema();

}  // namespace domino::scenarios
