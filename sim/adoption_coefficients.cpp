#include "sim/adoption_coefficients.h"

#include <algorithm>
#include <cmath>

#include "sim/adoption.h"

namespace domino::sim {
namespace {

/// Growth of the stock of one national place over the observed months at constant coefficients, from the
/// starting stock: the ratio rises with p and with q, so that it can be solved for.
class NationalStock {
 public:
    NationalStock(const World& world, const Technology& technology, std::size_t country, double ceiling,
                  const std::vector<double>& cost_multiplier)
        : world_(world),
          technology_(technology),
          local_(technology.countries[country]),
          cost_(cost_multiplier) {
        potential_ = std::max(ceiling, least_headroom * local_.initial_share);
    }

    double ratio(AdoptionCoefficients c) const {
        const int n = technology_.erlang_stages;
        const double years = part_years(world_.calendar);
        const double rate = n * years / technology_.lifetime_years;
        ErlangStages<double> ages = starting_ages(n, technology_.lifetime_years, local_.past_growth_per_year);
        for (double& a : ages) a *= local_.initial_share;
        double stock = local_.initial_share;
        const Month last = std::min(local_.observed->to, Month{world_.calendar.end().value - 1});
        for (Month m = world_.calendar.step_start(std::max(local_.observed->from, world_.calendar.first));
             m <= last; m.value += world_.calendar.months_per_step) {
            const auto year = static_cast<std::size_t>(m.year() - world_.calendar.first.year());
            for (int part = 0; part < world_.calendar.parts_per_month; ++part) {
                stock -= retire(ages.data(), n, rate);
                double sold =
                    adoption_sales(stock, potential_, {c.p * cost_[year], c.q * cost_[year]}, years);
                if (local_.turnover_years > 0.0) sold = std::min(sold, years / local_.turnover_years);
                ages[0] += sold;
                stock += sold;
            }
        }
        return stock / local_.initial_share;
    }

 private:
    const World& world_;
    const Technology& technology_;
    const TechnologyInCountry& local_;
    const std::vector<double>& cost_;
    double potential_ = 0.0;
};

}  // namespace

AdoptionCoefficients condition_on_observed(const World& world, const Technology& technology,
                                           std::size_t country, const AdoptionDraws& draws,
                                           const std::vector<double>& cost_multiplier) {
    const TechnologyInCountry& local = technology.countries[country];
    if (!local.observed || local.initial_share <= 0.0) return {draws.p, draws.q};
    const NationalStock national(world, technology, country, draws.ceiling, cost_multiplier);
    const double wanted = draws.observed_ratio;
    constexpr int bisection_steps = 30;
    if (national.ratio({0.0, draws.q}) >= wanted) {
        double low = 0.0;
        double high = draws.q;
        for (int n = 0; n < bisection_steps; ++n) {
            const double q = 0.5 * (low + high);
            (national.ratio({0.0, q}) < wanted ? low : high) = q;
        }
        return {0.0, 0.5 * (low + high)};
    }
    double low = 0.0;
    double high = 1.0;
    for (int n = 0; n < bisection_steps; ++n) {
        const double p = 0.5 * (low + high);
        (national.ratio({p, draws.q}) < wanted ? low : high) = p;
    }
    return {0.5 * (low + high), draws.q};
}

}  // namespace domino::sim
