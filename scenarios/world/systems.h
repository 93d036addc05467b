#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "scenarios/world/groups.h"
#include "scenarios/world/parameters.h"
#include "scenarios/world/pioneers.h"
#include "scenarios/world/withdrawals.h"

namespace domino::scenarios {

/// What the systems of the theme documents add to a world beside the programmes abroad.
struct Systems {
    std::map<std::string, Network> networks;
    std::vector<LeadingArea> areas;
    std::vector<ExampleLayer>
        examples;  ///< contacts, leading_areas, futurecity, subnational: those switched on
};

struct SystemsInputs {
    const Scenario& scenario;
    const geo::PlaceTable& table;
    const std::map<std::string, std::string>& authority;
    const std::vector<ResolvedContactEvent>& events;
    const std::vector<Agreement>& agreements;
    const std::vector<PlannedProject>& projects;
    const Parameters& parameters;
};

/// Ids of the places that the documents name with leading areas and events: they are kept whatever their size
/// and whether or not the scenario lets them act, so that scenarios that differ in this have the same places.
std::set<std::string> places_named_with_systems(Pack& pack);

/// Reads networks, leading areas and events, and adds the support and the withdrawals that follow to @p
/// world.
Systems assemble_systems(Pack& pack, const SystemsInputs& inputs, sim::World& world,
                         std::vector<std::string>& notes);

}  // namespace domino::scenarios
