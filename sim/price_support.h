#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/prepared_world.h"

namespace domino::sim {

/// Nobody sells at nothing: the price never falls below one per cent of the cost.
inline constexpr double least_price_share = 0.01;

/// Price schemes of one member: what they do to adoption and what they have paid. First come, first served
/// within a year's budget: months in order, within a month places by id. In the month in which the budget
/// runs out the purchases are already decided; the budget is never overspent.
class PriceSupport {
 public:
    explicit PriceSupport(const World& world);

    /// New costs and new budgets. `relative_cost` by technology.
    void begin_year(std::size_t touched_year, const std::vector<double>& relative_cost, double eta_cost);

    /// ((1 − σ) c/c_ref)^(−η_c) by [country][technology] in this month.
    const std::vector<double>& month(Month month);

    /// Pays the share of this month's sales; adds nominal JPY to spent[scheme][touched year].
    /// `sales(place, technology)` gives the units sold.
    template <class Sales>
    void pay(const PreparedWorld& prepared, Month month, const Sales& sales, std::vector<double>& spent,
             std::size_t years, std::size_t touched_year) {
        for (std::size_t n = 0; n < covers_.size(); ++n) {
            if (!acts(n, month)) continue;
            const PriceScheme& scheme = world_.price_schemes[n];
            for (const std::uint32_t i : prepared.scheme_places[n]) {
                const std::uint16_t c = world_.places[i].country;
                const double unit_cost = world_.technologies[scheme.technology].countries[c].capex_jpy *
                                         relative_cost_[scheme.technology] * nominal_;
                const double due = sales(i, scheme.technology) * unit_cost * scheme.share;
                const double paid = std::min(due, remaining_jpy_[n]);
                remaining_jpy_[n] -= paid;
                if (scheme.budget_jpy.empty()) spent[n * years + touched_year] += paid;
            }
            // With a budget, what was spent is what is gone from it: rounding cannot overspend.
            if (!scheme.budget_jpy.empty()) {
                spent[n * years + touched_year] = scheme.budget_jpy[touched_year] - remaining_jpy_[n];
            }
        }
    }

 private:
    bool acts(std::size_t scheme, Month month) const;

    const World& world_;
    std::vector<std::vector<std::uint8_t>> covers_;  ///< [scheme][country]
    std::vector<double> remaining_jpy_;              ///< by scheme, this year, nominal
    std::vector<double> relative_cost_;
    std::vector<double> unsupported_;  ///< [country][technology]
    std::vector<double> multiplier_;   ///< [country][technology]
    double eta_cost_ = 0.0;
    double nominal_ = 1.0;  ///< nominal per real JPY this year
};

}  // namespace domino::sim
