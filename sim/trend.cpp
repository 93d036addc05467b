#include "sim/trend.h"

#include <algorithm>
#include <cmath>

#include "geo/portable_math.h"
#include "sim/exposure.h"

namespace domino::sim {
namespace {

constexpr double lowest_log_hazard = -14.0;
constexpr double highest_log_hazard = 5.0;
constexpr int bisection_steps = 40;

/// The mean-field commitment of one country: expected C of its places, everything else uncommitted.
class CountryMeanField {
 public:
    CountryMeanField(const PreparedWorld& prepared, const MemberDraws& draws,
                     const std::vector<double>& propensity, std::size_t country)
        : prepared_(prepared),
          draws_(draws),
          propensity_(propensity),
          places_(prepared.country_places[country]),
          block_hazard_(draws.countries[country].block_rate_per_year * draws.block_join),
          years_(part_years(prepared.world->calendar)),
          committed_(prepared.places, 0.0) {
        for (const std::uint32_t i : places_) {
            if (prepared_.committed_from_step[i] < 0) committed_[i] = 1.0;
        }
    }

    double share() const {
        double sum = 0.0;
        for (const std::uint32_t i : places_) sum += committed_[i];
        return places_.empty() ? 0.0 : sum / static_cast<double>(places_.size());
    }

    void advance(int from_step, int to_step, double log_hazard) {
        const double level = portable::exp(log_hazard);
        for (int step = from_step; step < to_step; step += prepared_.world->calendar.months_per_step) {
            for (int part = 0; part < prepared_.world->calendar.parts_per_month; ++part) {
                advance_one(step, level);
            }
        }
    }

 private:
    void advance_one(int step, double level) {
        const bool late = share() >= draws_.phase_switch;
        next_.clear();
        for (const std::uint32_t i : places_) {
            if (prepared_.committed_from_step[i] <= step) {
                next_.push_back(1.0);
                continue;
            }
            double pull = 1.0;
            for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
                const double gamma = late ? draws_.layers[l].gamma_late : draws_.layers[l].gamma_early;
                if (gamma == 0.0) continue;
                const double e = exposure(prepared_.layers[l], i, step, prepared_.steps, committed_);
                pull += gamma * respond(prepared_.layers[l].response, e, draws_.layers[l].threshold);
            }
            double hazard = level * propensity_[i] * pull + block_hazard_;
            hazard += draws_.support_hazard * prepared_.support_at(step, i).policy_dialogue;
            next_.push_back(1.0 - (1.0 - committed_[i]) * portable::exp(-hazard * years_));
        }
        for (std::size_t n = 0; n < places_.size(); ++n) committed_[places_[n]] = next_[n];
    }

    const PreparedWorld& prepared_;
    const MemberDraws& draws_;
    const std::vector<double>& propensity_;
    const std::vector<std::uint32_t>& places_;
    double block_hazard_;
    double years_;
    std::vector<double> committed_;
    std::vector<double> next_;
};

/// First step after the one that contains the month, at most the end of the run; 0 for months before it.
int end_of_step(const Calendar& calendar, Month month) {
    if (month < calendar.first) return 0;
    return std::min(calendar.step_start(month).value - calendar.first.value + calendar.months_per_step,
                    calendar.steps);
}

double solve_window(const CountryMeanField& start, int from_step, int to_step, double share) {
    double low = lowest_log_hazard;
    double high = highest_log_hazard;
    for (int n = 0; n < bisection_steps; ++n) {
        const double middle = 0.5 * (low + high);
        CountryMeanField trial = start;
        trial.advance(from_step, to_step, middle);
        (trial.share() < share ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

}  // namespace

std::vector<double> place_propensity(const PreparedWorld& prepared, const MemberDraws& draws) {
    constexpr double inverse_ln10 = 0.43429448190325182765;
    constexpr double reference_population = 100000.0;
    std::vector<double> propensity;
    propensity.reserve(prepared.places);
    for (const PlaceInputs& place : prepared.world->places) {
        // A rest of region with nobody in it still carries the authority: it counts as the smallest place.
        const double people = std::max(place.population, 1000.0);
        const double x = portable::log(people / reference_population) * inverse_ln10;
        propensity.push_back(
            portable::exp(draws.beta_population * x + place.log_hazard_offset + draws.frailty[place.admin1]));
    }
    return propensity;
}

Trend solve_trend(const PreparedWorld& prepared, const MemberDraws& draws,
                  const std::vector<double>& propensity) {
    const World& world = *prepared.world;
    Trend trend;
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        std::vector<double> a(static_cast<std::size_t>(prepared.steps),
                              draws.countries[c].log_hazard_forecast);
        CountryMeanField state(prepared, draws, propensity, c);
        int from = 0;
        const std::vector<ObservedCount>& observed = world.countries[c].commitment.observed;
        for (std::size_t n = 0; n < observed.size(); ++n) {
            const int to = end_of_step(world.calendar, observed[n].month);
            // Of counts within one step the last is met.
            if (to <= from ||
                (n + 1 < observed.size() && end_of_step(world.calendar, observed[n + 1].month) == to))
                continue;
            const double solved = solve_window(state, from, to, observed[n].share);
            std::fill(a.begin() + from, a.begin() + to, solved);
            state.advance(from, to, solved);
            from = to;
        }
        trend.log_hazard.push_back(std::move(a));
    }
    return trend;
}

}  // namespace domino::sim
