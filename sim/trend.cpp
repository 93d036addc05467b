#include "sim/trend.h"

#include <algorithm>
#include <array>
#include <utility>

#include "geo/portable_math.h"
#include "sim/trend_search.h"

namespace domino::sim {
namespace {

/// First step after the one that contains the month, at most the end of the run; 0 for months before it.
int end_of_step(const Calendar& calendar, Month month) {
    if (month < calendar.first) return 0;
    return std::min(calendar.step_start(month).value - calendar.first.value + calendar.months_per_step,
                    calendar.steps);
}

/// Steps [from, to) at whose end a count is to be met.
struct Window {
    int from = 0, to = 0;
    double share = 0.0;
};

std::vector<Window> windows_of(const Calendar& calendar, const std::vector<ObservedCount>& observed) {
    std::vector<Window> windows;
    int from = 0;
    for (std::size_t n = 0; n < observed.size(); ++n) {
        const int to = end_of_step(calendar, observed[n].month);
        // Of counts within one step the last is met.
        if (to <= from || (n + 1 < observed.size() && end_of_step(calendar, observed[n + 1].month) == to))
            continue;
        windows.push_back({from, to, observed[n].share});
        from = to;
    }
    return windows;
}

/// Solves a window for all members side by side and leaves the state at its end.
std::array<double, lane_count> solve_window(MeanFieldLanes& field, MeanFieldLanes::State& state,
                                            const Window& window) {
    const double years = (window.to - window.from) / 12.0;
    std::array<TrendSearch, lane_count> search;
    for (std::size_t m = 0; m < lane_count; ++m) search[m] = {state.share[m], window.share, years};
    const MeanFieldLanes::State before = state;
    for (;;) {
        // Members that have found theirs are tried once more with it, so that all end at their own.
        Lanes level;
        for (std::size_t m = 0; m < lane_count; ++m)
            level[m] = static_cast<float>(portable::exp(search[m].at()));
        state = before;
        field.advance(state, window.from, window.to, level);
        for (std::size_t m = 0; m < lane_count; ++m) search[m].take(state.share[m]);
        if (std::all_of(search.begin(), search.end(), [](const TrendSearch& s) { return s.found(); })) break;
    }
    std::array<double, lane_count> solved{};
    for (std::size_t m = 0; m < lane_count; ++m) solved[m] = search[m].at();
    return solved;
}

}  // namespace

std::vector<double> place_propensity(const PreparedWorld& prepared, const MemberDraws& draws) {
    constexpr double inverse_ln10 = 0.43429448190325182765;
    constexpr double reference_population = 100000.0;
    std::vector<double> propensity;
    propensity.reserve(prepared.places);
    const World& world = *prepared.world;
    for (std::size_t i = 0; i < world.places.size(); ++i) {
        const PlaceInputs& place = world.places[i];
        // A rest of region with nobody in it still carries the authority: it counts as the smallest place.
        const double people = std::max(place.population, 1000.0);
        const double x = portable::log(people / reference_population) * inverse_ln10;
        double log_propensity = draws.beta_population * x + draws.frailty[place.admin1];
        for (std::size_t k = 0; k < world.covariates.size(); ++k)
            log_propensity += draws.coefficients[k] * world.covariates[k].centred[i];
        propensity.push_back(portable::exp(log_propensity));
    }
    return propensity;
}

std::vector<Trend> solve_trends(const PreparedWorld& prepared, std::span<const MeanFieldMember> members,
                                const Threads* threads, InstructionSet instructions) {
    const World& world = *prepared.world;
    std::vector<Trend> trends(members.size());
    for (std::size_t m = 0; m < members.size(); ++m) {
        for (const CountryDraws& country : members[m].draws->countries) {
            trends[m].log_hazard.emplace_back(static_cast<std::size_t>(prepared.steps),
                                              country.log_hazard_forecast);
        }
    }
    run_shared(threads, world.countries.size(), [&](std::size_t c) {
        const std::vector<Window> windows =
            windows_of(world.calendar, world.countries[c].commitment.observed);
        if (windows.empty()) return;
        MeanFieldLanes field(prepared, members, c, instructions);
        MeanFieldLanes::State state = field.start();
        for (const Window& window : windows) {
            const auto solved = solve_window(field, state, window);
            for (std::size_t m = 0; m < members.size(); ++m) {
                std::vector<double>& a = trends[m].log_hazard[c];
                std::fill(a.begin() + window.from, a.begin() + window.to, solved[m]);
            }
        }
    });
    return trends;
}

Trend solve_trend(const PreparedWorld& prepared, const MemberDraws& draws,
                  const std::vector<double>& propensity) {
    const MeanFieldMember member{&draws, &propensity};
    return std::move(solve_trends(prepared, std::span(&member, 1)).front());
}

}  // namespace domino::sim
