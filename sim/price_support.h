#pragma once

#include <vector>

#include "sim/kernel/stock_lanes.h"
#include "sim/prepared_world.h"

namespace domino::sim {

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
    void pay(const PreparedWorld& prepared, Month month, const StockView& stock, std::vector<double>& spent,
             std::size_t years, std::size_t touched_year);

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
