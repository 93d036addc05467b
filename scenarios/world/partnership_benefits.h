#pragma once

#include <string>
#include <vector>

#include "scenarios/partnership_benefit.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// The benefits of guidebook Tables 1 and 2 in their order, with the technologies of @p technology_ids that
/// bear on each (tables partnership_benefits and benefit_technologies). None where the pack lacks the table.
/// Throws geo::ProblemError naming file, line and column for a measure or a beneficiary that is not known.
std::vector<PartnershipBenefit> read_partnership_benefits(Pack& pack,
                                                          const std::vector<std::string>& technology_ids);

}  // namespace domino::scenarios
