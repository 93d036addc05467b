#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "scenarios/search/place_screen.h"
#include "scenarios/search/plan_simulator.h"
#include "scenarios/world/project_options.h"
#include "scenarios/world/strategy_worlds.h"
#include "sim/selection/exhaustive_search.h"
#include "sim/selection/lazy_greedy.h"
#include "sim/statistics/mean_interval.h"

namespace domino::scenarios {

struct SearchOptions {
    sim::Aim aim = sim::Aim::abatement;
    int until = 0;             ///< last year that counts
    int members = 16;          ///< plans are searched on
    int held_out = 64;         ///< others, which come after these, that plans are held against a rule on
    int leverage_members = 8;  ///< whose mean fields screen places
    std::uint64_t seed = 1;
    int threads = 0;
    std::size_t screen = 0;        ///< places that pass; 0: half as many again as can be chosen, 20 at least
    int years_between_starts = 0;  ///< 0: as long as a phase
    /// Step of the search, months, where it may be coarser than the scenario's: 0 its own. What a plan gains
    /// on fresh members is always told at the scenario's own.
    int search_step = 0;
    /// Japanese municipalities tried for each place: the one whose turn it is among those on record, then the
    /// nearest of them, then the next in turn.
    int municipalities = 1;
    /// Single technologies tried for each place, besides all that the section allows: those of which a
    /// million JPY of units there avoids most, among those that JCM projects may buy.
    int technologies = 0;
    std::size_t most_sets = 400;  ///< all sets are tried where they are not more; 0: never
    int levels = 5;               ///< budgets of the frontier
    /// Told what is being done, and how many of what are. One call at a time.
    std::function<void(std::string_view stage, std::string_view unit, std::size_t done, std::size_t total)>
        progress;
    const std::atomic<bool>* cancelled = nullptr;
    SearchShare share = {};  ///< with the other ranks
};

/// How two plans compare on members neither was searched on.
struct HeldOut {
    sim::MeanInterval plan, rule;  ///< gains over no strategy
    sim::MeanInterval difference;  ///< plan − rule, paired
    double plan_ahead = 0.5;       ///< share of members in which the plan gains more; ties count half
    double plan_p05 = 0.0, plan_p95 = 0.0;  ///< of members
};

/// The best plan found under one budget.
struct FrontierPoint {
    ProjectLimits limits;
    StrategyPlan plan;
    std::size_t rule_places = 0;  ///< that the rule would choose for the same money
    double cost_jpy = 0.0;        ///< of all its projects, nominal
    double searched_gain = 0.0;   ///< mean over the members it was searched on
    HeldOut held_out;
};

/// What trying every set comes to.
struct TriedAll {
    sim::BestSelection best;
    double gap = 0.0;  ///< part of the best that lazy greedy misses, on the same members
};

/// What a search comes to.
struct SearchResult {
    sim::Lever screened_by = sim::Lever::support;
    std::size_t candidates = 0;         ///< places open to a project
    std::size_t not_signed = 0;         ///< of these, places whose country signs too late
    std::vector<ScreenedPlace> places;  ///< that passed, the strongest first
    std::size_t screened_out = 0;
    double weakest_kept_t = 0.0, strongest_dropped_t = 0.0;  ///< leverage of `screened_by`
    std::size_t options = 0;
    std::size_t evaluations = 0;  ///< sets simulated in the search
    std::size_t targets = 0;      ///< that Aim::gap counts
    sim::Selection found, other_rule;
    std::vector<ProjectOption> projects;  ///< of `found`, in order of choice
    std::optional<TriedAll> tried_all;
    std::vector<FrontierPoint> frontier;  ///< by budget; the last has all of it
    bool took_all = false;                ///< every place that may be chosen is
};

/// Nothing can be chosen, and why.
struct Infeasible {
    std::string what, fix;
};

/// Chooses the projects of a strategy by lazy greedy on the paired simulator (sim/selection): for the
/// scenario's [strategy] with @p budget_jpy_per_year, whatever its rule. @p without is the world without a
/// strategy, @p reference the scenario's. The plans are then held against StrategyRule::highest_emissions for
/// the same money on members that come after those searched on. Where the section concludes agreements, so
/// does the plan; where it concludes them alone, they are what is chosen. No guarantee holds: with
/// thresholds, economics and chance a plan need be no near best. Deterministic; the same bits for any threads
/// and ranks. Throws Infeasible, sim::Cancelled, and std::invalid_argument for a year outside the run.
SearchResult search_strategy(const Scenario& scenario, const StrategyWorlds& worlds,
                             const BuiltWorld& without, const sim::World* reference,
                             double budget_jpy_per_year, const SearchOptions& options);

}  // namespace domino::scenarios
