#include <catch2/catch.hpp>

#include "tests/viz/small_context.h"
#include "viz/stocktake_gap.h"

namespace domino {
namespace {

using test::make_small_run;

/// Inventories of 2019 to 2022, so that the group's base year is 100 + 20 Mt.
void add_history(scenarios::BuiltWorld& built) {
    built.history_mt = {{2019, {100.0, 90.0}}, {2019, {20.0, 21.0}}};
    built.stocktake_levels = {{2021, 0.43, 2019, "stocktake"}, {2035, 0.6, 2019, "stocktake"}};
}

double group_mt(const sim::RunResults& r, std::size_t year, std::size_t member) {
    double sum = 0.0;
    for (std::size_t country = 0; country < r.countries; ++country)
        sum += r.national_total_t(country, year, member);
    return sum / 1e6;
}

TEST_CASE("the stocktake's level is the group's base year less the reduction, the gap what is above it") {
    auto run = make_small_run();
    add_history(run.built);
    const auto gaps = viz::assess_stocktake(run.built, run.results.scenario);
    REQUIRE(gaps.size() == 2);
    REQUIRE(gaps[0].reason.empty());
    CHECK(gaps[0].level_mt == Approx(0.57 * 120.0));
    for (std::size_t m = 0; m < gaps[0].gap_mt.size(); ++m) {
        CHECK(gaps[0].emissions_mt[m] == Approx(group_mt(run.results.scenario, 1, m)));
        CHECK(gaps[0].gap_mt[m] == Approx(gaps[0].emissions_mt[m] - 0.57 * 120.0));
    }
    CHECK(gaps[0].probability == 1.0);
    run.built.history_mt[0].second[0] = 0.0;
    run.built.history_mt[1].second[0] = 0.0;
    CHECK(viz::assess_stocktake(run.built, run.results.scenario)[0].probability == 0.0);
}

TEST_CASE("a year beyond the run, or a country without the base year, is not assessable and never met") {
    auto run = make_small_run();
    add_history(run.built);
    auto gaps = viz::assess_stocktake(run.built, run.results.scenario);
    CHECK(gaps[1].reason == "the run does not reach 2035");
    CHECK(gaps[1].probability == 0.0);
    run.built.history_mt[1] = {2020, {21.0}};
    gaps = viz::assess_stocktake(run.built, run.results.scenario);
    CHECK(gaps[0].reason.find("no inventory of 2019 for ") == 0);
    CHECK(gaps[0].gap_mt.empty());
}

}  // namespace
}  // namespace domino
