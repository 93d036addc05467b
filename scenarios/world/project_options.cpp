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

bool covers(const ProjectOption& whole, const ProjectOption& part) {
    const StrategyProject &a = whole.main, &b = part.main;
    return a.place == b.place && a.partner == b.partner && a.technologies == b.technologies &&
           a.from <= b.from && b.to <= a.to;
}

bool lives(const StrategyProject& choice, sim::Month month) {
    return choice.from <= month && month < choice.to;
}

std::vector<sim::Month> starts_of(const OptionsRequest& request) {
    const StrategySection& section = request.strategy;
    std::vector<sim::Month> starts;
    const bool alone = section.agreements == StrategyAgreements::alone;
    const int least = alone ? 1 : 12 * request.c3p.phase_years;
    for (sim::Month start = next_fiscal_start(std::max(section.from, request.calendar.first));
         start.value + least <= section.to.value + 1 && start < request.calendar.end();
         start = sim::Month{start.value + 12 * request.years_between_starts})
        starts.push_back(start);
    return starts;
}

}  // namespace

ProjectLimits limits_of(const StrategySection& strategy, const C3pSection& c3p, double budget_jpy_per_year) {
    ProjectLimits limits;
    if (strategy.agreements != StrategyAgreements::alone)
        limits.cost_jpy_per_year = c3p.project_with_surveys_jpy_per_year();
    if (strategy.agreements != StrategyAgreements::none)
        limits.cost_jpy_per_year += strategy.agreement_cost_jpy_per_year.value_or(0.0);
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
    const bool alone = request.strategy.agreements == StrategyAgreements::alone;
    const int phase = 12 * request.c3p.phase_years, longest = alone ? 1 : request.strategy.phases;
    std::set<std::uint32_t> asked, found;
    for (const ProjectPair& pair : request.pairs) {
        const PlanCandidate& place = pair.place;
        asked.insert(place.place);
        for (const sim::Month from : starts_) {
            if (place.eligible_from > from) continue;
            for (int phases = longest; phases >= 1; --phases) {
                StrategyProject project;
                project.to = sim::Month{from.value + phase * phases};
                if (!alone && project.to.value > request.strategy.to.value + 1) continue;
                project.id = strategy_project_id(place.place_id, from);
                project.place = place.place;
                project.partner = place.partner;
                project.from = from;
                project.phases = phases;
                project.cost_jpy_per_year = request.c3p.project_with_surveys_jpy_per_year();
                project.technologies = pair.technologies;
                project.reason = place.reason;
                const std::size_t before = options_.size();
                add_option(request, std::move(project));
                if (options_.size() > before) found.insert(place.place);
            }
        }
    }
    places_ = found.size();
    if (!starts_.empty()) not_signed_ = asked.size() - found.size();
}

void ProjectOptions::add_option(const OptionsRequest& request, StrategyProject project) {
    StrategyPlan made;
    add_choice(made, std::move(project), request.strategy, request.strategy.agreements, request.agreed);
    if (made.projects.empty()) return;
    ProjectOption option;
    option.main = std::move(made.projects.front());
    if (made.projects.size() > 1) option.agreement = std::move(made.projects.back());
    options_.push_back(std::move(option));
}

bool ProjectOptions::fits(const ProjectLimits& limits, const sim::ItemSet& chosen, std::uint32_t item) const {
    std::vector<const ProjectOption*> all{&options_[item]};
    for (const std::uint32_t other : chosen) {
        if (options_[other].main.place == options_[item].main.place) return false;
        all.push_back(&options_[other]);
    }
    const auto bears = [&](sim::Month month) {
        int living = 0;
        double jpy_per_year = 0.0;
        for (const ProjectOption* option : all) {
            if (lives(option->main, month)) {
                ++living;
                jpy_per_year += option->main.cost_jpy_per_year;
            }
            if (option->agreement && lives(*option->agreement, month))
                jpy_per_year += option->agreement->cost_jpy_per_year;
        }
        return living <= limits.most_at_once &&
               jpy_per_year <= limits.budget_jpy_per_year * sim::budget_rounding;
    };
    // Most live at once, and cost most, where one of them begins.
    const sim::Month from = options_[item].main.from;
    return std::all_of(all.begin(), all.end(), [&](const ProjectOption* other) {
        return other->main.from < from || bears(other->main.from);
    });
}

sim::SelectionProblem ProjectOptions::problem(const ProjectLimits& limits) const {
    sim::SelectionProblem problem;
    for (std::uint32_t n = 0; n < options_.size(); ++n) {
        const ProjectOption& option = options_[n];
        // Where it costs nothing, time is what they share.
        const double years = (option.main.to.value - option.main.from.value) / 12.0;
        problem.cost.push_back(option.cost_jpy() > 0.0 ? option.cost_jpy() : years);
        std::uint32_t bound = n;
        for (std::uint32_t earlier = n; earlier-- > 0 && options_[earlier].main.place == option.main.place;) {
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
    std::vector<const ProjectOption*> in_order;
    for (const std::uint32_t item : chosen) in_order.push_back(&options_[item]);
    std::stable_sort(in_order.begin(), in_order.end(), [](const auto* a, const auto* b) {
        return std::tie(a->main.from, a->main.id) < std::tie(b->main.from, b->main.id);
    });
    for (const ProjectOption* option : in_order) {
        plan.projects.push_back(option->main);
        if (option->agreement) plan.projects.push_back(*option->agreement);
    }
    return plan;
}

}  // namespace domino::scenarios
