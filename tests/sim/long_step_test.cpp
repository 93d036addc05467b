// Steps of several months: whatever is dated acts in the step that contains it.
#include <catch2/catch.hpp>

#include "geo/portable_math.h"
#include "sim/ensemble.h"
#include "sim/prepared_world.h"
#include "sim/price_support.h"
#include "sim/trend.h"
#include "sim/withdrawal_effects.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;
using domino::sim::test::LiteralWorld;

namespace {

LiteralWorld quarterly(std::size_t places) {
    LiteralWorld world(places);
    world->calendar.months_per_step = 3;
    return world;
}

int month_index(int year, int month) {
    return make_month(year, month).value - make_month(2020, 1).value;
}

RunResults run(const World& world, int members = 4) {
    EnsembleOptions options;
    options.members = members;
    options.threads = 1;
    return run_ensemble(world, nullptr, options).scenario;
}

}  // namespace

TEST_CASE("a month lies in the step that contains it") {
    Calendar c;
    c.months_per_step = 3;
    CHECK(c.whole_steps());
    CHECK(c.step_start(make_month(2021, 2)) == make_month(2021, 1));
    CHECK(c.step_start(make_month(2021, 4)) == make_month(2021, 4));
    CHECK(c.step_start(never) == never);
    CHECK(c.step_start(make_month(2015, 2)) == make_month(2015, 2));  // before the run
    const ActingMonths across(c, make_month(2021, 2), make_month(2022, 3));
    CHECK(across.from == make_month(2021, 1));
    CHECK(across.to == make_month(2022, 1));
    const ActingMonths within(c, make_month(2021, 2), make_month(2021, 3));
    CHECK(within.from == make_month(2021, 1));
    CHECK(within.to == make_month(2021, 4));
    const ActingMonths empty(c, make_month(2021, 2), make_month(2021, 2));
    CHECK(empty.from == empty.to);
    c.months_per_step = 1;
    const ActingMonths monthly(c, make_month(2021, 2), make_month(2022, 3));
    CHECK(monthly.from == make_month(2021, 2));
    CHECK(monthly.to == make_month(2022, 3));
}

TEST_CASE("steps that do not make up the run or its years are refused") {
    const auto refused = [](int months, int parts, Month first, int steps) {
        LiteralWorld world(1, steps);
        world->calendar.first = first;
        world->calendar.months_per_step = months;
        world->calendar.parts_per_month = parts;
        REQUIRE_THROWS_WITH(prepare(*world), Catch::Contains("steps of several months"));
    };
    refused(5, 1, make_month(2020, 1), 60);
    refused(0, 1, make_month(2020, 1), 60);
    refused(3, 1, make_month(2020, 2), 24);
    refused(6, 1, make_month(2020, 1), 255);
    refused(3, 2, make_month(2020, 1), 24);
}

TEST_CASE("dated ties, observed declarations, schemes and withdrawals act in their step") {
    LiteralWorld world = quarterly(3);
    world.add_technology("t", 0.01, 0.1);
    world.add_layer("tie", LayerKind::collaboration,
                    {{0, 1, 1.0, make_month(2021, 2), make_month(2022, 3)},
                     {0, 2, 1.0, make_month(2021, 8), make_month(2021, 9)}},
                    1.0);
    world->places[2].committed_since = make_month(2023, 6);
    world->places[0].committed_since = make_month(2019, 12);
    world->price_schemes.push_back({"grant", 0, {0}, make_month(2021, 2), make_month(2021, 3), 0.5, {}});
    Withdrawal w;
    w.id = "out";
    w.from = make_month(2030, 3);
    w.to = make_month(2030, 5);
    w.coalition = {0, 0, 0};
    w.propensity_factor = fixed(0.5);
    world->withdrawals.push_back(w);
    const PreparedWorld prepared = prepare(*world);
    CHECK(prepared.layers[0].from_step ==
          std::vector<std::int32_t>{month_index(2021, 1), month_index(2021, 7)});
    CHECK(prepared.layers[0].to_step ==
          std::vector<std::int32_t>{month_index(2022, 1), month_index(2021, 10)});
    CHECK(prepared.engaged_step[2] == month_index(2021, 7));
    CHECK(prepared.committed_from_step ==
          std::vector<std::int32_t>{-1, std::numeric_limits<std::int32_t>::max(), month_index(2023, 4)});
    PriceSupport prices(*world);
    prices.begin_year(1, {1.0}, 1.0);
    CHECK(prices.month(make_month(2021, 1)).front() == Approx(2.0));
    CHECK(prices.month(make_month(2021, 4)).front() == 1.0);
    const auto draws = draw_member(*world, {1, 0}).withdrawals;
    const auto propensity = [&](int year, int month) {
        std::vector<double> factors(3);
        withdrawal_propensity(*world, draws, month_index(year, month), factors);
        return factors[0];
    };
    CHECK(propensity(2029, 10) == 1.0);
    CHECK(propensity(2030, 1) == 0.5);
    CHECK(propensity(2030, 4) == 1.0);
    const RunResults r = run(*world);
    CHECK(r.stage_step[r.stage_at(Stage::committed, 2, 0)] == month_index(2023, 4));
}

TEST_CASE("support over a step is the mean of its months, and its money is counted by month") {
    LiteralWorld world = quarterly(2);
    const auto years = static_cast<std::size_t>(world->calendar.touched_years());
    world.add_technology("t", 0.01, 0.1);
    world.add_technology("u", 0.01, 0.1);
    world->programmes.push_back({"c3p", "C3P", ByYear(years, 1e9)});
    world->support.push_back({"a", 0, std::nullopt, make_month(2022, 2), make_month(2023, 5), 12e6, 0});
    SupportWindow b{"b", 0, std::nullopt, make_month(2022, 3), make_month(2022, 10), 12e6, 0};
    b.channels = {1.0, 0.0, 1.0};
    b.technologies = {1};
    world->support.push_back(b);
    const PreparedWorld prepared = prepare(*world);
    const SupportLevel& first = prepared.support_at(month_index(2022, 1), 0);
    CHECK(first.policy_dialogue == Approx(2.0 / 3.0));
    CHECK(first.adoption == Approx(2.0 / 3.0));
    CHECK(prepared.support_at(month_index(2022, 4), 0).policy_dialogue == 1.0);
    CHECK(prepared.support_at(month_index(2023, 4), 0).capacity_building == Approx(1.0 / 3.0));
    CHECK(prepared.support_at(month_index(2023, 7), 0) == SupportLevel{});
    CHECK(prepared.support_at(month_index(2022, 1), 1) == SupportLevel{});
    CHECK(prepared.programme_spent_jpy[2] == Approx(11e6 + 7e6));
    CHECK(prepared.programme_spent_jpy[3] == Approx(4e6));
}

TEST_CASE("support of some technologies keeps them apart in the mean of a step") {
    LiteralWorld world = quarterly(1);
    const auto years = static_cast<std::size_t>(world->calendar.touched_years());
    world.add_technology("t", 0.01, 0.1);
    world.add_technology("u", 0.01, 0.1);
    world->programmes.push_back({"c3p", "C3P", ByYear(years, 1e9)});
    SupportWindow some{"a", 0, std::nullopt, make_month(2022, 2), make_month(2022, 4), 0.0, 0};
    some.technologies = {1};
    world->support.push_back(some);
    world->support.push_back({"b", 0, std::nullopt, make_month(2022, 3), make_month(2022, 4), 0.0, 0});
    const PreparedWorld prepared = prepare(*world);
    const SupportLevel& level = prepared.support_at(month_index(2022, 1), 0);
    REQUIRE(level.technology_adoption.size() == 2);
    CHECK(level.technology_adoption[0] == Approx(1.0 / 3.0));
    CHECK(level.technology_adoption[1] == Approx(2.0 / 3.0));
}

TEST_CASE("a count within a step is met at the step's end, and of two the later") {
    LiteralWorld world = quarterly(200);
    world->countries[0].commitment.observed = {{make_month(2021, 1), 0.05}, {make_month(2021, 2), 0.3}};
    const PreparedWorld prepared = prepare(*world);
    const MemberDraws draws = draw_member(*world, {1, 0});
    const Trend trend = solve_trend(prepared, draws, place_propensity(prepared, draws));
    const std::vector<double>& a = trend.log_hazard[0];
    // 1 − exp(−λ·1.25 yr) = 0.3 by the end of March 2021.
    const double expected = domino::portable::log(-domino::portable::log(0.7) / 1.25);
    CHECK(a[0] == Approx(expected).epsilon(1e-6));
    CHECK(a[static_cast<std::size_t>(month_index(2021, 3))] == a[0]);
    CHECK(a[static_cast<std::size_t>(month_index(2021, 4))] == -40.0);
}

TEST_CASE("fiscal years sum the months of their quarters") {
    LiteralWorld world(1);
    Country& country = world->countries[0];
    country.fiscal_year_start_month = 4;
    country.remainder[0].base_t = 1200.0;
    country.remainder[0].trend_per_year = 0.1;
    country.sectors[0].base_t = world->places[0].emissions_t[0] = 600.0;
    country.sectors[0].intensity_trend_per_year = 0.05;
    const RunResults monthly = run(*world, 1);
    world->calendar.months_per_step = 3;
    const RunResults quarterly = run(*world, 1);
    for (std::size_t y = 0; y < monthly.years; ++y) {
        CAPTURE(y);
        CHECK(quarterly.fiscal_total_t[y] == Approx(monthly.fiscal_total_t[y]).epsilon(1e-12));
        if (y + 1 < monthly.years)
            CHECK(quarterly.fiscal_total_t[y] == Approx(0.75 * quarterly.national_total_t(0, y, 0) +
                                                        0.25 * quarterly.national_total_t(0, y + 1, 0))
                                                     .epsilon(1e-12));
    }
}

TEST_CASE("a rich world in quarters: every stage on the first month of a step, identities hold") {
    World world = test::rich_world(test::identity_order(40));
    world.calendar.months_per_step = 3;
    const RunResults r = run(world, 20);
    for (const IdentityCheck& check : r.identities) {
        INFO(check.name << " " << check.largest_relative_error);
        CHECK(check.holds());
    }
    REQUIRE(r.events.size() > 100);
    for (const CommitmentEvent& event : r.events) REQUIRE(event.step % 3 == 0);
    world.calendar.months_per_step = 1;
    const RunResults monthly = run(world, 20);
    CHECK(static_cast<double>(r.events.size()) ==
          Approx(static_cast<double>(monthly.events.size())).epsilon(0.1));
    // Projects open in the same months whatever the step.
    CHECK(r.credit_units_t == monthly.credit_units_t);
}
