#include "scenarios/keys/sections.h"
#include "sim/sector.h"

namespace domino::scenarios {
namespace {

template <sim::Sector sector>
void add_proxy(Keys& keys, std::string_view key, std::string_view what) {
    add(keys, {.table = "emissions", .key = key, .type = ValueType::text, .doc = what, .mark = 'G'},
        FIELD(emissions.proxy[sim::index(sector)]));
}

}  // namespace

void add_emissions(Keys& keys) {
    using sim::Sector;
    add(keys,
        {.table = "emissions",
         .key = "city_inventories",
         .type = ValueType::on_off,
         .doc = "Whether a city's reported inventory takes precedence over the proxy; the country's other "
                "places are rescaled."},
        FIELD(emissions.city_inventories));
    add_proxy<Sector::buildings_fuel>(
        keys, "buildings",
        "What shares out fuel burnt in buildings: population, night_lights (people, weighted by the lights "
        "where they live), or a covariate of places.covariates (people times its value; a total of places, "
        "such as "
        "the sum of counts over areas, by itself).");
    add_proxy<Sector::transport_fuel>(keys, "transport", "The same for fuel of transport.");
    add_proxy<Sector::industry_fuel>(keys, "industry", "The same for fuel of industry.");
    add_proxy<Sector::processes>(keys, "processes", "The same for industrial processes.");
    add_proxy<Sector::waste>(keys, "waste", "The same for waste.");
    add_proxy<Sector::electricity_residential>(keys, "power_homes", "The same for electricity of homes.");
    add_proxy<Sector::electricity_commercial>(keys, "power_shops", "The same for electricity of commerce.");
    add_proxy<Sector::electricity_industry>(keys, "power_industry", "The same for electricity of industry.");
    add_proxy<Sector::electricity_transport>(keys, "power_transport",
                                             "The same for electricity of transport.");
}

}  // namespace domino::scenarios
