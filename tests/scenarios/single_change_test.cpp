#include <catch2/catch.hpp>

#include "scenarios/single_change.h"
#include "tests/scenarios/partnership_world.h"

namespace domino::scenarios {
namespace {

Scenario changed(Scenario s) {
    s.c3p.scaled_from = sim::make_month(2026, 4);
    s.c3p.projects_scale = 2.0;
    s.jcm.subsidy_ceiling = 0.3;
    s.strategy.budget_jpy_per_year = 1e9;
    s.title = "not a lever";
    s.jcm.sectors = {"Renewable energies"};
    s.parameters["eta_s"] = sim::fixed(0.1);
    s.parameters.erase("s_support");
    PriceSchemeEntry fresh;
    fresh.id = "fresh";
    fresh.technology = "ev_car";
    fresh.countries = {"VNM"};
    fresh.from = sim::make_month(2027, 1);
    s.price_schemes.push_back(fresh);
    s.price_schemes.front().share = 0.4;
    s.price_schemes.front().budget_jpy_per_year = 2e9;
    s.exits.clear();
    return s;
}

Scenario reference() {
    Scenario s = test::partnership_scenario();
    PriceSchemeEntry old;
    old.id = "old";
    old.technology = "ev_car";
    old.countries = {"VNM"};
    old.from = sim::make_month(2025, 1);
    old.share = 0.2;
    s.price_schemes = {old};
    ExitEntry exit;
    exit.scheme = "meti_fs";
    s.exits = {exit};
    return s;
}

TEST_CASE("one difference is taken over and no other, in either direction") {
    const Scenario base = reference();
    const Scenario other = changed(base);
    const auto all = differences(base, other);
    REQUIRE(all.size() == 10);
    for (const auto& change : all) {
        INFO(change.key);
        const auto with = differences(base, take_over(base, other, change.key));
        REQUIRE(with.size() == 1);
        CHECK(with[0].key == change.key);
        CHECK(with[0].to == change.to);
        CHECK(with[0].since == change.since);
        const auto without = differences(base, take_over(other, base, change.key));
        CHECK(without.size() == all.size() - 1);
    }
    CHECK(differences(base, take_over(base, other, "no.such_key")).empty());
}

}  // namespace
}  // namespace domino::scenarios
