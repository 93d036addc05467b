#include "viz/lever_trials.h"

#include <algorithm>

#include "scenarios/single_change.h"

namespace domino::viz {

namespace {

constexpr int trial_members = 4;
constexpr std::size_t most_levers = 8;

/// Runs a scenario against the reference's world on the first members of the run.
std::optional<sim::RunResults> run_trial(const TrialInputs& in, const scenarios::Scenario& scenario,
                                         sim::EnsembleOptions options) {
    const auto world = scenarios::build_world(scenario, in.data_dir);
    if (!world.built || world.built->world.places.size() != in.reference_built.world.places.size())
        return std::nullopt;
    options.members = std::min(options.members, trial_members);
    options.progress = nullptr;
    return sim::run_ensemble(world.built->world, &in.reference_built.world, options).scenario;
}

}  // namespace

ChangeSummary compare_runs(const sim::RunResults& a, const sim::RunResults& b, int members) {
    const auto count = static_cast<std::size_t>(members);
    ChangeSummary summary;
    summary.changed.assign(a.places, 0);
    std::size_t first = a.years;
    for (std::size_t place = 0; place < a.places; ++place) {
        for (std::size_t year = 0; year < a.years && summary.changed[place] == 0; ++year) {
            for (std::size_t m = 0; m < count; ++m) {
                if (a.emissions_t[a.place_year(place, year, m)] ==
                    b.emissions_t[b.place_year(place, year, m)])
                    continue;
                summary.changed[place] = 1;
                first = std::min(first, year);
                break;
            }
        }
        for (std::size_t stage = 0; stage < sim::stage_count; ++stage) {
            for (std::size_t m = 0; m < count; ++m) {
                const auto s = static_cast<sim::Stage>(stage);
                const std::uint16_t mine = a.stage_step[a.stage_at(s, place, m)];
                const std::uint16_t theirs = b.stage_step[b.stage_at(s, place, m)];
                if (mine == theirs) continue;
                summary.changed[place] = 1;
                const int year = a.calendar.month(std::min(mine, theirs)).year() - a.calendar.first_year();
                first = std::min(first, static_cast<std::size_t>(std::max(0, year)));
            }
        }
        summary.places += summary.changed[place] != 0 ? 1 : 0;
    }
    if (first < a.years) summary.first_year = a.calendar.first_year() + static_cast<int>(first);
    return summary;
}

std::vector<LeverTrial> try_levers(const TrialInputs& in, const sim::EnsembleOptions& options) {
    std::vector<LeverTrial> trials;
    if (in.levers.size() < 2 || in.levers.size() > most_levers || !in.results.reference) return trials;
    const int members = std::min(options.members, trial_members);
    std::vector<std::optional<sim::RunResults>> alone;
    for (const auto& lever : in.levers) {
        alone.push_back(run_trial(in, scenarios::take_over(in.reference, in.scenario, lever.key), options));
    }
    for (std::size_t n = 0; n < in.levers.size(); ++n) {
        LeverTrial trial{in.levers[n].key, members, {}, {}};
        if (alone[n]) trial.alone = compare_runs(*alone[n], *in.results.reference, members);
        // Of two levers, the scenario without the one is the reference with the other.
        const auto without =
            in.levers.size() == 2
                ? alone[1 - n]
                : run_trial(in, scenarios::take_over(in.scenario, in.reference, in.levers[n].key), options);
        if (without) trial.without = compare_runs(*without, in.results.scenario, members);
        trials.push_back(std::move(trial));
    }
    return trials;
}

}  // namespace domino::viz
