#include "sim/adoption_coefficients.h"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cstdint>

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

/// A bracket of a root, and what the function is at its ends: below 0, and not.
struct Bracket {
    double low = 0.0, high = 0.0;
    double at_low = 0.0, at_high = 0.0;
};

/// The root in it of a function that rises, to 30 bits (Alefeld, Potra and Shi 1995).
template <class Function>
double root_in(const Bracket& bracket, const Function& function) {
    constexpr int bits = 30;
    std::uintmax_t trials = 100;  // far more than it takes
    const auto [low, high] = boost::math::tools::toms748_solve(
        function, bracket.low, bracket.high, bracket.at_low, bracket.at_high,
        boost::math::tools::eps_tolerance<double>(bits), trials);
    return 0.5 * (low + high);
}

}  // namespace

AdoptionCoefficients condition_on_observed(const World& world, const Technology& technology,
                                           std::size_t country, const AdoptionDraws& draws,
                                           const std::vector<double>& cost_multiplier) {
    const TechnologyInCountry& local = technology.countries[country];
    if (!local.observed || local.initial_share <= 0.0) return {draws.p, draws.q};
    const NationalStock national(world, technology, country, draws.ceiling, cost_multiplier);
    const auto beyond_with_q = [&](double q) { return national.ratio({0.0, q}) - draws.observed_ratio; };
    const auto beyond_with_p = [&](double p) { return national.ratio({p, draws.q}) - draws.observed_ratio; };
    const double imitated = beyond_with_q(draws.q);
    if (imitated >= 0.0) {
        const double still = beyond_with_q(0.0);
        if (still >= 0.0) return {0.0, 0.0};
        return {0.0, root_in({0.0, draws.q, still, imitated}, beyond_with_q)};
    }
    // The root lies near the draw, so the bracket grows from there: how fast decides trials; the root is the
    // same to 30 bits.
    constexpr double largest_p = 1.0, smallest_guess = 1e-4;
    constexpr double step = 8.0;
    Bracket bracket{0.0, std::clamp(draws.p, smallest_guess, largest_p), imitated, 0.0};
    while ((bracket.at_high = beyond_with_p(bracket.high)) < 0.0) {
        if (bracket.high == largest_p) return {largest_p, draws.q};
        bracket.low = bracket.high;
        bracket.at_low = bracket.at_high;
        bracket.high = std::min(step * bracket.high, largest_p);
    }
    return {root_in(bracket, beyond_with_p), draws.q};
}

}  // namespace domino::sim
