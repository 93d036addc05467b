#pragma once

#include <string>
#include <vector>

#include "scenarios/strategy_plan.h"
#include "scenarios/world/listed_projects.h"
#include "scenarios/world/plan_candidates.h"
#include "scenarios/world/programmes.h"
#include "scenarios/world/strategy_choices.h"

namespace domino::scenarios {

/// A project of a strategy is told from others by where and in which year it begins.
std::string strategy_project_id(const std::string& place_id, sim::Month from);

/// Technologies of the run by id, ascending; others are left out.
std::vector<std::uint16_t> strategy_technologies(const std::vector<std::string>& ids,
                                                 const sim::World& world);

struct StrategyRequest {
    const StrategySection& section;
    const C3pSection& c3p;  ///< length and number of phases, cost of a project
    std::vector<PlanCandidate> candidates;
    std::vector<std::uint32_t> japanese_partners;  ///< take turns where a candidate names nobody
    std::vector<std::uint16_t> technologies;
    /// Pairs with an agreement on record.
    CityPairs agreed = {};
};

/// Chooses by rank: every April (Japan's fiscal year) from section.from to section.to the first candidates
/// that are JCM partners by then begin, each for as many whole phases as asked for and as fit before the
/// money ends, while fewer than most_concurrent projects run and the budget bears one more. With an agreement
/// where the section says so, until the money ends; of agreements alone at most most_concurrent. A place is
/// chosen once. Deterministic for any order of candidates.
StrategyPlan plan_by_rank(const StrategyRequest& request);

/// Candidates by a rule that measures places, without those the programme supports itself. Unsorted.
std::vector<PlanCandidate> open_candidates(StrategyRule rule, const CandidateInputs& inputs,
                                           const Collaboration& programme);

/// Takes out places with an agreement on record, where agreements alone are chosen.
void drop_agreed(std::vector<PlanCandidate>& candidates, const Collaboration& programme);

/// Partners on record, one candidate a place: longest on record first, each with its own Japanese
/// municipality, once its last project on record has ended and its country has signed.
std::vector<PlanCandidate> partners_on_record(const Collaboration& collaboration,
                                              const CandidateInputs& inputs);

struct StrategyInputs {
    const CollaborationInputs& collaboration;
    const std::vector<ListedProject>& listed;
    std::vector<double> centrality;  ///< by place, for StrategyRule::hubs; else empty
};

/// The planner's list as a plan. Reports names that are no places of the run, and projects at places that are
/// supported already.
StrategyPlan plan_list(const StrategyInputs& inputs, const Collaboration& programme, const sim::World& world,
                       Problems& problems);

/// The scenario's strategy. Places that the programme's own expansion chooses are no candidates, so that its
/// plan is the same with and without the strategy. Reports what changes nothing, and listed projects at
/// places that are supported already.
StrategyPlan plan_strategy(const StrategyInputs& inputs, const Collaboration& programme,
                           const sim::World& world, Problems& problems);

}  // namespace domino::scenarios
