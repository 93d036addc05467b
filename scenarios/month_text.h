#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/calendar.h"

namespace domino::scenarios {

/// Reads "2026-04"; empty for anything else, and for years outside 1900 … 2300.
std::optional<sim::Month> parse_month(std::string_view text);

/// "2026-04".
std::string format_month(sim::Month month);

}  // namespace domino::scenarios
