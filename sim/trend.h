#pragma once

#include <span>
#include <vector>

#include "sim/ensemble_threads.h"
#include "sim/kernel/mean_field_lanes.h"
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

/// a(t) of up to sixteen members: the drawn forecast, and before it, where a country has observed counts, the
/// piecewise constant trend under which the coupled mean field (MeanFieldLanes: couplings within the country,
/// joint declarations, programmes and withdrawals acting) passes every count, to a millionth of the hazard
/// (TrendSearch: a in [−14, 5]; where no a reaches a count, the bound is kept). What comes out for a member
/// depends neither on its company nor on the instruction set. Deterministic. Threads, where there are any,
/// share the countries.
std::vector<Trend> solve_trends(const PreparedWorld& prepared, std::span<const MeanFieldMember> members,
                                const Threads* threads = nullptr,
                                InstructionSet instructions = best_instruction_set());

/// The same for one member.
Trend solve_trend(const PreparedWorld& prepared, const MemberDraws& draws,
                  const std::vector<double>& propensity);

}  // namespace domino::sim
