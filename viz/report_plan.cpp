#include "scenarios/choices.h"
#include "viz/month_text.h"
#include "viz/report_data.h"

namespace domino::viz::report {

namespace {

constexpr double jpy_in_million = 1e6, jpy_in_billion = 1e9;

Json make_project(const scenarios::StrategyProject& project, const sim::World& world) {
    Json technologies = Json::array();
    for (const std::uint16_t k : project.technologies) technologies.push_back(world.technologies[k].id);
    return {{"id", project.id},
            {"kind", scenarios::tie_name(project.tie)},
            {"place", project.place},
            {"japan", project.partner ? Json(*project.partner) : Json()},
            {"from", decimal_year(project.from)},
            {"to", decimal_year(project.to)},
            {"phases", project.phases},
            {"cost", rounded(project.cost_jpy_per_year / jpy_in_million)},
            {"technologies", std::move(technologies)},
            {"reason", project.reason}};
}

}  // namespace

Json make_plan(const ReportSources& s) {
    const scenarios::StrategyPlan& plan = s.context.built.strategy;
    if (plan.rule == scenarios::StrategyRule::none || s.context.built.places.places.size() > most_places)
        return nullptr;
    const scenarios::StrategySection& section = s.context.scenario.strategy;
    Json projects = Json::array(), rounds = Json::array();
    for (const scenarios::StrategyProject& project : plan.projects)
        projects.push_back(make_project(project, s.context.built.world));
    for (const scenarios::StrategyRound& round : plan.rounds)
        rounds.push_back({{"from", decimal_year(round.month)},
                          {"begins", round.begins},
                          {"projects", round.runs},
                          {"agreements", round.agreements},
                          {"cost", rounded(round.cost_jpy_per_year / jpy_in_million)},
                          {"limit", round.limit}});
    return {{"rule", scenarios::choices_of(plan.rule)[static_cast<std::size_t>(plan.rule)]},
            {"budget", rounded(plan.budget_jpy_per_year / jpy_in_billion)},
            {"from", decimal_year(section.from)},
            {"to", decimal_year(sim::Month{section.to.value + 1})},
            {"candidates", plan.candidates},
            {"projects", std::move(projects)},
            {"rounds", std::move(rounds)}};
}

}  // namespace domino::viz::report
