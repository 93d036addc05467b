#include "viz/lever_trials.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "scenarios/single_change.h"

namespace domino::viz {

namespace {

constexpr int trial_members = 4;
constexpr std::size_t most_levers = 8;

/// Levers that are tried together, in their order.
std::vector<std::vector<std::string>> group_levers(const std::vector<scenarios::LeverChange>& levers) {
    std::set<std::string> switched;
    for (const auto& lever : levers) {
        const std::string_view suffix = ".enabled";
        if (lever.key.ends_with(suffix))
            switched.insert(lever.key.substr(0, lever.key.size() - suffix.size()));
        if (lever.key == "strategy.rule" && (lever.from == "none" || lever.to == "none"))
            switched.insert("strategy");
    }
    std::map<std::string, std::size_t> group_of;
    std::vector<std::vector<std::string>> groups;
    for (const auto& lever : levers) {
        const std::string section = lever.key.substr(0, lever.key.find('.'));
        const std::string name = switched.contains(section) ? section : lever.key;
        const auto [at, added] = group_of.emplace(name, groups.size());
        if (added) groups.emplace_back();
        groups[at->second].push_back(lever.key);
    }
    return groups;
}

scenarios::Scenario take_over_all(scenarios::Scenario base, const scenarios::Scenario& other,
                                  const std::vector<std::string>& keys) {
    for (const std::string& key : keys) base = scenarios::take_over(base, other, key);
    return base;
}

/// Runs a scenario against the reference's world on the first members of the run.
std::optional<sim::RunResults> run_trial(const TrialInputs& in, const scenarios::Scenario& scenario,
                                         sim::EnsembleOptions options) {
    const auto world = scenarios::build_world(scenario, in.data_dir);
    if (!world.built || world.built->world.places.size() != in.reference_built.world.places.size())
        return std::nullopt;
    options.members = std::min(options.members, trial_members);
    options.progress = nullptr;
    options.uncoupled = sim::UncoupledTwin::leave_out;
    return sim::run_ensemble(world.built->world, &in.reference_built.world, options).scenario;
}

}  // namespace

ChangeSummary compare_distributions(const sim::RunResults& a, const sim::RunResults& b) {
    ChangeSummary summary;
    summary.changed.assign(a.places, 0);
    std::size_t first = a.years;
    for (std::size_t place = 0; place < a.places; ++place) {
        const std::size_t year = a.distributions->first_difference(*b.distributions, place);
        if (year == a.years) continue;
        summary.changed[place] = 1;
        ++summary.places;
        first = std::min(first, year);
    }
    if (first < a.years) summary.first_year = a.calendar.first_year() + static_cast<int>(first);
    return summary;
}

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
    const auto groups = group_levers(in.levers);
    if (groups.size() < 2 || groups.size() > most_levers || !in.results.reference) return trials;
    if (!in.results.scenario.keeps_members()) return trials;
    const int members = std::min(options.members, trial_members);
    std::vector<std::optional<sim::RunResults>> alone;
    for (const auto& keys : groups)
        alone.push_back(run_trial(in, take_over_all(in.reference, in.scenario, keys), options));
    for (std::size_t n = 0; n < groups.size(); ++n) {
        LeverTrial trial{"", members, {}, {}, groups[n].size() > 1};
        if (alone[n]) trial.alone = compare_runs(*alone[n], *in.results.reference, members);
        // Of two levers, the scenario without the one is the reference with the other.
        const auto without =
            groups.size() == 2 ? alone[1 - n]
                               : run_trial(in, take_over_all(in.scenario, in.reference, groups[n]), options);
        if (without) trial.without = compare_runs(*without, in.results.scenario, members);
        for (const std::string& key : groups[n]) {
            trial.key = key;
            trials.push_back(trial);
        }
    }
    return trials;
}

}  // namespace domino::viz
