#pragma once

#include "sim/calendar.h"
#include "sim/credits/credit_results.h"

namespace domino::sim {

/// What corresponding adjustments add to a party's emissions, F − U, over the years first … last of one
/// member, Mt CO2e (decision 2/CMA.3, annex, paragraph 8). Years outside the run add
/// nothing. Averaging divides it by the years of the contribution (paragraph 7 (a) (ii)).
double summed_adjustment_mt(const CreditResults& credits, const Calendar& calendar, std::size_t party,
                            int first_year, int last_year, std::size_t member);

}  // namespace domino::sim
