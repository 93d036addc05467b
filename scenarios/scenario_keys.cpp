#include "scenarios/scenario_keys.h"

#include <array>

#include <fmt/format.h>

#include "scenarios/keys/sections.h"

namespace domino::scenarios {
namespace {

constexpr auto tables = std::to_array<TableInfo>({
    {"run", "How long, how many draws."},
    {"places", "Which part of the earth, how fine."},
    {"proximity", "Ties between near places."},
    {"hierarchy", "Ties between a region and its cities."},
    {"collaboration", "Ties between cities of different countries that work together."},
    {"network", "Ties between members of a network."},
    {"contacts", "Ties that meetings leave behind."},
    {"commitment", "What is known of declarations."},
    {"leading_areas", "Decarbonization Leading Areas of Japan."},
    {"futurecity", "FutureCity and SDGs FutureCity."},
    {"subnational", "Global Subnational Zero Carbon Promotion Initiative."},
    {"c3p", "City-to-City Collaboration Programme for Zero-Carbon Society."},
    {"strategy", "Where to expand: city-to-city projects beyond those of [c3p], with money of their own."},
    {"jcm", "Joint Crediting Mechanism model projects."},
    {"eco_lease", "JCM Eco-Lease: leased equipment whose payments are subsidised."},
    {"c2p2", "Clean City Partnership Programme: benefits beyond CO2."},
    {"credits", "What becomes of the credits of JCM projects (Article 6.2)."},
    {"emissions", "How national emissions are given to places."},
    {"model", "Switches of the model."},
    {"output", "What is written."},
    {"output.grid", "The cells of the maps."},
    {"output.footprint", "Where a place is on the maps, unless its own layer says it by areas."},
    {"output.downscaling", "What a place's emissions are spread by within its own footprint."},
});

}  // namespace

std::string dotted(const KeyInfo& info) {
    return info.table.empty() ? std::string(info.key) : fmt::format("{}.{}", info.table, info.key);
}

std::span<const Key<Scenario>> scenario_keys() {
    static const Keys keys = [] {
        Keys all;
        add_head(all);
        add_run(all);
        add_places(all);
        add_layers(all);
        add_contacts(all);
        add_commitment(all);
        add_leading_areas(all);
        add_futurecity(all);
        add_subnational(all);
        add_c3p(all);
        add_c3p_activities(all);
        add_strategy(all);
        add_jcm(all);
        add_eco_lease(all);
        add_c2p2(all);
        add_credits(all);
        add_emissions(all);
        add_model(all);
        add_output(all);
        return all;
    }();
    return keys;
}

const EntryLists& entry_lists() {
    static const EntryLists lists = {place_layers(),  covariates(),  agreements(),        contact_events(),
                                     user_layers(),   withdrawals(), strategy_projects(), exits(),
                                     price_schemes(), targets()};
    return lists;
}

std::span<const TableInfo> scenario_tables() {
    return tables;
}

}  // namespace domino::scenarios
