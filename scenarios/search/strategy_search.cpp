#include "scenarios/search/strategy_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "scenarios/world/plan_strategy.h"
#include "sim/ensemble_threads.h"
#include "sim/statistics/paired_difference.h"

namespace domino::scenarios {
namespace {

using sim::GreedyRule;

double cost_of(const StrategyPlan& plan) {
    double sum = 0.0;
    for (const StrategyProject& project : plan.projects) sum += project.cost_jpy();
    return sum;
}

class StrategySearch {
 public:
    StrategySearch(const Scenario& scenario, const StrategyWorlds& worlds, const BuiltWorld& without,
                   const sim::World* reference, double budget, const SearchOptions& options)
        : scenario_(scenario),
          worlds_(worlds),
          without_(without),
          reference_(reference),
          options_(options),
          limits_(limits_of(scenario.strategy, scenario.c3p, budget)),
          threads_(options.threads) {}

    SearchResult run() {
        const std::vector<PlanCandidate> candidates = worlds_.candidates();
        const sim::LeverageTable leverage = screen(list_options(candidates), candidates);
        const ProjectOptions all = options_at(with_technologies(with_municipalities(), leverage));
        result_.options = all.size();
        SimulatorOptions searched = simulator_options(0, options_.members);
        searched.months_per_step = options_.search_step;
        const PlanSimulator simulator(worlds_, without_, reference_, searched, threads_);
        result_.targets = options_.aim == sim::Aim::gap ? simulator.targets() : 0;
        if (options_.aim == sim::Aim::gap && result_.targets == 0)
            throw Infeasible{fmt::format("no target up to {} can be assessed", options_.until),
                             "count to a later year, or maximise something else"};
        search(all, simulator);
        try_all(all, simulator);
        trace_frontier(all, simulator);
        hold_out();
        return std::move(result_);
    }

 private:
    void tell(std::string_view stage, std::string_view unit, std::size_t done, std::size_t total) const {
        if (options_.progress) options_.progress(stage, unit, done, total);
    }

    SimulatorOptions simulator_options(int first, int members) const {
        SimulatorOptions options;
        options.aim = options_.aim;
        options.until = options_.until;
        options.members = members;
        options.first_member = static_cast<std::uint32_t>(first);
        options.seed = options_.seed;
        options.changes_from = scenario_.strategy.from;
        options.cancelled = options_.cancelled;
        options.share = options_.share;
        return options;
    }

    bool agreements_alone() const { return scenario_.strategy.agreements == StrategyAgreements::alone; }
    std::string_view thing() const { return agreements_alone() ? "agreement" : "project"; }

    std::vector<std::uint16_t> usual_technologies() const {
        return strategy_technologies(scenario_.strategy.technologies, without_.world);
    }

    std::vector<ProjectPair> about_the_usual(const std::vector<PlanCandidate>& places) const {
        std::vector<ProjectPair> pairs;
        for (const PlanCandidate& place : places) pairs.push_back({place, usual_technologies()});
        return pairs;
    }

    ProjectOptions options_at(std::vector<ProjectPair> pairs) const {
        const int apart =
            options_.years_between_starts > 0 ? options_.years_between_starts : scenario_.c3p.phase_years;
        return ProjectOptions({scenario_.strategy, scenario_.c3p, std::move(pairs), without_.world.calendar,
                               apart, worlds_.agreed()});
    }

    ProjectOptions list_options(const std::vector<PlanCandidate>& candidates) {
        refuse_limits();
        result_.candidates = candidates.size();
        ProjectOptions all = options_at(about_the_usual(candidates));
        result_.not_signed = all.not_signed();
        if (all.starts().empty() && agreements_alone())
            throw Infeasible{"no April lies within strategy.from, strategy.to and the run",
                             "let the money last longer"};
        if (all.starts().empty())
            throw Infeasible{
                "no whole phase from an April on lies within strategy.from and strategy.to and "
                "begins within the run",
                "let the money last longer, or shorten c3p.phase_years"};
        if (result_.candidates == 0)
            throw Infeasible{
                fmt::format("no place is open to {}: no city of the run's countries is in a partner of the "
                            "Joint Crediting Mechanism without a project{} of its own",
                            agreements_alone() ? "an agreement" : "a project",
                            agreements_alone() ? " or an agreement" : ""),
                "add countries to places.countries, or lower places.min_population"};
        if (all.size() == 0)
            throw Infeasible{fmt::format("none of {} places may begin: their countries have not signed the "
                                         "Joint Crediting Mechanism by then",
                                         result_.candidates),
                             "let strategy.to be later, or add countries"};
        return all;
    }

    void refuse_limits() const {
        const StrategySection& section = scenario_.strategy;
        if (section.phases > scenario_.c3p.max_phases)
            throw Infeasible{fmt::format("strategy.phases: {} phases are more than c3p.max_phases, {}",
                                         section.phases, scenario_.c3p.max_phases),
                             "write at most that many"};
        if (section.most_concurrent < 1)
            throw Infeasible{fmt::format("strategy.most_concurrent is 0: no {} may be begun", thing()),
                             "raise it"};
        if (limits_.most_at_once < 1)
            throw Infeasible{
                fmt::format("a budget of {:g} MJPY/yr bears no {}: one costs {:g} MJPY/yr",
                            limits_.budget_jpy_per_year / 1e6, thing(), limits_.cost_jpy_per_year / 1e6),
                "raise the budget"};
    }

    /// Most projects that limits and time allow: each slot once a phase. An agreement holds to the end.
    std::size_t most_projects(const ProjectOptions& all) const {
        if (agreements_alone()) return std::min(all.places(), static_cast<std::size_t>(limits_.most_at_once));
        const int months = scenario_.strategy.to.value + 1 - all.starts().front().value;
        const int turns = std::max(1, months / (12 * scenario_.c3p.phase_years));
        return std::min(all.places(), static_cast<std::size_t>(limits_.most_at_once * turns));
    }

    sim::LeverageTable screen(const ProjectOptions& all, std::vector<PlanCandidate> candidates) {
        std::set<std::uint32_t> open;
        for (std::size_t n = 0; n < all.size(); ++n) open.insert(all[n].main.place);
        std::erase_if(candidates, [&](const auto& candidate) { return !open.contains(candidate.place); });
        // A tie brings no support: all it may do is raise the hazard of commitment.
        result_.screened_by = agreements_alone() ? sim::Lever::commitment_hazard : sim::Lever::support;
        sim::LeverageTable table = measure(all);
        std::vector<ScreenedPlace> places = by_leverage(candidates, table, result_.screened_by);
        constexpr std::size_t few = 20;
        const std::size_t half_again = most_projects(all) + (most_projects(all) + 1) / 2;
        const std::size_t wanted = options_.screen > 0 ? options_.screen : std::max(few, half_again);
        const std::size_t kept = std::min(wanted, places.size());
        result_.screened_out = places.size() - kept;
        result_.weakest_kept_t = places[kept - 1].leverage_t;
        if (kept < places.size()) result_.strongest_dropped_t = places[kept].leverage_t;
        places.resize(kept);
        result_.places = std::move(places);
        return table;
    }

    /// Each place that passed with each of the municipalities that are tried for it.
    std::vector<PlanCandidate> with_municipalities() const {
        const std::vector<std::uint32_t> turns = worlds_.municipalities();
        std::vector<PlanCandidate> places;
        for (std::size_t n = 0; n < result_.places.size(); ++n) {
            std::set<std::uint32_t> tried;
            for (std::size_t k = 0; k < static_cast<std::size_t>(options_.municipalities); ++k) {
                PlanCandidate place = result_.places[n].place;
                const std::size_t turn = n + (k > 1 ? k - 1 : 0);
                if (k != 1 && !turns.empty()) place.partner = turns[turn % turns.size()];
                if (place.partner && !tried.insert(*place.partner).second) continue;
                if (!place.partner && k > 0) break;
                place.reason = fmt::format("leverage {:.0f} t CO2e per year of {}, {} of {} candidates",
                                           result_.places[n].leverage_t,
                                           agreements_alone() ? "1/yr more hazard" : "support", n + 1,
                                           result_.candidates);
                places.push_back(std::move(place));
            }
        }
        return places;
    }

    /// Each pair about all that the section allows, and about each of some technologies alone.
    std::vector<ProjectPair> with_technologies(const std::vector<PlanCandidate>& places,
                                               const sim::LeverageTable& leverage) const {
        const std::vector<std::uint16_t> usual = usual_technologies();
        std::vector<std::uint16_t> single;
        for (const std::uint16_t k : worlds_.bought_by_projects())
            if (usual.empty() || std::find(usual.begin(), usual.end(), k) != usual.end()) single.push_back(k);
        if (without_.world.technologies.size() == 1 || usual.size() == 1) single.clear();
        if (options_.technologies > 0 && (single.empty() || agreements_alone()))
            throw Infeasible{
                "there is no single technology to choose: JCM projects buy none, or no more than "
                "one, of those that a project may be about",
                "leave --technologies out, or let the scenario simulate more of them"};
        std::vector<ProjectPair> pairs;
        for (const PlanCandidate& place : places) {
            pairs.push_back({place, usual});
            if (options_.technologies == 0) continue;
            std::vector<std::uint16_t> tried = by_leverage(single, place.place, leverage);
            tried.resize(std::min(tried.size(), static_cast<std::size_t>(options_.technologies)));
            for (const std::uint16_t k : tried) {
                pairs.push_back({place, {k}});
                pairs.back().place.reason += ", about " + without_.world.technologies[k].id + " alone";
            }
        }
        return pairs;
    }

    sim::LeverageTable measure(const ProjectOptions& all) {
        sim::LeverageOptions leverage;
        leverage.members = options_.leverage_members;
        leverage.seed = options_.seed;
        leverage.threads = options_.threads;
        const sim::Calendar& calendar = without_.world.calendar;
        leverage.pulled_from = all.starts().front().year();
        leverage.pulled_to =
            std::max(leverage.pulled_from, std::min(scenario_.strategy.to.year(), calendar.last_year()));
        leverage.counted = {calendar.first.year(), options_.until};
        leverage.support_cost_jpy = limits_.cost_jpy_per_year;
        leverage.cancelled = options_.cancelled;
        leverage.progress = [&](int done, int total) {
            tell("screening places", "members", static_cast<std::size_t>(done),
                 static_cast<std::size_t>(total));
        };
        return sim::measure_member_leverage(without_.world, reference_, leverage);
    }

    sim::SelectionProblem problem(const ProjectOptions& all, const PlanSimulator& simulator,
                                  const ProjectLimits& limits, std::string_view stage) {
        sim::SelectionProblem problem = all.problem(limits);
        problem.evaluate = [this, &all, &simulator, limits, stage](const std::vector<sim::ItemSet>& sets) {
            std::vector<StrategyPlan> plans;
            for (const sim::ItemSet& set : sets) plans.push_back(all.plan(set, limits));
            const bool many = sets.size() > 2;
            simulated_ += sets.size();
            return simulator.gains(plans, [&](std::size_t done) {
                if (many) tell(stage, "plans", done, sets.size());
            });
        };
        return problem;
    }

    void search(const ProjectOptions& all, const PlanSimulator& simulator) {
        const auto whole = problem(all, simulator, limits_, "trying each project alone");
        sim::GreedyOptions greedy;
        greedy.progress = [this, most = most_projects(all)](GreedyRule rule, std::size_t chosen) {
            tell(rule == GreedyRule::gain ? "choosing by gain" : "choosing by gain per cost", "projects",
                 std::min(chosen, most), most);
        };
        sim::BothSelections both = sim::select_by_both_rules(whole, memory_, greedy);
        result_.found = std::move(both.better);
        result_.other_rule = std::move(both.other);
        for (const sim::Pick& pick : result_.found.picks) result_.projects.push_back(all[pick.item]);
        result_.took_all = result_.found.picks.size() == all.places();
        result_.evaluations = simulated_;
    }

    void try_all(const ProjectOptions& all, const PlanSimulator& simulator) {
        if (options_.most_sets == 0) return;
        const auto whole = problem(all, simulator, limits_, "trying all sets");
        const auto best = sim::find_best_selection(whole, memory_, options_.most_sets);
        if (best) result_.tried_all = {*best, sim::relative_gap(result_.found.mean(), best->value)};
    }

    /// Budgets in whole projects, as even as these allow, the last being what there is.
    std::vector<ProjectLimits> budgets() const {
        std::vector<ProjectLimits> budgets;
        int last = 0;
        for (int level = 1; level <= options_.levels; ++level) {
            const int projects = (limits_.most_at_once * level + options_.levels - 1) / options_.levels;
            if (projects == last) continue;
            last = projects;
            ProjectLimits limits = limits_;
            limits.most_at_once = projects;
            if (projects < limits_.most_at_once && limits.cost_jpy_per_year > 0.0)
                limits.budget_jpy_per_year = projects * limits.cost_jpy_per_year;
            budgets.push_back(limits);
        }
        return budgets;
    }

    void trace_frontier(const ProjectOptions& all, const PlanSimulator& simulator) {
        for (const ProjectLimits& limits : budgets()) {
            FrontierPoint point;
            point.limits = limits;
            sim::Selection selection = result_.found;
            if (limits.most_at_once < limits_.most_at_once) {
                const std::string stage =
                    fmt::format("choosing for {:g} MJPY/yr", limits.budget_jpy_per_year / 1e6);
                sim::GreedyOptions greedy;
                greedy.progress = [&, most = most_projects(all)](GreedyRule, std::size_t chosen) {
                    tell(stage, "projects", std::min(chosen, most), most);
                };
                selection = sim::select_greedily(problem(all, simulator, limits, stage), result_.found.rule,
                                                 memory_, greedy);
            }
            point.plan = all.plan(selection.chosen, limits);
            point.cost_jpy = cost_of(point.plan);
            point.searched_gain = selection.mean();
            result_.frontier.push_back(std::move(point));
        }
    }

    /// The plans, and the rule with the same money, on members nothing was chosen by.
    void hold_out() {
        const PlanSimulator simulator(worlds_, without_, reference_,
                                      simulator_options(options_.members, options_.held_out), threads_);
        std::vector<BuiltWorld> rules;
        for (FrontierPoint& point : result_.frontier) {
            StrategySection section = scenario_.strategy;
            section.rule = StrategyRule::highest_emissions;
            section.projects.clear();
            section.budget_jpy_per_year = point.limits.budget_jpy_per_year;
            section.most_concurrent = point.limits.most_at_once;
            rules.push_back(worlds_.by(section));
            point.rule_places = count_places(rules.back().strategy);
        }
        const std::size_t points = result_.frontier.size();
        const auto gains = simulator.gains(
            2 * points,
            [&](std::size_t n) {
                return n < points ? worlds_.with(result_.frontier[n].plan) : rules[n - points].world;
            },
            [&](std::size_t done) { tell("trying plans on fresh members", "plans", done, 2 * points); });
        for (std::size_t n = 0; n < points; ++n)
            result_.frontier[n].held_out = compare(gains[n], gains[points + n]);
    }

    HeldOut compare(const sim::MemberValues& plan, const sim::MemberValues& rule) const {
        HeldOut held;
        sim::MemberValues difference(plan.size());
        for (std::size_t m = 0; m < plan.size(); ++m) difference[m] = plan[m] - rule[m];
        held.plan = sim::find_mean(plan, options_.seed);
        held.rule = sim::find_mean(rule, options_.seed);
        held.difference = sim::find_mean(difference, options_.seed);
        sim::PairedComparer comparer;
        held.plan_ahead = comparer.compare(plan, rule, sim::Better::higher).a_better;
        const sim::MemberValues nothing(plan.size(), 0.0);
        const auto alone = comparer.compare(plan, nothing, sim::Better::higher);
        held.plan_p05 = alone.p05;
        held.plan_p95 = alone.p95;
        return held;
    }

    const Scenario& scenario_;
    const StrategyWorlds& worlds_;
    const BuiltWorld& without_;
    const sim::World* reference_;
    const SearchOptions& options_;
    ProjectLimits limits_;
    sim::Threads threads_;
    sim::ValueMemory memory_;
    std::size_t simulated_ = 0;
    SearchResult result_;
};

}  // namespace

SearchResult search_strategy(const Scenario& scenario, const StrategyWorlds& worlds,
                             const BuiltWorld& without, const sim::World* reference,
                             double budget_jpy_per_year, const SearchOptions& options) {
    return StrategySearch(scenario, worlds, without, reference, budget_jpy_per_year, options).run();
}

}  // namespace domino::scenarios
