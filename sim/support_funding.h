#pragma once

#include "sim/prepared_world.h"

namespace domino::sim {

/// What uses up a budget exactly must not fail on the rounding of its sum.
inline constexpr double budget_rounding = 1.0 + 1e-12;

/// Who is supported when: as PreparedWorld holds it.
struct FundedSupport {
    int steps = 0;
    std::size_t places = 0;
    std::size_t technologies = 0;
    std::vector<std::uint8_t> supported;
    std::vector<SupportLevel> support_levels;
    std::vector<double> programme_spent_jpy;
    std::vector<std::uint16_t> support_months;
};

/// Funds the world's support windows by start date, then place id, while each calendar year's budget of their
/// programme lasts: a project-year is funded whole or not at all (model §3); where a budget changes within a
/// year, the months before are funded as if it did not, and the rest of the year with what is left. Where
/// several windows are alive at a place, each activity is as intense as in the most intense of them; over a
/// step of several months, as in the mean of its months. Throws std::invalid_argument where more than 255
/// combinations of intensities meet.
FundedSupport fund_support(const World& world);

/// The same decisions alone: funded months of each window, a bit each, [window][touched year].
std::vector<std::uint16_t> funded_months(const World& world);

}  // namespace domino::sim
