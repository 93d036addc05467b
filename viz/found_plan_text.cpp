#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "scenarios/month_text.h"
#include "viz/found_plan.h"

namespace domino::viz {
namespace {

using scenarios::FrontierPoint;
using scenarios::SearchResult;
using scenarios::StrategyProject;

constexpr double jpy_in_million = 1e6;

std::string months_of(const StrategyProject& project) {
    return fmt::format("{} to {}", scenarios::format_month(project.from),
                       scenarios::format_month(sim::Month{project.to.value - 1}));
}

/// Three or four figures, which is more than members can tell apart.
std::string figure(double value) {
    const double size = std::abs(value);
    std::string text = fmt::format("{:.{}f}", value,
                                   size >= 100.0  ? 0
                                   : size >= 10.0 ? 1
                                   : size >= 1.0  ? 2
                                                  : 3);
    // No minus before a zero.
    if (text.find_first_of("123456789") == std::string::npos && text.starts_with('-')) text.erase(0, 1);
    return text;
}

class PlanWriter {
 public:
    explicit PlanWriter(const FoundPlan& plan)
        : plan_(plan), result_(plan.result), unit_(gain_unit(plan.options.aim)) {}

    std::string write() {
        write_head();
        write_projects();
        write_frontier();
        text_ += "\n" + describe_verdict(plan_) + "\n";
        return std::move(text_);
    }

 private:
    bool alone() const { return plan_.scenario.strategy.agreements == scenarios::StrategyAgreements::alone; }
    std::string gain(double value) const { return figure(value / unit_.in_one); }
    std::string interval(const sim::MeanInterval& mean) const {
        return fmt::format("{} ({} to {})", gain(mean.mean), gain(mean.p05), gain(mean.p95));
    }
    void line(std::string_view label, const std::string& value) {
        text_ += fmt::format("{:<14}{}\n", label, value);
    }

    void write_head() {
        const auto& section = plan_.scenario.strategy;
        line("scenario", plan_.scenario.name);
        line("maximised", describe_aim(plan_));
        line("money", fmt::format("{:g} MJPY/yr from {} to {}, at most {} {} at once",
                                  plan_.budget_jpy_per_year / jpy_in_million,
                                  scenarios::format_month(section.from), scenarios::format_month(section.to),
                                  section.most_concurrent, alone() ? "agreements" : "projects"));
        write_screen();
        write_search();
    }

    void write_screen() {
        std::string screened = fmt::format("{} places", result_.candidates);
        if (result_.not_signed > 0)
            screened += fmt::format("; {} whose countries sign too late", result_.not_signed);
        if (result_.screened_out == 0) {
            line("candidates", screened + "; none screened out");
            return;
        }
        line("candidates", screened);
        line("screened out",
             fmt::format("{} places by leverage: the strongest of them avoids {} t CO2e for a year of {}, "
                         "the weakest kept {} t; --screen changes how many are kept",
                         result_.screened_out, figure(result_.strongest_dropped_t),
                         alone() ? "1/yr more hazard of commitment" : "support",
                         figure(result_.weakest_kept_t)));
    }

    void write_search() {
        const bool per_cost = result_.found.rule == sim::GreedyRule::gain_per_cost;
        line("searched",
             fmt::format("{} ways to support {} places, {} plans on {} members each", result_.options,
                         result_.places.size(), result_.evaluations, plan_.options.members));
        const double best = result_.found.mean(), other = result_.other_rule.mean();
        line("chosen by",
             fmt::format("{}: {} {}; by {}: {}", per_cost ? "gain per cost" : "gain", gain(best), unit_.name,
                         per_cost ? "gain" : "gain per cost", other == best ? "the same" : gain(other)));
        line("guarantee", "none: with thresholds, economics and chance a better plan may be overlooked");
        if (!result_.tried_all) {
            line("gap", plan_.options.most_sets == 0
                            ? "not measured"
                            : fmt::format("not measured: more than {} sets could be chosen; --try-all N "
                                          "tries as many",
                                          plan_.options.most_sets));
        } else {
            line("gap",
                 fmt::format("{:.2f} % below the best of all {} sets that could be chosen, on the same "
                             "members",
                             100.0 * result_.tried_all->gap, result_.tried_all->best.sets));
        }
        if (result_.took_all)
            line("note", "the money bears every candidate: all are taken");
        else if (result_.found.end == sim::SearchEnd::nothing_gained)
            line("note", fmt::format("money is left: no {} that would fit adds anything on average",
                                     alone() ? "agreement" : "project"));
    }

    void write_projects() {
        text_ += fmt::format(
            "\n{}, in order of choice; what each adds to those before it, {}, mean over the members\n"
            "searched on with its standard error:\n",
            alone() ? "Agreements" : "Projects", unit_.name);
        const auto& places = plan_.without.places.places;
        for (std::size_t n = 0; n < result_.projects.size(); ++n) {
            const scenarios::ProjectOption& option = result_.projects[n];
            const StrategyProject& project = option.main;
            const sim::Pick& pick = result_.found.picks[n];
            text_ += fmt::format(
                "  {:>3}  {}  {:<36} {:>9} ± {:<8} {:g} MJPY, with {}{}\n", n + 1, months_of(project),
                fmt::format("{} ({})", places[project.place].name, places[project.place].iso3),
                gain(pick.gain), gain(pick.standard_error), option.cost_jpy() / jpy_in_million,
                project.partner ? places[*project.partner].name : "nobody on record",
                plan_.options.technologies > 0 ? about(project) : "");
        }
    }

    std::string about(const StrategyProject& project) const {
        if (project.technologies.size() != 1) return "";
        return ", about " + plan_.without.world.technologies[project.technologies.front()].id;
    }

    void write_frontier() {
        text_ += fmt::format(
            "\nFrontier on {} fresh members ({}; mean and 90 % interval of the mean):\n"
            "  {:>8} {:>9}  {:<28} {:<28} {:<28} {}\n",
            plan_.options.held_out, unit_.name, "MJPY/yr", alone() ? "agreements" : "projects", "this plan",
            "highest emissions", "difference", "ahead in");
        for (const FrontierPoint& point : result_.frontier) {
            const auto& held = point.held_out;
            text_ += fmt::format("  {:>8g} {:>9}  {:<28} {:<28} {:<28} {:.0f} %\n",
                                 point.limits.budget_jpy_per_year / jpy_in_million, count_places(point.plan),
                                 interval(held.plan), interval(held.rule), interval(held.difference),
                                 100.0 * held.plan_ahead);
        }
    }

    const FoundPlan& plan_;
    const SearchResult& result_;
    GainUnit unit_;
    std::string text_;
};

}  // namespace

GainUnit gain_unit(sim::Aim aim) {
    constexpr double t_in_mt = 1e6;
    switch (aim) {
        case sim::Aim::commitments:
            return {"places", 1.0};
        case sim::Aim::gap:
            return {"Mt CO2e", 1.0};
        case sim::Aim::abatement:
            break;
    }
    return {"Mt CO2e", t_in_mt};
}

std::string describe_aim(const FoundPlan& plan) {
    const int until = plan.options.until;
    switch (plan.options.aim) {
        case sim::Aim::commitments:
            return fmt::format("places committed by the end of {}", until);
        case sim::Aim::gap:
            return fmt::format("gap closed to {} targets of countries up to {}", plan.result.targets, until);
        case sim::Aim::abatement:
            break;
    }
    return fmt::format("CO2e avoided from {} to {}", plan.without.world.calendar.first.year(), until);
}

std::string describe_verdict(const FoundPlan& plan) {
    const FrontierPoint& last = plan.result.frontier.back();
    const auto& held = last.held_out;
    const GainUnit unit = gain_unit(plan.options.aim);
    const auto told = [&](double value) { return figure(value / unit.in_one); };
    const std::string figures =
        fmt::format("{} {} more, 90 % interval of the mean {} to {}, ahead in {:.0f} % of {} fresh members",
                    told(held.difference.mean), unit.name, told(held.difference.p05),
                    told(held.difference.p95), 100.0 * held.plan_ahead, plan.options.held_out);
    const std::string searched =
        fmt::format(" On the members it was searched on the plan gains {}, on fresh ones {}.",
                    told(last.searched_gain), told(held.plan.mean));
    if (held.difference.p05 > 0.0)
        return fmt::format("The plan beats \"highest emissions\" for the same money beyond the noise: {}.{}",
                           figures, searched);
    if (held.difference.p95 < 0.0)
        return fmt::format("The plan does worse than \"highest emissions\" for the same money: {}.{}",
                           figures, searched);
    return fmt::format(
        "The plan does not beat \"highest emissions\" for the same money beyond the noise: {}.{}", figures,
        searched);
}

std::vector<std::string> project_remarks(const FoundPlan& plan) {
    std::map<std::string, std::string> by_id;
    const auto& places = plan.without.places.places;
    const GainUnit unit = gain_unit(plan.options.aim);
    for (std::size_t n = 0; n < plan.result.projects.size(); ++n) {
        const scenarios::ProjectOption& option = plan.result.projects[n];
        const StrategyProject& project = option.main;
        const sim::Pick& pick = plan.result.found.picks[n];
        by_id[project.id] =
            fmt::format("{} ({}){}: chosen as number {}, adds {} {} (standard error {}) for {:g} MJPY in all",
                        places[project.place].name, places[project.place].iso3,
                        project.partner ? " with " + places[*project.partner].name : "", n + 1,
                        figure(pick.gain / unit.in_one), unit.name, figure(pick.standard_error / unit.in_one),
                        option.cost_jpy() / jpy_in_million);
    }
    std::vector<std::string> remarks;
    // An agreement that comes with a project has no entry of its own.
    for (const StrategyProject& project : plan.result.frontier.back().plan.projects)
        if (const auto found = by_id.find(project.id); found != by_id.end()) remarks.push_back(found->second);
    return remarks;
}

std::string plan_text(const FoundPlan& plan) {
    return PlanWriter(plan).write();
}

}  // namespace domino::viz
