#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/scenario.h"
#include "scenarios/world/contacts.h"
#include "scenarios/world/example_layers.h"
#include "scenarios/world/leading_areas.h"
#include "scenarios/world/networks.h"

namespace domino::scenarios {

/// What the layers of pioneers are made of.
struct PioneerInputs {
    const Scenario& scenario;
    const geo::PlaceTable& table;
    const std::map<std::string, std::string>& authority;
    const std::vector<SystemsSeed>& seeds;
    const std::map<std::string, Network>& networks;
    const std::vector<LeadingArea>& areas;
    const std::vector<Agreement>& agreements;
    const std::vector<PlannedProject>& projects;
};

/// FutureCity and SDGs FutureCity: the cities named with them are examples to every place of Japan, from
/// @p since (theme_facts: selection of SDGs FutureCities) on.
ExampleLayer futurecity_layer(const PioneerInputs& inputs, sim::Month since);

/// Global Subnational Zero Carbon Promotion Initiative: pioneers of Japan and the USA are examples to every
/// place of the third countries, from the section's month on. Pioneers are the members of Race to Zero and
/// the leading areas there, the cities named with FutureCity, and Japanese municipalities with a tie abroad
/// that is on record.
ExampleLayer subnational_layer(const PioneerInputs& inputs);

/// Month from which FutureCities are examples: theme_facts, sdgs_futurecity_start.
sim::Month futurecity_since(Pack& pack);

}  // namespace domino::scenarios
