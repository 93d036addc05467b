#pragma once

#include <string>

#include "sim/calendar.h"

namespace domino::viz {

/// "2031-05"; empty for `never` and for months before year 1 (open ends).
std::string month_text(sim::Month month);

/// First day of a month, "2031-05-01"; empty for open ends.
std::string first_day_text(sim::Month month);

/// Last day before a month: of an edge that acts up to but not including it. Empty for open ends.
std::string day_before_text(sim::Month month);

/// Decimal calendar year of the first day of a month: 2026.25 for April 2026.
double decimal_year(sim::Month month);

bool is_open(sim::Month month);

}  // namespace domino::viz
