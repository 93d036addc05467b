#include <catch2/catch.hpp>

#include "tests/viz/small_context.h"
#include "viz/lever_effects.h"
#include "viz/public_money.h"

namespace domino {
namespace {

using test::make_small_run;

/// A small run whose programmes pay 20 MJPY a year from 2020 to 2022, with a certain rate and no inflation.
test::SmallRun run_at(double rate) {
    auto run = make_small_run();
    run.built.discount_rate = sim::fixed(rate);
    run.built.world.parameters.inflation_per_year = 0.0;
    run.built.world.money_year = 2020;
    return run;
}

sim::EnsembleOptions options_of(const sim::RunResults& results) {
    sim::EnsembleOptions options;
    options.members = results.members;
    options.seed = 3;
    return options;
}

TEST_CASE("present value is the sum of yearly money, discounted to the money year") {
    auto run = run_at(0.25);
    sim::RunResults& r = run.results.scenario;
    const auto members = static_cast<std::size_t>(r.members);
    r.credit_spent_jpy[2 * members + 1] = 5e6;
    r.scheme_spent_jpy.assign(2 * r.years * members, 1e6);
    CHECK(viz::public_money_jpy(r, 2, 1) == 2e7 + 5e6 + 2e6);
    CHECK(viz::public_money_jpy(r, 2, 0) == 2e7 + 2e6);
    const viz::Valuer valuer(run.built, options_of(r));
    const auto value = valuer.present_value_jpy(r, 0, 2);
    CHECK(value[0] == Approx(2.2e7 * (1.0 + 0.8 + 0.64)).epsilon(1e-14));
    CHECK(value[1] == Approx(2.2e7 * (1.0 + 0.8 + 0.64) + 5e6 * 0.64).epsilon(1e-14));
    CHECK(valuer.present_value_jpy(r, 1, 1)[0] == Approx(2.2e7 * 0.8).epsilon(1e-14));
}

TEST_CASE(
    "a higher discount rate lowers the present value of what is paid later, and nothing of the first year") {
    const auto low = run_at(0.03), high = run_at(0.07);
    const auto series = [](const test::SmallRun& run) {
        return viz::present_value_series(run.built, run.results.scenario, options_of(run.results.scenario));
    };
    const auto a = series(low), b = series(high);
    CHECK(a.years[0].mean == 20.0);
    CHECK(b.years[0].mean == 20.0);
    CHECK(a.years[2].mean == Approx(20.0 * (1.0 + 1.0 / 1.03 + 1.0 / (1.03 * 1.03))).epsilon(1e-14));
    CHECK(b.years[2].mean < a.years[2].mean);
}

TEST_CASE("a lever that only values money says so") {
    const auto run = make_small_run();
    auto context = test::make_context(run, {});
    context.levers = {{"parameters.discount_rate", "5 %/yr", "3 %/yr", ""}};
    const auto effects = viz::measure_lever_effects(context, viz::compare_with_reference(run.results));
    REQUIRE(effects.size() == 1);
    CHECK(effects[0].places == std::size_t{0});
    CHECK(effects[0].reason.find("Values money") == 0);
}

}  // namespace
}  // namespace domino
