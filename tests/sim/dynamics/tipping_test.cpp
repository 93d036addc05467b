#include "sim/dynamics/tipping.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace domino::sim;

TEST_CASE("integration stays within the error it declares", "[dynamics]") {
    // dx/dt = x − x³ has x(t) = x0·e^t / √(1 + x0²(e^2t − 1)).
    for (const double start : {0.01, -0.3, 2.0}) {
        for (const double time : {0.5, 3.0, 8.0}) {
            const double grown = start * std::exp(time);
            const double exact = grown / std::sqrt(1.0 + grown * grown - start * start);
            for (const double tolerance : {1e-6, 1e-9, 1e-12}) {
                const TippingRun run =
                    integrate_tipping({{CuspElement{}}, {}}, {start}, time,
                                      {.absolute_tolerance = tolerance, .relative_tolerance = 0.0});
                CAPTURE(start, time, tolerance, run.steps);
                CHECK(run.time == time);
                CHECK(run.largest_step_error <= tolerance);
                // An unstable start magnifies early errors by up to e^t.
                CHECK(std::abs(run.state[0] - exact) < run.summed_step_error * std::exp(time) + 1e-13);
                CHECK(std::abs(run.state[0] - exact) < 1e3 * tolerance + 1e-13);
            }
        }
    }
}

TEST_CASE("an element tips just above its critical forcing and not just below", "[dynamics]") {
    for (const CuspElement& element : {CuspElement{}, CuspElement{-2.0, 0.5, 0.0}}) {
        const double critical = critical_forcing(element);
        for (const double factor : {0.9999, 1.0001}) {
            CuspElement forced = element;
            forced.c = factor * critical;
            const TippingRun run = settle_tipping({{forced}, {}}, {-std::sqrt(-element.b / element.a)});
            CHECK((run.state[0] > 0.0) == (factor > 1.0));
            if (factor > 1.0) CHECK(run.state[0] == Approx(tipped_state(forced)).epsilon(1e-9));
            CHECK(std::abs(tipping_rates({{forced}, {}}, run.state)[0]) < 1e-11);
        }
    }
    CHECK(tipped_state({.c = 0.0}) == Approx(1.0).epsilon(1e-14));
    CHECK(tipped_state({.c = -5.0}) < 0.0);
    CHECK_THROWS(critical_forcing({1.0, 1.0, 0.0}));
}

TEST_CASE("a chain of elements falls as far as its couplings carry", "[dynamics]") {
    TippingNetwork chain{{{.c = 0.5}, {}, {}, {}}, {{0, 1, 0.4}, {1, 2, 0.4}, {2, 3, 0.2}}};
    const TippingRun run = settle_tipping(chain, {-1.0, -1.0, -1.0, -1.0});
    CHECK(run.state[1] > 0.0);
    CHECK(run.state[2] > 0.0);
    CHECK(run.state[3] < 0.0);
    chain.couplings[0].strength = 0.0;
    CHECK(settle_tipping(chain, {-1.0, -1.0, -1.0, -1.0}).state[2] < 0.0);
}

TEST_CASE("tipping refuses what it cannot integrate", "[dynamics]") {
    const TippingNetwork one{{CuspElement{}}, {}};
    CHECK_THROWS(integrate_tipping({{CuspElement{}}, {{0, 1, 0.1}}}, {-1.0}, 1.0));
    CHECK_THROWS(integrate_tipping(one, {-1.0, 1.0}, 1.0));
    CHECK_THROWS(integrate_tipping(one, {std::numeric_limits<double>::infinity()}, 1.0));
    CHECK_THROWS(integrate_tipping(one, {-1.0}, -1.0));
    CHECK_THROWS_WITH(integrate_tipping(one, {-0.5}, 50.0, {.most_steps = 3}), Catch::Contains("3 steps"));
    // dx/dt = x³ from 1 leaves the finite numbers at t = 1/2.
    CHECK_THROWS_WITH(integrate_tipping({{CuspElement{1.0, 0.0, 0.0}}, {}}, {1.0}, 1.0),
                      Catch::Contains("finite"));
    CHECK(integrate_tipping(one, {-0.5}, 0.0).state[0] == -0.5);
    CHECK(integrate_tipping({}, {}, 1.0).state.empty());
}
