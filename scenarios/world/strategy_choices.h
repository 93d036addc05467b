#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>

#include "scenarios/strategy_plan.h"
#include "scenarios/world/programmes.h"

namespace domino::scenarios {

/// Pairs of cities: Japanese municipality, partner.
using CityPairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

/// Pairs with an agreement on record.
CityPairs agreed_pairs(const Collaboration& programme);

/// Projects that run and agreements that hold in the month of a round, and what they cost.
void count_living(const StrategyPlan& plan, StrategyRound& round);

/// Places that a plan supports or agrees with.
std::size_t count_places(const StrategyPlan& plan);

/// Adds a project, an agreement that holds until the strategy's money ends, or both. Two cities that have
/// agreed already do not agree again.
void add_choice(StrategyPlan& plan, StrategyProject project, const StrategySection& section,
                StrategyAgreements agreements, const CityPairs& agreed);

}  // namespace domino::scenarios
