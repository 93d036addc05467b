#include "cli/run_summary.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/progress.h"
#include "cli/strategy_list.h"
#include "scenarios/problem.h"

namespace domino::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Plan {
    std::size_t places, countries, technologies, ties, years;
    int months, members, threads;
    std::uint64_t seed;
    std::size_t runs;
    double result_gigabytes;
    bool keeps_members;
};

Plan plan_of(const Worlds& worlds, const sim::EnsembleOptions& options) {
    const sim::World& world = worlds.scenario.built.world;
    Plan plan{};
    plan.places = world.places.size();
    plan.countries = world.countries.size();
    plan.technologies = world.technologies.size();
    for (const sim::FrozenLayer& layer : world.layers) plan.ties += layer.source.size();
    plan.years = static_cast<std::size_t>(world.calendar.years());
    plan.months = world.calendar.steps;
    plan.members = options.members;
    plan.threads = options.threads;
    plan.seed = options.seed;
    plan.runs = worlds.reference ? 2 : 1;
    // Places are nearly all of it.
    const double every_member = sim::place_results_bytes(world, plan.members, static_cast<int>(plan.runs));
    plan.keeps_members = every_member <= static_cast<double>(options.place_memory_bytes);
    const double place_years = static_cast<double>(plan.places * plan.years * plan.runs);
    constexpr auto bytes_of_distribution =
        static_cast<double>(sim::PlaceDistributions::bytes_per_year +
                            sim::stage_count * sim::PlaceDistributions::bytes_per_stage_year);
    plan.result_gigabytes = (plan.keeps_members ? every_member : place_years * bytes_of_distribution) / 1e9;
    return plan;
}

std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string describe_world(const Worlds& worlds, double seconds) {
    const sim::World& world = worlds.scenario.built.world;
    std::size_t ties = 0;
    for (const sim::FrozenLayer& layer : world.layers) ties += layer.source.size();
    return fmt::format("{}: {} places in {} countries, {} ties, {} technologies{} (built in {:.1f} s)",
                       worlds.scenario.scenario.name, world.places.size(), world.countries.size(), ties,
                       world.technologies.size(),
                       worlds.reference ? fmt::format("; against {}", worlds.reference->scenario.name) : "",
                       seconds);
}

std::string plan_text(const Worlds& worlds, const sim::EnsembleOptions& options) {
    const Plan plan = plan_of(worlds, options);
    std::string text = fmt::format("scenario      {}\n", worlds.scenario.scenario.name);
    text += fmt::format("reference     {}\n", worlds.reference ? worlds.reference->scenario.name : "none");
    text += fmt::format("places        {} in {} countries\nties          {}\ntechnologies  {}\n", plan.places,
                        plan.countries, plan.ties, plan.technologies);
    text += fmt::format("months        {} ({} calendar years)\nmembers       {}, seed {}, {} threads\n",
                        plan.months, plan.years, plan.members, plan.seed, plan.threads);
    text += fmt::format("memory        {:.2f} GB of results of places, {}\n", plan.result_gigabytes,
                        plan.keeps_members ? "every member kept" : "kept as distributions");
    if (worlds.reference)
        for (const auto& change :
             scenarios::differences(worlds.reference->scenario, worlds.scenario.scenario))
            text += fmt::format("change        {}: {} -> {}{}\n", change.key, change.from, change.to,
                                change.since.empty() ? "" : fmt::format(" from {}", change.since));
    text += list_strategy(worlds.scenario.built);
    return text + "nothing was run or written (--dry-run)\n";
}

std::string plan_json(const Worlds& worlds, const sim::EnsembleOptions& options) {
    const Plan plan = plan_of(worlds, options);
    Json changes = Json::array();
    if (worlds.reference)
        for (const auto& change :
             scenarios::differences(worlds.reference->scenario, worlds.scenario.scenario))
            changes.push_back(
                {{"key", change.key}, {"from", change.from}, {"to", change.to}, {"since", change.since}});
    return dump({{"scenario", worlds.scenario.scenario.name},
                 {"reference", worlds.reference ? Json(worlds.reference->scenario.name) : Json(nullptr)},
                 {"places", plan.places},
                 {"countries", plan.countries},
                 {"ties", plan.ties},
                 {"technologies", plan.technologies},
                 {"months", plan.months},
                 {"members", plan.members},
                 {"seed", plan.seed},
                 {"threads", plan.threads},
                 {"result_gigabytes", plan.result_gigabytes},
                 {"place_results", plan.keeps_members ? "every_member" : "distributions"},
                 {"changes", changes},
                 {"strategy", strategy_json(worlds.scenario.built)}});
}

std::string TargetSummary::text() const {
    return fmt::format("targets: {} met and {} missed in more than half of the members, {} not assessable",
                       met, missed, not_assessable);
}

TargetSummary summarize_targets(const std::vector<sim::Target>& targets,
                                const std::vector<sim::TargetResult>& results) {
    TargetSummary summary;
    for (std::size_t i = 0; i < std::min(targets.size(), results.size()); ++i) {
        const sim::TargetResult& result = results[i];
        const bool assessed = result.status == sim::TargetStatus::assessed;
        summary.rows.push_back({targets[i].id, assessed, result.probability, result.reason});
        int& count = !assessed                  ? summary.not_assessable
                     : result.probability > 0.5 ? summary.met
                                                : summary.missed;
        ++count;
    }
    return summary;
}

std::string outcome_json(const std::filesystem::path& folder, const viz::RunContext& context,
                         const TargetSummary& targets, double seconds) {
    Json rows = Json::array();
    for (const TargetSummary::Row& row : targets.rows)
        rows.push_back(row.assessed
                           ? Json{{"id", row.id}, {"status", "assessed"}, {"probability", row.probability}}
                           : Json{{"id", row.id}, {"status", "not_assessable"}, {"reason", row.reason}});
    return dump({{"results", folder.string()},
                 {"scenario", context.scenario.name},
                 {"reference", context.reference != nullptr ? Json(context.reference->name) : Json(nullptr)},
                 {"places", context.built.places.places.size()},
                 {"members", context.options.members},
                 {"seed", context.options.seed},
                 {"seconds", std::round(seconds * 10.0) / 10.0},
                 {"targets", rows}});
}

}  // namespace domino::cli
