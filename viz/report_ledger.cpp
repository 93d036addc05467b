#include <map>

#include "viz/report_data.h"
#include "viz/tonnes.h"

namespace domino::viz::report {

namespace {

/// Mean over members of one cell of a [..][member] array, Mt.
double mean_mt(const std::vector<sim::Tonnes>& values, std::size_t cell, std::size_t members) {
    double sum = 0.0;
    for (std::size_t m = 0; m < members; ++m) sum += static_cast<double>(values[cell * members + m]);
    return sum / static_cast<double>(members) / tonnes_per_megatonne;
}

/// What the buyer takes in and what leaves its holding, by year of booking, Mt.
struct BuyerYear {
    double acquired = 0.0;
    double net_holding = 0.0;
};

std::map<int, BuyerYear> buyer_years(const sim::CreditResults& credits) {
    std::map<int, BuyerYear> years;
    const sim::CreditAccount holding{credits.buyer, sim::CreditAccountKind::holding};
    for (std::size_t row = 0; row < credits.flows.size(); ++row) {
        const sim::CreditFlow& flow = credits.flows[row];
        const double amount = mean_mt(credits.tonnes, row, credits.members);
        BuyerYear& year = years[flow.year];
        if (flow.debit == holding) {
            year.acquired += amount;
            year.net_holding += amount;
        }
        if (flow.credit == holding) year.net_holding -= amount;
    }
    return years;
}

}  // namespace

Json make_ledger(const ReportSources& s) {
    Json entries = Json::array();
    const sim::RunResults& results = s.context.results.scenario;
    const sim::CreditResults& credits = results.credits;
    if (credits.empty()) return entries;
    const std::size_t inside = s.context.built.world.countries.size();
    const auto add = [&](int year, const std::string& party, const char* account, double amount) {
        if (amount == 0.0) return;
        entries.push_back({{"year", year}, {"party", party}, {"account", account}, {"amount", amount}});
    };
    const std::string& buyer = credits.parties[credits.buyer.value];
    std::map<int, BuyerYear> taken = buyer_years(credits);
    double held = 0.0;
    for (std::size_t y = 0; y < credits.years; ++y) {
        const int year = results.calendar.first_year() + static_cast<int>(y);
        double elsewhere = 0.0;
        for (std::size_t p = 0; p < credits.parties.size(); ++p) {
            const double sold = mean_mt(credits.first_transferred, p * credits.years + y, credits.members);
            if (p < inside) {
                add(year, credits.parties[p], "first_transferred", sold);
            } else {
                elsewhere += sold;
            }
        }
        add(year, "", "first_transferred", elsewhere);
        held += taken[year].net_holding;
        add(year, buyer, "acquired", taken[year].acquired);
        add(year, buyer, "used",
            mean_mt(credits.used, credits.buyer.value * credits.years + y, credits.members));
        add(year, buyer, "held", held);
    }
    for (const sim::CreditSupplyGoal& goal : s.context.built.world.credit_accounting.supply_goals)
        add(goal.fiscal_year, buyer, "goal", goal.level_mt);
    return entries;
}

}  // namespace domino::viz::report
