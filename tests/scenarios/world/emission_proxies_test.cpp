#include <catch2/catch.hpp>

#include <cmath>

#include "scenarios/built_world.h"
#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios {
namespace {

using test::literal_scenario;
using test::LiteralPack;
using test::TemporaryFolder;

BuiltWorld build(const Scenario& scenario, const std::filesystem::path& pack) {
    auto result = build_world(scenario, pack);
    for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
    REQUIRE(result.built);
    return std::move(*result.built);
}

const sim::PlaceInputs& place(const BuiltWorld& built, const std::string& id) {
    for (std::size_t i = 0; i < built.places.places.size(); ++i) {
        if (built.places.places[i].id == id) return built.world.places[i];
    }
    FAIL("no place " << id);
    return built.world.places.front();
}

double total_t(const sim::PlaceInputs& inputs) {
    double sum = 0.0;
    for (const double t : inputs.emissions_t) sum += t;
    return sum;
}

double national_t(const BuiltWorld& built, std::size_t country) {
    double sum = 0.0;
    for (const auto& inputs : built.world.places) sum += inputs.country == country ? total_t(inputs) : 0.0;
    return sum;
}

/// An inventory of Ha Thanh a third above what people and lights give it.
LiteralPack pack_with_inventory(double total) {
    LiteralPack pack;
    pack.tables["city_emissions"] =
        "place_id,year,gas,basis,total_t,population,match,outlier,source\nGN11,2022,CO2e,basic," +
        std::to_string(total) + ",600000,name+xy,0,its own\n";
    return pack;
}

TEST_CASE("a reported city inventory takes precedence, the rest is rescaled, and a key turns it off") {
    const TemporaryFolder plain_folder, folder;
    auto scenario = literal_scenario();
    const auto plain = build(scenario, LiteralPack().write(plain_folder));
    const double by_proxy = total_t(place(plain, "GN11"));
    const auto pack = pack_with_inventory(1.2 * by_proxy).write(folder);

    const auto with = build(scenario, pack);
    CHECK(total_t(place(with, "GN11")) == Approx(1.2 * by_proxy).epsilon(1e-3));
    CHECK(national_t(with, 1) == Approx(national_t(plain, 1)).epsilon(1e-12));
    CHECK(total_t(place(with, "GN13")) < total_t(place(plain, "GN13")));
    CHECK(place(with, "GN1").emissions_t == place(plain, "GN1").emissions_t);

    scenario.emissions.city_inventories = OnOff::off;
    const auto without = build(scenario, pack);
    CHECK(place(without, "GN11").emissions_t == place(plain, "GN11").emissions_t);
}

TEST_CASE("each sector has its proxy: people, lights or a covariate of the scenario") {
    const TemporaryFolder folder;
    // Income a head: 3 in the north of Viet Nam, 1 in its south, and nothing over Japan.
    folder.write("income.asc",
                 "ncols 2\nnrows 2\nxllcorner 100\nyllcorner 5\ncellsize 10\nNODATA_value -9999\n3 3\n1 1\n");
    auto scenario = literal_scenario();
    Covariate income;
    income.name = "income";
    income.path = folder.path() / "income.asc";
    income.crs_override = "EPSG:4326";
    scenario.places.covariates = {income};
    const auto pack = LiteralPack().write(folder);
    const auto plain = build(scenario, pack);
    constexpr auto transport = sim::index(sim::Sector::transport_fuel);
    constexpr auto waste = sim::index(sim::Sector::waste);
    scenario.emissions.proxy[transport] = "income";
    const auto built = build(scenario, pack);

    const auto& north = place(built, "GN11");
    const auto& south = place(built, "GN13");
    const double per_head = north.emissions_t[transport] / north.population;
    CHECK(per_head == Approx(3.0 * south.emissions_t[transport] / south.population));
    CHECK(north.emissions_t[waste] == place(plain, "GN11").emissions_t[waste]);
    CHECK(national_t(built, 1) == Approx(national_t(plain, 1)).epsilon(1e-12));
    // Nobody in Japan has a value: people alone decide there.
    CHECK(place(built, "GN1").emissions_t == place(plain, "GN1").emissions_t);

    scenario.emissions.proxy[transport] = "night_lights";
    const auto lit = build(scenario, pack);
    CHECK(place(lit, "GN11").emissions_t[transport] > place(plain, "GN11").emissions_t[transport]);
}

}  // namespace
}  // namespace domino::scenarios
