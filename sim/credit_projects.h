#pragma once

#include <cstdint>
#include <vector>

#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// Yearly reduction a unit is credited with in a member: its power part follows the member's grid factor. 0
/// where the technology earns no credits in the country.
double credited_t_per_unit(const World& world, const MemberDraws& draws, std::size_t technology,
                           std::size_t country);

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
    double private_jpy = 0.0;  ///< nominal, what the owner pays
    bool leased = false;       ///< of the lease programme: the subsidy is paid over the lease
};

/// The projects of a programme that start in one touched year (model §3), by start step, then place id: each
/// country's own Poisson number at places drawn by population, and one with a given probability per funded
/// year of support, times the intensity of its feasibility studies, at that place; sizes lognormal.
/// `σ = min(ceiling, cap·t·years/capex)` of the capital cost is paid in order of start date, then place id,
/// in equal parts over the programme's payment years from this one on, while each year's budget lasts; a
/// project is funded whole or not at all. Payments beyond the run meet no budget.
///
/// `relative_cost` by technology. `promised_jpy` holds what the programme has promised for each touched year,
/// and payment_years more; the new projects' payments are added to it. Nominal JPY.
std::vector<CreditProject> credit_year(const PreparedWorld& prepared, const CreditProgramme& programme,
                                       const MemberDraws& draws, MemberId id, std::size_t touched_year,
                                       const std::vector<double>& relative_cost,
                                       std::vector<double>& promised_jpy);

}  // namespace domino::sim
