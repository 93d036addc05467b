#pragma once

#include <cstdint>
#include <vector>

#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// One JCM model project of a member: a number of units bought with the programme's help.
struct CreditProject {
    std::uint32_t place = 0;
    std::uint16_t technology = 0;
    std::int32_t start_step = 0;    ///< funded
    std::int32_t install_step = 0;  ///< running and monitored, start + lag
    double annual_reduction_t = 0.0;
    double units = 0.0;
    double cost_jpy = 0.0;     ///< nominal
    double subsidy_jpy = 0.0;  ///< nominal, ≤ ceiling × cost
};

struct CreditYear {
    std::vector<CreditProject> projects;  ///< funded, by start step, then place id
    double spent_jpy = 0.0;               ///< nominal
};

/// The projects that start in one touched year (model §3): each country's own Poisson number at places drawn
/// by population, and one with a given probability per funded C3P project-year at that place; sizes
/// lognormal. `σ = min(ceiling, cap·t·years/capex)` of the capital cost is paid in order of start date, then
/// place id, while the year's budget lasts; a project is funded whole or not at all. `relative_cost` by
/// technology.
CreditYear credit_year(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id,
                       std::size_t touched_year, const std::vector<double>& relative_cost);

}  // namespace domino::sim
