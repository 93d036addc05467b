#include "cli/scenario_story.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "sim/domino_multiplier.h"

namespace domino::cli {
namespace {

constexpr std::size_t sources_told = 8;

/// Whether any tie can act: one of its coefficients is not surely zero.
bool is_coupled(const sim::World& world) {
    const auto acts = [](const sim::Prior& prior) {
        return !(prior.family == sim::Family::fixed && prior.a == 0.0) && prior.zero_mass < 1.0;
    };
    return std::any_of(world.couplings.begin(), world.couplings.end(), [&](const auto& coupling) {
        return acts(coupling.gamma_early) || acts(coupling.gamma_late) || acts(coupling.coercion);
    });
}

std::vector<ScenarioStory::Trigger> find_triggers(const sim::World& world, const sim::RunResults& results) {
    std::map<std::pair<std::string, std::string>, double> counts;
    for (const sim::CommitmentEvent& event : results.events) {
        if (event.cause == sim::Cause::observed) continue;
        const std::string cause(sim::cause_ids[static_cast<std::size_t>(event.cause)]);
        const bool tie = event.layer != sim::no_layer;
        counts[{cause, tie ? world.layers[event.layer].name : std::string()}] += 1.0;
    }
    std::vector<ScenarioStory::Trigger> triggers;
    for (const auto& [what, count] : counts)
        triggers.push_back({what.first, what.second, count / results.event_members});
    std::stable_sort(triggers.begin(), triggers.end(),
                     [](const auto& a, const auto& b) { return a.commitments > b.commitments; });
    return triggers;
}

std::vector<ScenarioStory::Source> find_sources(const scenarios::BuiltWorld& built,
                                                const sim::RunResults& results) {
    const auto multipliers = sim::count_downstream(results.events, built.places.places.size());
    std::vector<double> direct(multipliers.size(), 0.0);
    for (const sim::CommitmentEvent& event : results.events)
        if (event.source < direct.size()) direct[event.source] += 1.0;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < multipliers.size(); ++i)
        if (multipliers[i].downstream > 0) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return multipliers[a].downstream > multipliers[b].downstream;
    });
    order.resize(std::min(order.size(), sources_told));
    const double members = results.event_members;
    std::vector<ScenarioStory::Source> sources;
    for (const std::size_t i : order)
        sources.push_back({built.places.places[i].id, built.places.places[i].name, direct[i] / members,
                           multipliers[i].downstream / members, multipliers[i].downstream_t / members});
    return sources;
}

std::vector<ScenarioStory::Chain> find_chains(const scenarios::BuiltWorld& built,
                                              const sim::RunResults& results) {
    std::vector<ScenarioStory::Chain> chains;
    for (const viz::DominoChain& found : viz::find_longest_chains(built, results)) {
        ScenarioStory::Chain chain;
        for (const auto place : found.places) chain.places.push_back(built.places.places[place].name);
        chain.years = found.median_years;
        chain.members = found.members.empty() ? 0 : found.members.back();
        chains.push_back(std::move(chain));
    }
    return chains;
}

}  // namespace

ScenarioStory make_scenario_story(const Worlds& worlds, const sim::EnsembleResults& results,
                                  const sim::EnsembleOptions& options) {
    const auto& built = worlds.scenario.built;
    const sim::RunResults& run = results.scenario;
    ScenarioStory story;
    story.scenario = worlds.scenario.scenario.name;
    if (worlds.reference) {
        story.reference = worlds.reference->scenario.name;
        story.levers = scenarios::differences(worlds.reference->scenario, worlds.scenario.scenario);
    }
    story.members = options.members;
    story.seed = options.seed;
    story.first_year = run.calendar.first_year();
    story.last_year = story.first_year + static_cast<int>(run.years) - 1;
    story.coupled = is_coupled(built.world);
    const auto paired =
        sim::paired_commitments(run, results.scenario_uncoupled, run.years - 1, options.first_member);
    for (const double on : paired.on) story.commitments += on / static_cast<double>(paired.on.size());
    story.of_commitments = sim::domino_share(paired, options.seed);
    if (results.reference)
        story.of_tonnes = sim::domino_share(sim::paired_avoided_t(results, 0, run.years - 1), options.seed);
    story.triggers = find_triggers(built.world, run);
    story.sources = find_sources(built, run);
    story.chains = find_chains(built, run);
    return story;
}

}  // namespace domino::cli
