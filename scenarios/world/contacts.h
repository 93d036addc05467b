#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/scenario.h"
#include "scenarios/world/example_layers.h"
#include "scenarios/world/named_places.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// A place named with an event or a programme (systems_seeds).
struct SystemsSeed {
    std::string event_id, system, place_id, admin1_id, iso3, source;
    bool host = false;
    sim::Month date;
};

/// Rows of systems_seeds, in the table's order of ids.
std::vector<SystemsSeed> read_systems_seeds(Pack& pack);

/// An event of the scenario with its places found; who cannot be found is a problem at the event.
struct ResolvedContactEvent {
    ContactEventEntry entry;
    PlaceNames::Match host;
    std::vector<PlaceNames::Match> participants;
};
std::vector<ResolvedContactEvent> resolve_contact_events(const ContactsSection& section,
                                                         const NamedPlaces& names, Problems& problems);

struct ContactInputs {
    const ContactsSection& section;
    const std::vector<SystemsSeed>& seeds;
    const std::vector<ResolvedContactEvent>& events;
    const geo::PlaceTable& table;
    const std::map<std::string, std::string>& authority;
};

/// Host and participants of an event act on each other, with the section's weight, from the event on for as
/// long as it is remembered. Events with an end outside the world lose that end; those of the scenario are
/// noted.
ExampleLayer contact_layer(const ContactInputs& inputs, std::vector<std::string>& notes);

}  // namespace domino::scenarios
