#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/strategy_plan.h"
#include "scenarios/world/plan_candidates.h"
#include "scenarios/world/strategy_choices.h"
#include "sim/selection/selection_problem.h"

namespace domino::scenarios {

/// Money and time that projects share. Where a strategy chooses agreements alone, they take the place of
/// projects.
struct ProjectLimits {
    int most_at_once = 0;  ///< what the cap and the budget both bear
    double cost_jpy_per_year =
        0.0;  ///< of one when it begins: a project with its surveys, an agreement, or both
    double budget_jpy_per_year = 0.0;
};

ProjectLimits limits_of(const StrategySection& strategy, const C3pSection& c3p, double budget_jpy_per_year);

/// A place with a municipality, and what their project would be about.
struct ProjectPair {
    PlanCandidate place;
    std::vector<std::uint16_t> technologies;  ///< ascending; empty: all
};

struct OptionsRequest {
    const StrategySection& strategy;
    const C3pSection& c3p;
    std::vector<ProjectPair> pairs;  ///< a place several times, one after the other, in each way
    sim::Calendar calendar;
    int years_between_starts = 1;  ///< from the first April with money on
    CityPairs agreed = {};         ///< with an agreement on record
};

/// One way to support a place: a project, a project with an agreement of its cities, or an agreement alone.
struct ProjectOption {
    StrategyProject main;                      ///< the project, or the agreement alone
    std::optional<StrategyProject> agreement;  ///< that comes with the project

    double cost_jpy() const { return main.cost_jpy() + (agreement ? agreement->cost_jpy() : 0.0); }
};

/// The ways in which places may be supported: with whom, about what, from which April, for how many phases.
/// Of a pair about the same the longest of the same April first, and Aprils ascending; places in the given
/// order. What comes of a choice is what StrategySection::agreements says; an agreement holds until the money
/// ends.
class ProjectOptions {
 public:
    explicit ProjectOptions(const OptionsRequest& request);

    std::size_t size() const { return options_.size(); }
    const ProjectOption& operator[](std::size_t n) const { return options_[n]; }
    std::size_t places() const { return places_; }          ///< that have an option
    std::size_t not_signed() const { return not_signed_; }  ///< places whose country signs too late
    /// Aprils in which projects may begin.
    const std::vector<sim::Month>& starts() const { return starts_; }

    /// What to choose under some limits: a place once, and never more at once than they bear. An option that
    /// lies within the months of another of its place is taken to add no more than that.
    /// SelectionProblem::evaluate is left to the caller, and this must outlive the problem.
    sim::SelectionProblem problem(const ProjectLimits& limits) const;

    /// A set of options as a list of projects, by start and place.
    StrategyPlan plan(const sim::ItemSet& chosen, const ProjectLimits& limits) const;

 private:
    bool fits(const ProjectLimits& limits, const sim::ItemSet& chosen, std::uint32_t item) const;

    void add_option(const OptionsRequest& request, StrategyProject project);

    std::vector<ProjectOption> options_;
    std::vector<sim::Month> starts_;
    std::size_t places_ = 0, not_signed_ = 0;
};

}  // namespace domino::scenarios
