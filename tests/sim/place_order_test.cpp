#include "sim/place_order.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "sim/ensemble.h"
#include "tests/sim/literal_world.h"

using namespace domino;
using namespace domino::sim;
using domino::sim::test::LiteralWorld;

namespace {

/// Places of two countries in turn, along the curve backwards.
LiteralWorld mixed_world(std::uint32_t places) {
    LiteralWorld world(0, 24);
    world.add_country("BBB", -3.0);
    for (std::uint32_t i = 0; i < places; ++i) {
        world.add_place("p" + std::to_string(i), static_cast<std::uint16_t>(i % 2), 1e5 + i);
        world->places.back().curve_index = 1000 - i / 4;
    }
    return world;
}

}  // namespace

TEST_CASE("positions go country by country and along the curve") {
    LiteralWorld world = mixed_world(40);
    const PlaceOrder order = order_places(*world);
    REQUIRE(order.size() == 40);
    CHECK(std::vector(order.country_begin.begin(), order.country_begin.end()) ==
          std::vector<std::uint32_t>{0, 20, 40});
    for (std::uint32_t n = 0; n < 40; ++n) {
        CHECK(order.position_of[order.place_at[n]] == n);
        if (n == 0) continue;
        const PlaceInputs &before = world->places[order.place_at[n - 1]],
                          &here = world->places[order.place_at[n]];
        CHECK(before.country <= here.country);
        if (before.country == here.country) CHECK(before.curve_index <= here.curve_index);
    }
}

TEST_CASE("the order of places does not depend on their rows") {
    LiteralWorld world = mixed_world(40);
    LiteralWorld turned = mixed_world(40);
    std::reverse(turned->places.begin(), turned->places.end());
    const PlaceOrder a = order_places(*world), b = order_places(*turned);
    for (std::uint32_t n = 0; n < 40; ++n)
        CHECK(world->places[a.place_at[n]].key == turned->places[b.place_at[n]].key);
}

TEST_CASE("where places lie in memory does not decide what becomes of them") {
    // Every mechanism that runs by position: ties, stocks, capacity, emissions.
    const auto grown = [](bool along_the_curve) {
        LiteralWorld world = mixed_world(40);
        world.add_technology("a", 0.01, 0.3);
        world.add_technology("b", 0.02, 0.2);
        std::vector<DatedEdge> edges;
        for (std::uint32_t i = 0; i < 40; ++i) edges.push_back({i, (i + 7) % 40, 1.0});
        world.add_layer("near", LayerKind::proximity, edges, 0.5);
        world->couplings[0].carries_technology = true;
        for (Technology& t : world->technologies) {
            t.between_places = fixed(0.1);
            for (TechnologyInCountry& local : t.countries)
                local.effects = {{Sector::buildings_fuel, 0.2, 0.0}};
        }
        for (PlaceInputs& place : world->places) {
            place.emissions_t[0] = place.population;
            world->countries[place.country].sectors[0].base_t += place.population;
            if (!along_the_curve) place.curve_index = 0;
        }
        EnsembleOptions options;
        options.members = 3;
        return run_ensemble(*world, nullptr, options).scenario;
    };
    const RunResults a = grown(true), b = grown(false);
    CHECK(a.emissions_t == b.emissions_t);
    CHECK(a.stage_step == b.stage_step);
    CHECK(a.capacity_mean == b.capacity_mean);
    CHECK(a.adoption_mean == b.adoption_mean);
    CHECK(std::any_of(a.emissions_t.begin(), a.emissions_t.end(), [](float t) { return t > 0.0f; }));
}
