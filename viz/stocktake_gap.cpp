#include "viz/stocktake_gap.h"
#include "viz/tonnes.h"

#include <algorithm>

namespace domino::viz {

namespace {

/// Inventory of a country in a year, where the pack has it.
std::optional<double> inventory_mt(const scenarios::BuiltWorld& built, std::size_t country, int year) {
    if (country >= built.history_mt.size()) return std::nullopt;
    const auto& [first, totals] = built.history_mt[country];
    const int offset = year - first;
    if (offset < 0 || offset >= static_cast<int>(totals.size())) return std::nullopt;
    return totals[static_cast<std::size_t>(offset)];
}

StocktakeGap assess(const scenarios::BuiltWorld& built, const sim::RunResults& results,
                    const scenarios::StocktakeLevel& benchmark) {
    StocktakeGap gap{benchmark, "", 0.0, 0.0, {}, {}};
    if (benchmark.year < results.calendar.first_year() || benchmark.year > results.calendar.last_year()) {
        gap.reason = "the run does not reach " + std::to_string(benchmark.year);
        return gap;
    }
    for (std::size_t country = 0; country < results.countries; ++country) {
        const auto base = inventory_mt(built, country, benchmark.base_year);
        if (!base) {
            gap.reason = "no inventory of " + std::to_string(benchmark.base_year) + " for " +
                         built.country_names[country];
            return gap;
        }
        gap.level_mt += (1.0 - benchmark.reduction) * *base;
    }
    const auto year = static_cast<std::size_t>(benchmark.year - results.calendar.first_year());
    const auto members = static_cast<std::size_t>(results.members);
    for (std::size_t member = 0; member < members; ++member) {
        double total = 0.0;
        for (std::size_t country = 0; country < results.countries; ++country)
            total += results.national_total_t(country, year, member);
        gap.emissions_mt.push_back(total / tonnes_per_megatonne);
        gap.gap_mt.push_back(gap.emissions_mt.back() - gap.level_mt);
    }
    const auto met = std::count_if(gap.gap_mt.begin(), gap.gap_mt.end(), [](double g) { return g <= 0.0; });
    gap.probability = members > 0 ? static_cast<double>(met) / static_cast<double>(members) : 0.0;
    return gap;
}

}  // namespace

std::vector<StocktakeGap> assess_stocktake(const scenarios::BuiltWorld& built,
                                           const sim::RunResults& results) {
    std::vector<StocktakeGap> gaps;
    for (const auto& benchmark : built.stocktake_levels) gaps.push_back(assess(built, results, benchmark));
    return gaps;
}

}  // namespace domino::viz
