#include "sim/adoption.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/adoption_coefficients.h"
#include "sim/kernel/share_lanes.h"
#include "sim/member_run.h"
#include "tests/sim/literal_world.h"

using namespace domino::sim;
using domino::sim::test::LiteralWorld;

// Reference: closed form of Bass (1969), p = 0.03, q = 0.38 (VALIDATION V1).
TEST_CASE("V1 the adoption step is the Bass curve at any step length") {
    const std::pair<double, double> expected[] = {{1, 0.0357581643},  {2, 0.0850562814},  {5, 0.3311986425},
                                                  {10, 0.8128032212}, {15, 0.9716096398}, {20, 0.9962594145},
                                                  {30, 0.9999377964}};
    for (const double dt : {1.0, 0.25, 1.0 / 12.0}) {
        double stock = 0.0;
        double time = 0.0;
        for (const auto& [year, share] : expected) {
            for (; time < year - dt / 2; time += dt) {
                stock += adoption_sales(stock, 1.0, {0.03, 0.38}, dt);
            }
            CHECK(stock == Approx(share).margin(1e-8));
        }
    }
}

TEST_CASE("V1 an isolated place without coupling, retirement or multipliers follows Bass") {
    LiteralWorld world(1);
    world.add_technology("t", 0.03, 0.38);
    const PreparedWorld prepared = prepare(*world);
    const MemberId id{1, 0};
    PlaceYears places(prepared, 1);
    run_member(prepared, draw_member(*world, id), id, CouplingSwitch::on, nullptr, nullptr, &places);
    const auto share = [&](std::size_t year) {
        return static_cast<double>(places.adoption_sum[year]) / share_unit;
    };
    const double expected[] = {0.0357581643, 0.0850562814};
    // Stocks of a run are in single precision; the step itself is held to 1e-8 above.
    CHECK(share(0) == Approx(expected[0]).margin(2e-6));
    CHECK(share(1) == Approx(expected[1]).margin(2e-6));
    CHECK(share(9) == Approx(0.8128032212).margin(2e-6));
    CHECK(share(19) == Approx(0.9962594145).margin(2e-6));
}

TEST_CASE("sales never exceed what is free and never turn negative") {
    CHECK(adoption_sales(1.0, 1.0, {0.5, 0.5}, 1.0) == 0.0);
    CHECK(adoption_sales(0.0, 0.0, {0.5, 0.5}, 1.0) == 0.0);
    CHECK(adoption_sales(0.0, 1.0, {0.0, 0.0}, 1.0) == 0.0);
    CHECK(adoption_sales(0.2, 1.0, {1e6, 1e6}, 1.0) == Approx(0.8));
    CHECK(adoption_sales(0.1, 1.0, {0.0, 0.3}, 1.0) > 0.0);
    CHECK(adoption_sales(0.3, 1.0, {0.001, 0.4}, 1.0, 0.3, 0.0) > 0.0);
    CHECK(adoption_sales(0.3f, 1.0f, AdoptionRates<float>{0.01f, 0.4f}, 0.08f) ==
          Approx(adoption_sales(0.3, 1.0, {0.01, 0.4}, 0.08)).epsilon(1e-5));
}

TEST_CASE("the part of sales that innovation caused matches a fine integration") {
    const double p = 0.02;
    const double q = 0.4;
    for (const double projects : {0.0, 0.1}) {
        const double weight = 0.25;
        double x = 0.2;
        double own = 0.0;
        const int n = 200000;
        for (int i = 0; i < n; ++i) {
            const double dt = 1.0 / n;
            own += p * (1.0 - x) * dt;
            x += (p + q * (x - (1.0 - weight) * projects)) * (1.0 - x) * dt;
        }
        const double sales = adoption_sales(0.2, 1.0, {p, q}, 1.0, projects, weight);
        CHECK(sales == Approx(x - 0.2).epsilon(1e-5));
        CHECK(innovation_part(0.2, 1.0, {p, q}, sales, projects, weight) == Approx(own).epsilon(1e-5));
    }
    CHECK(innovation_part(0.2, 1.0, {p, 0.0}, 0.01) == 0.01);
    CHECK(innovation_part(0.2, 1.0, {0.0, q}, 0.01) == 0.0);
}

// VALIDATION V15: Erlang chain n = 4, L = 15.
TEST_CASE("V15 Erlang retirement: survival after ten years, mean and steady stock") {
    double ages[4] = {1.0, 0.0, 0.0, 0.0};
    for (int step = 0; step < 120; ++step) retire(ages, 4, 4.0 / 12.0 / 15.0);
    CHECK(ages[0] + ages[1] + ages[2] + ages[3] == Approx(0.7222645055).margin(1e-9));

    double steady[4] = {};
    double stock = 0.0;
    for (int step = 0; step < 12 * 400; ++step) {
        const double before = stock;
        const double retired = retire(steady, 4, 4.0 / 12.0 / 15.0);
        steady[0] += 1.0 / 12.0;
        stock = steady[0] + steady[1] + steady[2] + steady[3];
        REQUIRE(std::abs(stock - (before + 1.0 / 12.0 - retired)) <= 1e-12 * std::max(1.0, stock));
    }
    CHECK(stock == Approx(15.0).epsilon(1e-9));
}

TEST_CASE("starting ages fall by mu/(mu+g) and sum to one") {
    const auto share = starting_ages(4, 25.0, 0.2);
    const double mu = 4.0 / 25.0;
    CHECK(share[0] + share[1] + share[2] + share[3] == Approx(1.0));
    CHECK(share[1] / share[0] == Approx(mu / (mu + 0.2)));
    CHECK(share[3] / share[2] == Approx(mu / (mu + 0.2)));
}

TEST_CASE("p and q are conditioned on the observed growth of the stock") {
    LiteralWorld world(1);
    world.add_technology("t", 0.001, 0.3);
    TechnologyInCountry& local = world->technologies[0].countries[0];
    local.initial_share = 0.02;
    const std::vector<double> flat(22, 1.0);
    for (const double ratio : {1.05, 2.0, 6.0}) {
        local.observed = ObservedGrowth{make_month(2020, 1), make_month(2023, 12), ratio, 0.0};
        AdoptionDraws draws{0.001, 0.3, 1.0, ratio};
        const auto c = condition_on_observed(*world, world->technologies[0], 0, draws, flat);
        double stock = 0.02;
        for (int m = 0; m < 48; ++m) stock += adoption_sales(stock, 1.0, {c.p, c.q}, step_years);
        CHECK(stock / 0.02 == Approx(ratio).epsilon(1e-8));
    }
    const auto conditioned = [&](double p, double q, double ratio) {
        local.observed = ObservedGrowth{make_month(2020, 1), make_month(2023, 12), ratio, 0.0};
        return condition_on_observed(*world, world->technologies[0], 0, {p, q, 1.0, ratio}, flat);
    };
    CHECK(conditioned(0.0, 0.3, 6.0).p == Approx(conditioned(0.5, 0.3, 6.0).p).epsilon(1e-8));
    CHECK(conditioned(0.001, 0.3, 1.05).p == 0.0);
    CHECK(conditioned(0.001, 0.3, 1.05).q < 0.3);
    CHECK(conditioned(0.001, 0.3, 0.5).q == 0.0);     // a stock that shrank: nothing is sold
    CHECK(conditioned(0.001, 0.3, 1000.0).p == 1.0);  // more than everybody
}

TEST_CASE("sales and their part of innovation at once are the two formulas") {
    for (const double p : {0.0, 1e-5, 0.03}) {
        for (const double q : {0.0, 1e-4, 0.38}) {
            for (const double x : {0.0, 0.01, 0.5, 1.0}) {
                for (const double projects : {0.0, x / 2.0}) {
                    const AdoptionRates<double> rates{p, q};
                    const double sales = adoption_sales(x * 7.0, 7.0, rates, 0.25, projects, 0.3);
                    const double part = innovation_part(x * 7.0, 7.0, rates, sales, projects, 0.3);
                    const auto step = adoption_step(x * 7.0, 7.0, rates, 0.25, projects, 0.3);
                    CHECK(step.sales == Approx(sales).epsilon(1e-12).margin(1e-15));
                    const double innovated = sold_by(p, sold_per_rate(7.0, 1.0 / q, step.growth), step.sales);
                    CHECK(innovated == Approx(part).epsilon(1e-12).margin(1e-15));
                }
            }
        }
    }
}
