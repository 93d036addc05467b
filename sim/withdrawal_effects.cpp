#include "sim/withdrawal_effects.h"

#include <algorithm>

#include "geo/portable_math.h"

namespace domino::sim {

namespace {

/// Multiplies the factor of every place of the country that is not in the coalition.
void apply(const World& world, const Withdrawal& withdrawal, double factor, std::span<double> factors) {
    for (std::size_t i = 0; i < factors.size(); ++i) {
        if (world.places[i].country == withdrawal.country && withdrawal.coalition[i] == 0)
            factors[i] *= factor;
    }
}

}  // namespace

void withdrawal_propensity(const World& world, const std::vector<WithdrawalDraws>& draws, int step,
                           std::span<double> factors) {
    std::fill(factors.begin(), factors.end(), 1.0);
    const Month month = world.calendar.month(step);
    for (std::size_t w = 0; w < world.withdrawals.size(); ++w) {
        const Withdrawal& withdrawal = world.withdrawals[w];
        if (!ActingMonths(world.calendar, withdrawal.from, withdrawal.to).contain(month)) continue;
        apply(world, withdrawal, draws[w].propensity_factor, factors);
    }
}

void withdrawal_drift(const World& world, const std::vector<WithdrawalDraws>& draws, int step,
                      std::span<double> factors) {
    std::fill(factors.begin(), factors.end(), 1.0);
    const std::int64_t now = std::int64_t{world.calendar.month(step).value} + world.calendar.months_per_step;
    for (std::size_t w = 0; w < world.withdrawals.size(); ++w) {
        const Withdrawal& withdrawal = world.withdrawals[w];
        const int observed_until = make_month(world.countries[withdrawal.country].base_year + 1, 1).value;
        const std::int64_t from = std::max(withdrawal.from.value, observed_until);
        const std::int64_t to = std::min<std::int64_t>(now, withdrawal.to.value);
        if (to <= from) continue;
        const double years = static_cast<double>(to - from) * step_years;
        apply(world, withdrawal, portable::exp(draws[w].intensity_drift_per_year * years), factors);
    }
}

}  // namespace domino::sim
