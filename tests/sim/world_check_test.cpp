#include <catch2/catch.hpp>
#include <functional>
#include <limits>
#include <string>

#include "sim/world_check.h"
#include "tests/sim/literal_world.h"

using namespace domino::sim;
using domino::sim::test::LiteralWorld;

namespace {

struct Fault {
    std::string said;
    std::function<void(World&)> make;
};

}  // namespace

TEST_CASE("a world's fault is told with the place or entry that has it") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Fault faults[] = {
        {"world: place 2: its country does not exist", [](World& w) { w.places[2].country = 7; }},
        {"world: place 1: its admin-1 unit does not exist", [](World& w) { w.places[1].admin1 = 9; }},
        {"world: place 0: population is negative or not finite",
         [&](World& w) { w.places[0].population = nan; }},
        {"world: place 2: emissions are negative", [](World& w) { w.places[2].emissions_t[3] = -1.0; }},
        {"world: place 1: potential_factor needs one value per technology",
         [](World& w) { w.places[1].potential_factor.clear(); }},
        {"world: place 0: potential is negative", [](World& w) { w.places[0].potential_factor[0] = -0.5; }},
        {"world: place 2: id is not unique", [](World& w) { w.places[2].key = w.places[1].key; }},
        {"world: x: a value is not finite",
         [&](World& w) {
             w.covariates.push_back({});
             w.covariates.back().id = "x";
             w.covariates.back().centred = {0.0, nan, 0.0};
         }},
    };
    LiteralWorld sound(3);
    sound.add_technology("t", 0.03, 0.38);
    REQUIRE_NOTHROW(check_world(*sound));
    for (const Fault& fault : faults) {
        World world = *sound;
        fault.make(world);
        CHECK_THROWS_WITH(check_world(world), fault.said);
    }
}
