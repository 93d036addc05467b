#include <catch2/catch.hpp>

#include "sim/credits/target_adjustment.h"
#include "sim/ensemble.h"
#include "sim/targets.h"
#include "tests/sim/literal_world.h"

namespace domino::sim {
namespace {

/// A country that emits 5 Mt a year, every year, and sells 0.3 Mt a year in 2026–2030.
struct Seller {
    World world;
    RunResults results;

    Seller() {
        test::LiteralWorld w(1);
        w->places[0].emissions_t[0] = 5e6;
        w->countries[0].sectors[0].base_t = 5e6;
        world = *w;
        EnsembleOptions options;
        options.members = 1;
        results = run_ensemble(world, nullptr, options).scenario;
        CreditResults& credits = results.credits;
        credits.parties = {"AAA"};
        credits.years = results.years;
        credits.members = 1;
        credits.first_transferred.assign(results.years, 0);
        credits.used.assign(results.years, 0);
        for (int year = 2026; year <= 2030; ++year)
            credits.first_transferred[static_cast<std::size_t>(year - 2020)] = 300'000;
    }

    TargetResult assess_level(double level_mt, AdjustmentMethod method) {
        world.credit_accounting.method = method;
        Target target;
        target.type = TargetType::fixed_level;
        target.target_year = 2030;
        target.lulucf = LulucfTreatment::excluded;
        target.value_low = target.value_high = level_mt;
        return assess(target, world, results);
    }
};

}  // namespace

TEST_CASE("Averaging spreads ten years' transfers over the contribution", "[credits]") {
    Seller seller;
    const TargetResult met = seller.assess_level(5.16, AdjustmentMethod::averaging);
    REQUIRE(met.balance_mt.size() == 1);
    CHECK(met.emissions_mt[0] == Approx(5.0));
    CHECK(met.balance_mt[0] == Approx(5.0 + 5 * 0.3 / 10));
    CHECK(met.probability == 1.0);
    CHECK(met.probability_adjusted == 1.0);
    const TargetResult missed = seller.assess_level(5.1, AdjustmentMethod::averaging);
    CHECK(missed.probability == 1.0);
    CHECK(missed.probability_adjusted == 0.0);
}

TEST_CASE("Under a trajectory the sum over the contribution counts", "[credits]") {
    Seller seller;
    // Emissions are flat at 5 Mt. The line runs from 5 Mt in 2020 to the level in 2030; the allowance over it
    // in 2021–2030 is 5.5 times the level's excess, against 1.5 Mt sold.
    const TargetResult met = seller.assess_level(5.0 + 1.5 / 5.5 + 0.001, AdjustmentMethod::trajectory);
    CHECK(met.balance_mt[0] == Approx(5.3));
    CHECK(met.probability_adjusted == 1.0);
    const TargetResult missed = seller.assess_level(5.0 + 1.5 / 5.5 - 0.001, AdjustmentMethod::trajectory);
    CHECK(missed.probability == 1.0);
    CHECK(missed.probability_adjusted == 0.0);
}

TEST_CASE("A target over a period is adjusted by the period's sum", "[credits]") {
    Seller seller;
    Target budget;
    budget.type = TargetType::budget;
    budget.period_start = 2021;
    budget.target_year = 2030;
    budget.lulucf = LulucfTreatment::excluded;
    budget.value_low = budget.value_high = 51.0;
    const TargetResult result = assess(budget, seller.world, seller.results);
    REQUIRE(result.balance_mt.size() == 1);
    CHECK(result.emissions_mt[0] == Approx(50.0));
    CHECK(result.balance_mt[0] == Approx(51.5));
    CHECK(result.probability == 1.0);
    CHECK(result.probability_adjusted == 0.0);
}

TEST_CASE("Without credits a target has no balance", "[credits]") {
    Seller seller;
    seller.results.credits = {};
    const TargetResult result = seller.assess_level(5.1, AdjustmentMethod::averaging);
    CHECK(result.balance_mt.empty());
    CHECK(result.probability == 1.0);
}

}  // namespace domino::sim
