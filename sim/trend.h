#pragma once

#include <vector>

#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// Log hazard a(t) of every country, [country][step], log 1/yr.
struct Trend {
    std::vector<std::vector<double>> log_hazard;
};

/// The place's own propensity without the trend: exp(β log10(pop/100,000) + offset + u_admin1). The centre is
/// a fixed constant, never a sample mean, so a place added elsewhere changes nothing here.
std::vector<double> place_propensity(const PreparedWorld& prepared, const MemberDraws& draws);

/// a(t) of one member: the drawn forecast, and before it, where a country has observed counts, the piecewise
/// constant trend under which the coupled mean-field model (C_i in [0,1], couplings within the country, joint
/// declarations and programmes acting) passes every count. Solved by bisection on a in [−14, 5]; where no a
/// reaches a count, the bound is kept. Deterministic.
Trend solve_trend(const PreparedWorld& prepared, const MemberDraws& draws,
                  const std::vector<double>& propensity);

}  // namespace domino::sim
