#include <catch2/catch.hpp>

#include "tests/scenarios/partnership_world.h"
#include "viz/lever_trials.h"

namespace domino {
namespace {

using scenarios::OnOff;
using scenarios::test::partnership_pack;
using scenarios::test::partnership_scenario;

TEST_CASE("each lever is tried by itself, a section that is switched on as one, and an idle one shows") {
    const scenarios::test::TemporaryFolder folder;
    const auto pack = partnership_pack().write(folder);
    const auto reference = partnership_scenario();
    auto scenario = reference;
    scenario.eco_lease.enabled = OnOff::on;
    scenario.eco_lease.from = sim::make_month(2030, 1);
    scenario.eco_lease.budget_jpy_per_year = 5e9;
    scenario.eco_lease.projects_per_year = 40.0;
    scenario.c3p.budget_jpy_per_year = 20e6;
    scenario.strategy.rule = scenarios::StrategyRule::observed;
    scenario.strategy.budget_jpy_per_year = 100e6;
    scenarios::ExitEntry idle;
    idle.scheme = "moej_fgas";
    idle.budget_jpy_per_year = 1e9;
    scenario.exits = {idle};
    const auto built = scenarios::build_world(scenario, pack);
    const auto reference_built = scenarios::build_world(reference, pack);
    REQUIRE(built.built);
    REQUIRE(reference_built.built);
    sim::EnsembleOptions options;
    options.members = 6;
    options.threads = 1;
    const auto results = sim::run_ensemble(built.built->world, &reference_built.built->world, options);
    const auto levers = scenarios::differences(reference, scenario);
    const auto trials =
        viz::try_levers({scenario, reference, *reference_built.built, results, levers, pack}, options);
    REQUIRE(trials.size() == levers.size());
    for (const auto& trial : trials) {
        INFO(trial.key);
        CHECK(trial.members == 4);
        CHECK(trial.with_section ==
              (trial.key.starts_with("eco_lease.") || trial.key.starts_with("strategy.")));
        if (trial.key.starts_with("exits.")) {
            CHECK(trial.alone.places == 0);
            CHECK(trial.without.places == 0);
            continue;
        }
        CHECK(trial.alone.places > 0);
        CHECK(trial.without.places > 0);
        if (trial.key.starts_with("eco_lease.")) CHECK(trial.alone.first_year.value() >= 2030);
    }
}

}  // namespace
}  // namespace domino
