#include "viz/public_money.h"

#include <span>
#include <string>

namespace domino::viz {

double public_money_jpy(const sim::RunResults& r, std::size_t year, std::size_t member) {
    const auto members = static_cast<std::size_t>(r.members);
    const std::size_t block = r.years * members;
    double sum = 0.0;
    for (const std::vector<double>* money :
         {&r.spent_jpy, &r.credit_spent_jpy, &r.lease_spent_jpy, &r.scheme_spent_jpy}) {
        for (std::size_t at = year * members + member; at < money->size(); at += block) sum += (*money)[at];
    }
    return sum;
}

Valuer::Valuer(const scenarios::BuiltWorld& built, const sim::EnsembleOptions& options) {
    const sim::World& world = built.world;
    for (int m = 0; m < options.members; ++m) {
        const sim::MemberId id{options.seed, options.first_member + static_cast<std::uint32_t>(m)};
        members_.push_back({world.money_year, world.parameters.inflation_per_year,
                            sim::draw_discount_rate(built.discount_rate, world.uncertainty, id)});
    }
}

std::vector<double> Valuer::present_value_jpy(const sim::RunResults& results, std::size_t from,
                                              std::size_t to) const {
    std::vector<double> sum(members_.size(), 0.0);
    for (std::size_t m = 0; m < sum.size(); ++m) {
        for (std::size_t year = from; year <= to; ++year) {
            const int calendar_year = results.calendar.first_year() + static_cast<int>(year);
            sum[m] += public_money_jpy(results, year, m) * members_[m].worth(calendar_year);
        }
    }
    return sum;
}

PathwaySeries present_value_series(const scenarios::BuiltWorld& built, const sim::RunResults& results,
                                   const sim::EnsembleOptions& options, MemberValues keep) {
    PathwaySeries series{std::string(all_countries_region),
                         "Present Value of Public Support",
                         "million JPY",
                         SeriesKind::summary,
                         {}};
    constexpr double million = 1e6;
    const Valuer valuer(built, options);
    Summarizer summarizer;
    std::vector<double> paid(static_cast<std::size_t>(results.members), 0.0);
    for (std::size_t year = 0; year < results.years; ++year) {
        const auto now = valuer.present_value_jpy(results, year, year);
        for (std::size_t m = 0; m < paid.size(); ++m) paid[m] += now[m] / million;
        series.years.push_back(summarizer.summarize(std::span<const double>(paid)));
        if (keep == MemberValues::keep) series.members.insert(series.members.end(), paid.begin(), paid.end());
    }
    return series;
}

}  // namespace domino::viz
