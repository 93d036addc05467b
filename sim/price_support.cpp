#include "sim/price_support.h"

#include <algorithm>
#include <limits>

#include "geo/portable_math.h"

namespace domino::sim {

PriceSupport::PriceSupport(const World& world)
    : world_(world), remaining_jpy_(world.price_schemes.size(), 0.0) {
    for (const PriceScheme& scheme : world.price_schemes) {
        std::vector<std::uint8_t> covers(world.countries.size(), 0);
        for (const std::uint16_t c : scheme.countries) covers[c] = 1;
        covers_.push_back(std::move(covers));
    }
}

void PriceSupport::begin_year(std::size_t touched_year, const std::vector<double>& relative_cost,
                              double eta_cost) {
    relative_cost_ = relative_cost;
    eta_cost_ = eta_cost;
    const int year = world_.calendar.first.year() + static_cast<int>(touched_year);
    nominal_ =
        portable::exp(portable::log1p(world_.parameters.inflation_per_year) * (year - world_.money_year));
    const std::size_t countries = world_.countries.size();
    unsupported_.resize(world_.technologies.size() * countries);
    for (std::size_t k = 0; k < world_.technologies.size(); ++k) {
        const double multiplier = portable::pow(relative_cost[k], -eta_cost);
        for (std::size_t c = 0; c < countries; ++c)
            unsupported_[c * world_.technologies.size() + k] = multiplier;
    }
    for (std::size_t n = 0; n < remaining_jpy_.size(); ++n) {
        const ByYear& budget = world_.price_schemes[n].budget_jpy;
        remaining_jpy_[n] = budget.empty() ? std::numeric_limits<double>::infinity() : budget[touched_year];
    }
}

bool PriceSupport::acts(std::size_t scheme, Month month) const {
    const PriceScheme& s = world_.price_schemes[scheme];
    return ActingMonths(world_.calendar, s.from, s.to).contain(month) && remaining_jpy_[scheme] > 0.0;
}

const std::vector<double>& PriceSupport::month(Month month) {
    const bool any = std::any_of(covers_.begin(), covers_.end(),
                                 [&, n = std::size_t{0}](const auto&) mutable { return acts(n++, month); });
    if (!any) return unsupported_;
    multiplier_ = unsupported_;
    const std::size_t countries = world_.countries.size();
    for (std::size_t n = 0; n < covers_.size(); ++n) {
        if (!acts(n, month)) continue;
        const PriceScheme& scheme = world_.price_schemes[n];
        const double paid = std::max(least_price_share, 1.0 - scheme.share);
        for (std::size_t c = 0; c < countries; ++c) {
            if (covers_[n][c] != 0)
                multiplier_[c * world_.technologies.size() + scheme.technology] *=
                    portable::pow(paid, -eta_cost_);
        }
    }
    return multiplier_;
}

}  // namespace domino::sim
