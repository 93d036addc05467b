#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/strategy_plan.h"
#include "scenarios/world/plan_candidates.h"
#include "sim/selection/selection_problem.h"

namespace domino::scenarios {

/// Money and time that projects share.
struct ProjectLimits {
    int most_at_once = 0;            ///< what the cap and the budget both bear
    double cost_jpy_per_year = 0.0;  ///< of a project, with its surveys
    double budget_jpy_per_year = 0.0;
};

ProjectLimits limits_of(const StrategySection& strategy, const C3pSection& c3p, double budget_jpy_per_year);

struct OptionsRequest {
    const StrategySection& strategy;
    const C3pSection& c3p;
    std::vector<PlanCandidate> places;  ///< a place several times, one after the other, with each partner
    std::vector<std::uint16_t> technologies;  ///< what projects are about; empty: all
    sim::Calendar calendar;
    int years_between_starts = 1;  ///< from the first April with money on
};

/// The ways in which places may be supported: with whom, from which April, for how many phases. Of a place
/// with one municipality the longest of the same April first, and Aprils ascending; places in the given
/// order.
class ProjectOptions {
 public:
    explicit ProjectOptions(const OptionsRequest& request);

    std::size_t size() const { return options_.size(); }
    const StrategyProject& operator[](std::size_t n) const { return options_[n]; }
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

    std::vector<StrategyProject> options_;
    std::vector<sim::Month> starts_;
    std::size_t places_ = 0, not_signed_ = 0;
};

}  // namespace domino::scenarios
