#include "cli/strategy_list.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenarios/choices.h"
#include "scenarios/month_text.h"

namespace domino::cli {
namespace {

using scenarios::BuiltWorld;
using scenarios::StrategyProject;
using scenarios::StrategyRule;
using scenarios::StrategyTie;
using Json = nlohmann::ordered_json;

std::string_view rule_of(const BuiltWorld& built) {
    return scenarios::choices_of(built.strategy.rule)[static_cast<std::size_t>(built.strategy.rule)];
}

std::string last_month(sim::Month to) {
    return scenarios::format_month(sim::Month{to.value - 1});
}

std::string count_text(std::size_t projects, std::size_t agreements) {
    if (agreements == 0) return fmt::format("{} projects", projects);
    if (projects == 0) return fmt::format("{} agreements", agreements);
    return fmt::format("{} projects and {} agreements", projects, agreements);
}

std::string place_text(const BuiltWorld& built, const StrategyProject& project) {
    const auto& place = built.places.places[project.place];
    return fmt::format("{} ({}, {})", place.name, place.id, place.iso3);
}

std::string partner_text(const BuiltWorld& built, const StrategyProject& project) {
    return project.partner ? built.places.places[*project.partner].name : std::string("nobody on record");
}

}  // namespace

std::string describe_strategy(const BuiltWorld& built) {
    const auto& plan = built.strategy;
    if (plan.rule == StrategyRule::none) return {};
    double total = 0.0;
    std::size_t projects = 0;
    for (const StrategyProject& project : plan.projects) {
        total += project.cost_jpy();
        if (project.tie == StrategyTie::project) ++projects;
    }
    return fmt::format("strategy ({}): {} for {:g} MJPY as planned; --dry-run lists them", rule_of(built),
                       count_text(projects, plan.projects.size() - projects), total / 1e6);
}

std::string list_strategy(const BuiltWorld& built) {
    const auto& plan = built.strategy;
    if (plan.rule == StrategyRule::none) return {};
    std::string text =
        fmt::format("strategy      {}, {:g} MJPY/yr", rule_of(built), plan.budget_jpy_per_year / 1e6);
    text += plan.rule == StrategyRule::list ? "\n" : fmt::format("; {} candidates\n", plan.candidates);
    for (const auto& round : plan.rounds)
        text +=
            fmt::format("  {}  {} begin, {} in force for {:g} MJPY/yr: {}\n",
                        scenarios::format_month(round.month), round.begins,
                        count_text(round.runs, round.agreements), round.cost_jpy_per_year / 1e6, round.limit);
    for (const StrategyProject& project : plan.projects)
        text += fmt::format("  {} to {}  {}{} with {}, {:g} MJPY/yr, {:g} MJPY in all: {}\n",
                            scenarios::format_month(project.from), last_month(project.to),
                            project.tie == StrategyTie::agreement ? "agreement: " : "",
                            place_text(built, project), partner_text(built, project),
                            project.cost_jpy_per_year / 1e6, project.cost_jpy() / 1e6, project.reason);
    return text;
}

Json strategy_json(const BuiltWorld& built) {
    const auto& plan = built.strategy;
    if (plan.rule == StrategyRule::none) return nullptr;
    Json rounds = Json::array(), projects = Json::array();
    for (const auto& round : plan.rounds)
        rounds.push_back({{"month", scenarios::format_month(round.month)},
                          {"begins", round.begins},
                          {"runs", round.runs},
                          {"agreements", round.agreements},
                          {"cost_jpy_per_year", round.cost_jpy_per_year},
                          {"limit", round.limit}});
    for (const StrategyProject& project : plan.projects) {
        const auto& places = built.places.places;
        Json technologies = Json::array();
        for (const auto k : project.technologies) technologies.push_back(built.world.technologies[k].id);
        projects.push_back({{"project_id", project.id},
                            {"kind", scenarios::tie_name(project.tie)},
                            {"place_id", places[project.place].id},
                            {"place", places[project.place].name},
                            {"japan_place_id", project.partner ? Json(places[*project.partner].id) : Json()},
                            {"from", scenarios::format_month(project.from)},
                            {"to", last_month(project.to)},
                            {"phases", project.phases},
                            {"cost_jpy_per_year", project.cost_jpy_per_year},
                            {"technologies", technologies},
                            {"reason", project.reason}});
    }
    return {{"rule", rule_of(built)},
            {"budget_jpy_per_year", plan.budget_jpy_per_year},
            {"candidates", plan.candidates},
            {"rounds", rounds},
            {"projects", projects}};
}

}  // namespace domino::cli
