#include "scenarios/world/systems.h"

#include <utility>

namespace domino::scenarios {

std::set<std::string> places_named_with_systems(Pack& pack) {
    std::set<std::string> ids;
    for (auto& id : named_leading_areas(pack)) ids.insert(std::move(id));
    for (auto& seed : read_systems_seeds(pack)) ids.insert(std::move(seed.place_id));
    ids.erase("");
    return ids;
}

Systems assemble_systems(Pack& pack, const SystemsInputs& in, sim::World& world,
                         std::vector<std::string>& notes) {
    Systems systems;
    const Scenario& scenario = in.scenario;
    systems.networks = read_networks(pack, in.table, in.authority);
    systems.areas = plan_leading_areas(pack, scenario.leading_areas, in.table, in.authority, notes);
    add_leading_areas(scenario.leading_areas, systems.areas, in.table, world);
    add_withdrawals(scenario, in.table, systems.networks, in.parameters, world, notes);
    const auto seeds = read_systems_seeds(pack);
    const PioneerInputs pioneers{scenario,         in.table,      in.authority,  seeds,
                                 systems.networks, systems.areas, in.agreements, in.projects};
    if (scenario.contacts.observed == OnOff::on || !in.events.empty()) {
        systems.examples.push_back(
            contact_layer({scenario.contacts, seeds, in.events, in.table, in.authority}, notes));
    }
    if (scenario.leading_areas.enabled == OnOff::on && scenario.leading_areas.broadcast == OnOff::on) {
        systems.examples.push_back(leading_area_layer(scenario.leading_areas, systems.areas, in.table));
    }
    if (scenario.futurecity.enabled == OnOff::on) {
        systems.examples.push_back(futurecity_layer(pioneers, futurecity_since(pack)));
    }
    if (scenario.subnational.enabled == OnOff::on) systems.examples.push_back(subnational_layer(pioneers));
    return systems;
}

}  // namespace domino::scenarios
