#include "scenarios/world/project_options.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "scenarios/world/fiscal_year.h"
#include "scenarios/world/plan_strategy.h"
#include "sim/support_funding.h"

namespace domino::scenarios {
namespace {

bool overlap(const StrategyProject& a, const StrategyProject& b) {
    return a.from < b.to && b.from < a.to;
}

bool covers(const StrategyProject& whole, const StrategyProject& part) {
    return whole.place == part.place && whole.partner == part.partner && whole.from <= part.from &&
           part.to <= whole.to;
}

std::vector<sim::Month> starts_of(const OptionsRequest& request) {
    const StrategySection& section = request.strategy;
    std::vector<sim::Month> starts;
    const int phase = 12 * request.c3p.phase_years;
    for (sim::Month start = next_fiscal_start(std::max(section.from, request.calendar.first));
         start.value + phase <= section.to.value + 1 && start < request.calendar.end();
         start = sim::Month{start.value + 12 * request.years_between_starts})
        starts.push_back(start);
    return starts;
}

}  // namespace

ProjectLimits limits_of(const StrategySection& strategy, const C3pSection& c3p, double budget_jpy_per_year) {
    ProjectLimits limits;
    limits.cost_jpy_per_year = c3p.project_with_surveys_jpy_per_year();
    limits.budget_jpy_per_year = budget_jpy_per_year;
    limits.most_at_once = strategy.most_concurrent;
    if (limits.cost_jpy_per_year > 0.0) {
        const double borne =
            std::floor(budget_jpy_per_year * sim::budget_rounding / limits.cost_jpy_per_year);
        if (borne < limits.most_at_once) limits.most_at_once = static_cast<int>(std::max(0.0, borne));
    }
    return limits;
}

ProjectOptions::ProjectOptions(const OptionsRequest& request) : starts_(starts_of(request)) {
    const int phase = 12 * request.c3p.phase_years;
    std::set<std::uint32_t> asked, found;
    for (const PlanCandidate& place : request.places) {
        asked.insert(place.place);
        for (const sim::Month from : starts_) {
            if (place.eligible_from > from) continue;
            for (int phases = request.strategy.phases; phases >= 1; --phases) {
                StrategyProject option;
                option.to = sim::Month{from.value + phase * phases};
                if (option.to.value > request.strategy.to.value + 1) continue;
                option.id = strategy_project_id(place.place_id, from);
                option.place = place.place;
                option.partner = place.partner;
                option.from = from;
                option.phases = phases;
                option.cost_jpy_per_year = request.c3p.project_with_surveys_jpy_per_year();
                option.technologies = request.technologies;
                option.reason = place.reason;
                found.insert(place.place);
                options_.push_back(std::move(option));
            }
        }
    }
    places_ = found.size();
    if (!starts_.empty()) not_signed_ = asked.size() - found.size();
}

bool ProjectOptions::fits(const ProjectLimits& limits, const sim::ItemSet& chosen, std::uint32_t item) const {
    const StrategyProject& option = options_[item];
    std::vector<const StrategyProject*> beside;
    for (const std::uint32_t other : chosen) {
        if (options_[other].place == option.place) return false;
        if (overlap(options_[other], option)) beside.push_back(&options_[other]);
    }
    // Most run at once where one of them begins.
    const auto runs_at = [&](sim::Month month) {
        return 1 + std::count_if(beside.begin(), beside.end(), [&](const StrategyProject* other) {
                   return other->from <= month && month < other->to;
               });
    };
    if (runs_at(option.from) > limits.most_at_once) return false;
    return std::all_of(beside.begin(), beside.end(), [&](const StrategyProject* other) {
        return other->from < option.from || runs_at(other->from) <= limits.most_at_once;
    });
}

sim::SelectionProblem ProjectOptions::problem(const ProjectLimits& limits) const {
    sim::SelectionProblem problem;
    for (std::uint32_t n = 0; n < options_.size(); ++n) {
        const StrategyProject& option = options_[n];
        // Where projects cost nothing, time is what they share.
        const double yearly = option.cost_jpy_per_year > 0.0 ? option.cost_jpy_per_year : 1.0;
        problem.cost.push_back(yearly * (option.to.value - option.from.value) / 12.0);
        std::uint32_t bound = n;
        for (std::uint32_t earlier = n; earlier-- > 0 && options_[earlier].place == option.place;) {
            if (covers(options_[earlier], option)) bound = earlier;
        }
        problem.within.push_back(bound);
    }
    problem.fits = [this, limits](const sim::ItemSet& chosen, std::uint32_t item) {
        return fits(limits, chosen, item);
    };
    return problem;
}

StrategyPlan ProjectOptions::plan(const sim::ItemSet& chosen, const ProjectLimits& limits) const {
    StrategyPlan plan;
    plan.rule = StrategyRule::list;
    plan.budget_jpy_per_year = limits.budget_jpy_per_year;
    plan.candidates = places_;
    for (const std::uint32_t item : chosen) plan.projects.push_back(options_[item]);
    std::stable_sort(plan.projects.begin(), plan.projects.end(), [](const auto& a, const auto& b) {
        return std::tie(a.from, a.id) < std::tie(b.from, b.id);
    });
    return plan;
}

}  // namespace domino::scenarios
