#include "sim/credits/emissions_balance.h"

#include <stdexcept>

namespace domino::sim {
namespace {

void check(const BalanceYears& years) {
    if (years.emissions.size() != years.first_transferred.size() ||
        years.emissions.size() != years.used.size()) {
        throw std::invalid_argument("emissions, first transfers and uses must cover the same years");
    }
}

}  // namespace

std::vector<double> annual_balance(const BalanceYears& years) {
    check(years);
    std::vector<double> balance;
    for (std::size_t t = 0; t < years.emissions.size(); ++t) {
        balance.push_back(years.emissions[t] +
                          static_cast<double>(years.first_transferred[t] - years.used[t]));
    }
    return balance;
}

std::vector<double> cumulative_balance(const BalanceYears& years) {
    std::vector<double> balance = annual_balance(years);
    for (std::size_t t = 1; t < balance.size(); ++t) balance[t] += balance[t - 1];
    return balance;
}

std::vector<double> averaging_balance(const BalanceYears& years) {
    check(years);
    std::vector<double> balance;
    Tonnes adjustments = 0;
    for (std::size_t t = 0; t < years.emissions.size(); ++t) {
        adjustments += years.first_transferred[t] - years.used[t];
        balance.push_back(years.emissions[t] + static_cast<double>(adjustments) / static_cast<double>(t + 1));
    }
    return balance;
}

}  // namespace domino::sim
