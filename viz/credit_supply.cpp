#include "viz/credit_supply.h"

namespace domino::viz {

SupplyResult assess_supply(const sim::RunResults& results, const sim::CreditSupplyGoal& goal) {
    constexpr double t_per_mt = 1e6;
    SupplyResult out;
    const sim::Calendar& calendar = results.calendar;
    if (results.credits.empty() || goal.fiscal_year < calendar.first_year() ||
        goal.fiscal_year > calendar.last_year()) {
        return out;
    }
    const auto year = static_cast<std::size_t>(goal.fiscal_year - calendar.first_year());
    const std::size_t members = results.credits.members;
    std::size_t met = 0;
    for (std::size_t m = 0; m < members; ++m) {
        out.supply_mt.push_back(static_cast<double>(results.credits.supply[year * members + m]) / t_per_mt);
        met += out.supply_mt.back() >= goal.level_mt ? 1 : 0;
    }
    out.probability = static_cast<double>(met) / static_cast<double>(members);
    return out;
}

}  // namespace domino::viz
