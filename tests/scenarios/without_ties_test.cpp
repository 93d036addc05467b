#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/scenarios/partnership_world.h"

namespace domino::scenarios {
namespace {

BuiltWorld built_without(const std::vector<std::string>& places) {
    const test::TemporaryFolder folder;
    Scenario scenario = test::partnership_scenario();
    scenario.model.without_ties_of = places;
    WorldResult result = build_world(scenario, test::partnership_pack().write(folder));
    for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
    REQUIRE(result.built);
    return std::move(*result.built);
}

sim::RunResults run(const BuiltWorld& built) {
    sim::EnsembleOptions options;
    options.members = 16;
    options.threads = 1;
    return std::move(sim::run_ensemble(built.world, nullptr, options).scenario);
}

TEST_CASE("a place without ties is an end of no edge and of no project, and nobody else loses one") {
    const BuiltWorld with = built_without({}), without = built_without({"Minami"});
    std::uint32_t minami = 0;
    while (with.places.places[minami].name != "Minami") ++minami;
    REQUIRE(without.world.layers.size() == with.world.layers.size());
    for (std::size_t l = 0; l < with.world.layers.size(); ++l) {
        const auto &a = with.world.layers[l], &b = without.world.layers[l];
        REQUIRE(b.row_begin.size() == a.row_begin.size());
        CHECK(b.dated() == a.dated());
        std::size_t kept = 0;
        for (std::uint32_t target = 0; target + 1 < a.row_begin.size(); ++target)
            for (std::uint32_t e = a.row_begin[target]; e < a.row_begin[target + 1]; ++e)
                kept += target != minami && a.source[e] != minami ? 1 : 0;
        CHECK(b.source.size() == kept);
        CHECK(std::count(b.source.begin(), b.source.end(), minami) == 0);
        CHECK(b.row_begin[minami] == b.row_begin[minami + 1]);
    }
    std::size_t others = 0;
    for (const auto& window : with.world.support) {
        const bool own = window.place == minami || window.partner == minami;
        others += own ? 0 : 1;
        const auto& left = without.world.support;
        CHECK((std::find(left.begin(), left.end(), window) != left.end()) == !own);
    }
    CHECK(without.world.support.size() == others);
    CHECK(others < with.world.support.size());
}

TEST_CASE("a place without ties triggers nobody, and rerunning it gives the same") {
    const BuiltWorld without = built_without({"Minami"});
    std::uint32_t minami = 0;
    while (without.places.places[minami].name != "Minami") ++minami;
    const auto a = run(without), b = run(built_without({"GN2"}));
    CHECK(a.emissions_t == b.emissions_t);
    for (const auto& event : a.events) CHECK(event.source != minami);
    const auto with = run(built_without({}));
    CHECK(std::any_of(with.events.begin(), with.events.end(),
                      [&](const auto& event) { return event.source == minami; }));
}

TEST_CASE("a name nobody bears is told") {
    const test::TemporaryFolder folder;
    Scenario scenario = test::partnership_scenario();
    scenario.model.without_ties_of = {"Nowhere"};
    const WorldResult result = build_world(scenario, test::partnership_pack().write(folder));
    REQUIRE_FALSE(result.problems.empty());
    CHECK_FALSE(result.built);
    CHECK(result.problems[0].what == "model.without_ties_of: no place is meant by \"Nowhere\"");
}

}  // namespace
}  // namespace domino::scenarios
