#include "sim/propensity_factors.h"

#include <algorithm>

#include "geo/portable_math.h"
#include "sim/withdrawal_effects.h"

namespace domino::sim {

std::size_t propensity_years(const World& world) {
    const bool changing = std::any_of(world.covariates.begin(), world.covariates.end(),
                                      [](const HazardCovariate& c) { return !c.by_year.empty(); });
    return changing ? static_cast<std::size_t>(world.calendar.touched_years()) : 1;
}

double covariate_factor(const World& world, const MemberDraws& draws, std::size_t year, std::size_t place) {
    double log_factor = 0.0;
    for (std::size_t k = 0; k < world.covariates.size(); ++k) {
        const HazardCovariate& covariate = world.covariates[k];
        if (covariate.by_year.empty()) continue;
        log_factor += draws.coefficients[k] * (covariate.by_year[year][place] - covariate.centred[place]);
    }
    return portable::exp(log_factor);
}

bool propensity_changes(const World& world) {
    return !world.withdrawals.empty() || propensity_years(world) > 1;
}

bool propensity_may_change_at(const World& world, int step) {
    return !world.withdrawals.empty() || step == 0 || world.calendar.month(step).month_of_year() == 1;
}

void propensity_factors(const World& world, const MemberDraws& draws, int step, std::span<double> factors) {
    withdrawal_propensity(world, draws.withdrawals, step, factors);
    if (propensity_years(world) == 1) return;
    const auto year =
        static_cast<std::size_t>(world.calendar.month(step).year() - world.calendar.first.year());
    for (std::size_t i = 0; i < factors.size(); ++i) factors[i] *= covariate_factor(world, draws, year, i);
}

}  // namespace domino::sim
