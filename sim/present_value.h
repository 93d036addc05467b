#pragma once

#include "sim/member_draws.h"
#include "sim/world.h"

namespace domino::sim {

/// How money of different years is compared: real money of `base_year`, discounted to it.
struct Valuation {
    int base_year = 2025;
    double inflation_per_year = 0.0;  ///< takes a nominal amount to money of the base year
    double discount_rate = 0.0;       ///< real, 1/yr

    /// Worth in the base year of one unit of money paid in @p year, by the end of which all of it counts as
    /// paid: ((1 + inflation)(1 + discount rate))^(base_year − year). Earlier payments are worth more.
    double worth(int year) const;
};

/// A member's real discount rate, 1/yr, ≥ 0; the median where uncertainty is off. The same in a scenario and
/// its reference.
double draw_discount_rate(const Prior& prior, Uncertainty uncertainty, MemberId id);

}  // namespace domino::sim
