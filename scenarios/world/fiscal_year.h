#pragma once

#include "sim/calendar.h"

namespace domino::scenarios {

inline constexpr int april = 4;  ///< Japan's fiscal year begins

/// The fiscal year a month lies in, named by the calendar year it begins in.
inline int fiscal_year_of(sim::Month month) {
    return month.month_of_year() >= april ? month.year() : month.year() - 1;
}

inline sim::Month fiscal_start(int fiscal_year) {
    return sim::make_month(fiscal_year, april);
}

/// The first fiscal year's beginning that is not before a month.
inline sim::Month next_fiscal_start(sim::Month month) {
    const sim::Month start = fiscal_start(month.year());
    return start < month ? fiscal_start(month.year() + 1) : start;
}

}  // namespace domino::scenarios
