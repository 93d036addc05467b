#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/world/named_places.h"
#include "scenarios/world/programmes.h"

namespace domino::scenarios {

/// What the names of model.without_ties_of stand for; a name nobody bears is a problem at the key.
std::vector<PlaceNames::Match> resolve_without_ties(const Scenario& scenario, const NamedPlaces& names,
                                                    Problems& problems);

/// Leaves out agreements and projects, the strategy's too, that one of the places is an end of. What was
/// planned for others stays as it was planned.
void drop_partnerships(const std::set<std::uint32_t>& places, Collaboration& collaboration,
                       StrategyPlan& strategy);

/// Leaves out every edge that one of the places is an end of, in all layers: the place acts on nobody and
/// nobody acts on it, and its neighbours look to the rest of theirs.
void drop_edges(const std::set<std::uint32_t>& places, std::vector<sim::FrozenLayer>& layers,
                std::vector<Link>& links);

}  // namespace domino::scenarios
