#pragma once

#include "scenarios/partnership_benefit.h"
#include "scenarios/proposal/score_card.h"

namespace domino::scenarios {

/// What a row is scored from.
struct ScoringFacts {
    const Proposal& proposal;
    const Partnership& partnership;
    const ReductionEstimate& reductions;
    const Likelihood* likelihood;                                  ///< nullptr: not simulated
    const std::vector<std::pair<std::string, std::string>>& sdgs;  ///< technology, goal: co_benefits.csv
    const std::vector<PartnershipBenefit>& benefits;  ///< technologies: those the proposal plans, by index
};

/// The points of a criterion that follow from facts, or the whole range with the evidence for whoever judges.
/// Where a band's gap or an unclear fact leaves several points possible, the row holds their range.
ScoreRow score_row(const Criterion& criterion, const ScoringFacts& facts);

}  // namespace domino::scenarios
