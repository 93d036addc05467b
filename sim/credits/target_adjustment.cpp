#include "sim/credits/target_adjustment.h"

#include <algorithm>

namespace domino::sim {

double summed_adjustment_mt(const CreditResults& credits, const Calendar& calendar, std::size_t party,
                            int first_year, int last_year, std::size_t member) {
    constexpr double t_per_mt = 1e6;
    Tonnes sum = 0;
    const int last = std::min(last_year, calendar.last_year());
    for (int year = std::max(first_year, calendar.first_year()); year <= last; ++year) {
        const auto y = static_cast<std::size_t>(year - calendar.first_year());
        const std::size_t at = credits.party_year(party, y, member);
        sum += credits.first_transferred[at] - credits.used[at];
    }
    return static_cast<double>(sum) / t_per_mt;
}

}  // namespace domino::sim
