#include "scenarios/world/pioneers.h"

#include <algorithm>
#include <set>

#include "scenarios/world/commitment_data.h"
#include "scenarios/world/layer_assembly.h"

namespace domino::scenarios {

namespace {

constexpr const char* japan_iso3 = "JPN";
constexpr const char* usa = "USA";
constexpr const char* race_to_zero = "race_to_zero";

std::set<std::uint32_t> certified_cities(const PioneerInputs& in) {
    std::set<std::uint32_t> cities;
    for (const auto& seed : in.seeds) {
        if (seed.iso3 != japan_iso3 || seed.host) continue;
        auto place = find_actor(in.table, in.authority, seed.place_id, seed.admin1_id);
        if (!place) place = find_actor(in.table, in.authority, "", seed.admin1_id);
        if (place) cities.insert(*place);
    }
    return cities;
}

std::set<std::uint32_t> pioneers(const PioneerInputs& in) {
    std::set<std::uint32_t> all = certified_cities(in);
    for (const auto& area : in.areas) all.insert(area.place);
    if (const auto network = in.networks.find(race_to_zero); network != in.networks.end()) {
        for (const auto& member : network->second.members) {
            const auto& iso3 = in.table.places[member.place].iso3;
            if (iso3 == japan_iso3 || iso3 == usa) all.insert(member.place);
        }
    }
    for (const auto& tie : in.agreements) all.insert(tie.japan);
    for (const auto& project : in.projects) {
        if (project.partner && !project.hypothetical) all.insert(*project.partner);
    }
    return all;
}

std::vector<Example> examples_from(const std::set<std::uint32_t>& places, sim::Month since) {
    std::vector<Example> examples;
    for (const auto place : places) examples.push_back({place, since});
    return examples;
}

}  // namespace

sim::Month futurecity_since(Pack& pack) {
    constexpr sim::Month documented = sim::make_month(2018, 1);
    const auto csv = pack.read_optional("theme_facts", {"fact_id", "value"});
    if (!csv) return documented;
    const Rows rows(*csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.text(i, "fact_id") != "sdgs_futurecity_start") continue;
        return sim::make_month(rows.required_year(i, "value"), 1);
    }
    return documented;
}

ExampleLayer futurecity_layer(const PioneerInputs& in, sim::Month since) {
    ExampleLayer layer{"futurecity", {}};
    std::vector<std::uint32_t> targets;
    for (std::uint32_t i = 0; i < in.table.places.size(); ++i) {
        if (in.table.places[i].iso3 == japan_iso3) targets.push_back(i);
    }
    add_broadcast(examples_from(certified_cities(in), since), targets, sim::never, layer.edges);
    return layer;
}

ExampleLayer subnational_layer(const PioneerInputs& in) {
    ExampleLayer layer{"subnational", {}};
    const auto& chosen = in.scenario.subnational.countries;
    std::vector<std::uint32_t> targets;
    for (std::uint32_t i = 0; i < in.table.places.size(); ++i) {
        const auto& iso3 = in.table.places[i].iso3;
        const bool third = iso3 != japan_iso3 && iso3 != usa;
        const bool wanted = chosen.empty() || std::find(chosen.begin(), chosen.end(), iso3) != chosen.end();
        if (third && wanted) targets.push_back(i);
    }
    add_broadcast(examples_from(pioneers(in), in.scenario.subnational.from), targets, sim::never,
                  layer.edges);
    return layer;
}

}  // namespace domino::scenarios
