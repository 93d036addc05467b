#include <array>
#include <string>

#include <nlohmann/json.hpp>

#include "scenarios/month_text.h"
#include "viz/csv_writer.h"
#include "viz/found_plan.h"

namespace domino::viz {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::FrontierPoint;
using scenarios::ProjectOption;
using scenarios::StrategyProject;

std::string last_month(const StrategyProject& project) {
    return scenarios::format_month(sim::Month{project.to.value - 1});
}

double leverage_of(const FoundPlan& plan, std::uint32_t place) {
    for (const auto& screened : plan.result.places)
        if (screened.place.place == place) return screened.leverage_t;
    return 0.0;
}

std::string technologies_of(const FoundPlan& plan, const StrategyProject& project) {
    std::string text;
    for (const std::uint16_t k : project.technologies)
        text += (text.empty() ? "" : ";") + plan.without.world.technologies[k].id;
    return text;
}

void write_interval(CsvWriter& csv, const sim::MeanInterval& mean, double in_one) {
    csv.number(mean.mean / in_one).number(mean.p05 / in_one).number(mean.p95 / in_one);
}

Json to_json(const sim::MeanInterval& mean, double in_one) {
    return {{"mean", mean.mean / in_one}, {"p05", mean.p05 / in_one}, {"p95", mean.p95 / in_one}};
}

std::string kind_of(const ProjectOption& option) {
    if (option.main.tie == scenarios::StrategyTie::agreement) return "agreement";
    return option.agreement ? "project and agreement" : "project";
}

Json project_json(const FoundPlan& plan, std::size_t n) {
    const auto& places = plan.without.places.places;
    const ProjectOption& option = plan.result.projects[n];
    const StrategyProject& project = option.main;
    const sim::Pick& pick = plan.result.found.picks[n];
    const double in_one = gain_unit(plan.options.aim).in_one;
    Json technologies = Json::array();
    for (const std::uint16_t k : project.technologies)
        technologies.push_back(plan.without.world.technologies[k].id);
    return {{"rank", n + 1},
            {"project_id", project.id},
            {"kind", kind_of(option)},
            {"place_id", places[project.place].id},
            {"place", places[project.place].name},
            {"japan_place_id", project.partner ? Json(places[*project.partner].id) : Json()},
            {"from", scenarios::format_month(project.from)},
            {"to", last_month(project)},
            {"phases", project.phases},
            {"cost_jpy", option.cost_jpy()},
            {"technologies", technologies},
            {"gain", pick.gain / in_one},
            {"gain_standard_error", pick.standard_error / in_one},
            {"total_gain", pick.value / in_one},
            {"reason", project.reason}};
}

Json point_json(const FrontierPoint& point, double in_one) {
    return {{"budget_jpy_per_year", point.limits.budget_jpy_per_year},
            {"projects", count_places(point.plan)},
            {"cost_jpy", point.cost_jpy},
            {"searched_gain", point.searched_gain / in_one},
            {"gain", to_json(point.held_out.plan, in_one)},
            {"gain_of_members",
             {{"p05", point.held_out.plan_p05 / in_one}, {"p95", point.held_out.plan_p95 / in_one}}},
            {"highest_emissions_projects", point.rule_places},
            {"highest_emissions_gain", to_json(point.held_out.rule, in_one)},
            {"difference", to_json(point.held_out.difference, in_one)},
            {"ahead_in", point.held_out.plan_ahead}};
}

Json search_json(const FoundPlan& plan) {
    const auto& result = plan.result;
    const double in_one = gain_unit(plan.options.aim).in_one;
    const auto rule_name = [](sim::GreedyRule rule) {
        return rule == sim::GreedyRule::gain ? "gain" : "gain_per_cost";
    };
    Json gap = nullptr;
    if (result.tried_all)
        gap = {{"sets", result.tried_all->best.sets},
               {"best_gain", result.tried_all->best.value / in_one},
               {"relative", result.tried_all->gap}};
    return {
        {"candidates", result.candidates},
        {"not_signed", result.not_signed},
        {"kept", result.places.size()},
        {"screened_out", result.screened_out},
        {"screened_by", result.screened_by == sim::Lever::support ? "support" : "commitment_hazard"},
        {"weakest_kept_leverage_t", result.weakest_kept_t},
        {"strongest_dropped_leverage_t", result.screened_out > 0 ? Json(result.strongest_dropped_t) : Json()},
        {"options", result.options},
        {"plans_simulated", result.evaluations},
        {"members", plan.options.members},
        {"rule", rule_name(result.found.rule)},
        {"gain", result.found.mean() / in_one},
        {"other_rule_gain", result.other_rule.mean() / in_one},
        {"gap_to_the_best", gap},
        {"took_all", result.took_all}};
}

}  // namespace

void write_projects_csv(const FoundPlan& plan, const std::filesystem::path& path) {
    static const std::array<std::string, 20> header = {
        "rank",           "project_id",   "kind",       "place_id", "place",  "country",
        "japan_place_id", "japan",        "from",       "to",       "phases", "cost_jpy_per_year",
        "cost_jpy",       "technologies", "leverage_t", "unit",     "gain",   "gain_standard_error",
        "total_gain",     "reason"};
    const auto& places = plan.without.places.places;
    const GainUnit unit = gain_unit(plan.options.aim);
    CsvWriter csv(path, header);
    for (std::size_t n = 0; n < plan.result.projects.size(); ++n) {
        const ProjectOption& option = plan.result.projects[n];
        const StrategyProject& project = option.main;
        const sim::Pick& pick = plan.result.found.picks[n];
        csv.integer(static_cast<long long>(n + 1)).text(project.id).text(kind_of(option));
        csv.text(places[project.place].id).text(places[project.place].name);
        csv.text(places[project.place].iso3);
        if (project.partner)
            csv.text(places[*project.partner].id).text(places[*project.partner].name);
        else
            csv.missing().missing();
        csv.text(scenarios::format_month(project.from)).text(last_month(project)).integer(project.phases);
        csv.number(project.cost_jpy_per_year +
                   (option.agreement ? option.agreement->cost_jpy_per_year : 0.0));
        csv.number(option.cost_jpy());
        csv.text(technologies_of(plan, project)).number(leverage_of(plan, project.place)).text(unit.name);
        csv.number(pick.gain / unit.in_one).number(pick.standard_error / unit.in_one);
        csv.number(pick.value / unit.in_one).text(project.reason);
        csv.end_row();
    }
    csv.close();
}

void write_frontier_csv(const FoundPlan& plan, const std::filesystem::path& path) {
    static const std::array<std::string, 16> header = {"budget_jpy_per_year",
                                                       "projects",
                                                       "cost_jpy",
                                                       "unit",
                                                       "searched_gain_mean",
                                                       "gain_mean",
                                                       "gain_p05",
                                                       "gain_p95",
                                                       "highest_emissions_projects",
                                                       "highest_emissions_gain_mean",
                                                       "highest_emissions_gain_p05",
                                                       "highest_emissions_gain_p95",
                                                       "difference_mean",
                                                       "difference_p05",
                                                       "difference_p95",
                                                       "p_plan_better"};
    const GainUnit unit = gain_unit(plan.options.aim);
    CsvWriter csv(path, header);
    for (const FrontierPoint& point : plan.result.frontier) {
        csv.number(point.limits.budget_jpy_per_year);
        csv.integer(static_cast<long long>(count_places(point.plan))).number(point.cost_jpy);
        csv.text(unit.name).number(point.searched_gain / unit.in_one);
        write_interval(csv, point.held_out.plan, unit.in_one);
        csv.integer(static_cast<long long>(point.rule_places));
        write_interval(csv, point.held_out.rule, unit.in_one);
        write_interval(csv, point.held_out.difference, unit.in_one);
        csv.number(point.held_out.plan_ahead);
        csv.end_row();
    }
    csv.close();
}

std::string plan_json(const FoundPlan& plan) {
    const GainUnit unit = gain_unit(plan.options.aim);
    Json projects = Json::array(), frontier = Json::array();
    for (std::size_t n = 0; n < plan.result.projects.size(); ++n) projects.push_back(project_json(plan, n));
    for (const FrontierPoint& point : plan.result.frontier)
        frontier.push_back(point_json(point, unit.in_one));
    const Json all = {
        {"scenario", plan.scenario.name},
        {"maximised", describe_aim(plan)},
        {"unit", unit.name},
        {"until", plan.options.until},
        {"budget_jpy_per_year", plan.budget_jpy_per_year},
        {"seed", plan.options.seed},
        {"search", search_json(plan)},
        {"projects", projects},
        {"held_out", {{"members", plan.options.held_out}, {"first_member", plan.options.members}}},
        {"frontier", frontier},
        {"verdict", describe_verdict(plan)}};
    return all.dump(2) + "\n";
}

}  // namespace domino::viz
