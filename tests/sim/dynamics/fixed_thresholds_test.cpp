#include "sim/dynamics/fixed_thresholds.h"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "sim/dynamics/random_graphs.h"
#include "sim/dynamics/watts_cascade.h"

using namespace domino::sim;

TEST_CASE("rounds of fixed thresholds are those of everybody looking at once", "[dynamics]") {
    const Digraph graph = make_random_graph(400, 6.0 / 400, 8);
    std::vector<double> thresholds(400);
    for (std::uint32_t i = 0; i < 400; ++i) thresholds[i] = i % 37 == 0 ? 0.0 : 0.1 + 0.05 * (i % 5);
    const std::vector<std::uint32_t> seeds = {1, 2, 3, 4, 5};
    Activation active(400);
    const auto rounds = run_fixed_thresholds(graph, thresholds, ThresholdMeasure::share, seeds, active);
    REQUIRE(rounds.size() == active.size());
    std::vector<int> joined(400, -1);
    for (std::size_t i = 0; i < rounds.size(); ++i) joined[active[i]] = static_cast<int>(rounds[i]);

    std::vector<int> expected(400, -1);
    for (const std::uint32_t s : seeds) expected[s] = 0;
    for (int round = 1; round < 400; ++round) {
        const std::vector<int> before = expected;
        for (std::uint32_t row = 0; row < 400; ++row) {
            if (before[row] >= 0 || graph.in_degree(row) == 0) continue;
            int convinced = 0;
            for (const std::uint32_t other : graph.sources(row)) convinced += before[other] >= 0 ? 1 : 0;
            if (static_cast<double>(convinced) / graph.in_degree(row) >= thresholds[row])
                expected[row] = round;
        }
        if (before == expected) break;
    }
    CHECK(joined == expected);
    CHECK(active.size() > 100);
}

TEST_CASE("a share exactly at the threshold is enough", "[dynamics]") {
    // 3 of 10 neighbours against 0.3, of which no double is exact.
    std::vector<WeightedEdge> edges;
    for (std::uint64_t i = 1; i <= 10; ++i) edges.push_back({NodeId{i}, NodeId{0}});
    const Digraph graph(edges);
    Activation active(11);
    const std::vector<std::uint32_t> three = {1, 2, 3};
    run_uniform_threshold(graph, 0.3, ThresholdMeasure::share, three, active);
    CHECK(active.contains(0));
    run_uniform_threshold(graph, 4.0, ThresholdMeasure::count, three, active);
    CHECK_FALSE(active.contains(0));
    run_uniform_threshold(graph, 3.0, ThresholdMeasure::count, three, active);
    CHECK(active.size() == 4);
}

TEST_CASE("crowds", "[dynamics]") {
    CHECK(count_joining({}) == 0);
    CHECK(count_joining({1.0, 1.0}) == 0);
    CHECK(count_joining({2.0, 0.0, 0.0, 9.0}) == 3);
    CHECK_THROWS(count_joining({-1.0}));
    CHECK_THROWS(count_joining({std::numeric_limits<double>::quiet_NaN()}));
    Activation active(2);
    CHECK_THROWS(run_fixed_thresholds(make_complete_graph(2), std::vector<double>{1.0},
                                      ThresholdMeasure::count, {}, active));
    CHECK_THROWS(run_uniform_threshold(make_complete_graph(2), 0.0, ThresholdMeasure::count, {}, active));
}

TEST_CASE("cascade windows at other thresholds", "[dynamics]") {
    for (const double threshold : {0.05, 0.1, 0.15, 0.2, 0.25}) {
        CAPTURE(threshold);
        const auto window = solve_cascade_window(threshold);
        REQUIRE(window.has_value());
        CHECK(window->low > 1.0);
        CHECK(vulnerable_offspring(window->low, threshold) == Approx(1.0).epsilon(1e-12));
        CHECK(vulnerable_offspring(window->high, threshold) == Approx(1.0).epsilon(1e-12));
        const double inside = 0.5 * (window->low + window->high);
        CHECK(vulnerable_offspring(inside, threshold) > 1.0);
        CHECK(vulnerable_offspring(window->high * 1.1, threshold) < 1.0);
    }
    // 1/5 vulnerable at degree 5, inclusive; with degree 3 or less there is no window.
    CHECK(solve_cascade_window(0.2)->high == Approx(solve_cascade_window(0.18)->high).epsilon(1e-14));
    CHECK_FALSE(solve_cascade_window(0.26).has_value());
    CHECK_THROWS(solve_cascade_window(0.0));
    CHECK_THROWS(solve_cascade_window(1.5));
}

TEST_CASE("final fractions at their ends", "[dynamics]") {
    CHECK(solve_final_fraction(4.0, 0.18, 1.0) == Approx(1.0));
    CHECK(solve_final_fraction(4.0, 0.18, 0.0) == 0.0);
    CHECK(solve_final_fraction(0.0, 0.18, 0.1) == Approx(0.1));
    // Nobody but seeds where all neighbours and more would have to be active.
    CHECK(solve_final_fraction(4.0, 1.1, 0.1) == Approx(0.1));
    // Threshold next to nothing: everything a seed is connected to.
    CHECK(solve_final_fraction(2.0, 1e-9, 1e-7) == Approx(0.79681213).epsilon(1e-5));
    CHECK(solve_final_fraction(300.0, 0.3, 0.01) == Approx(0.01).epsilon(1e-6));
    CHECK_THROWS(solve_final_fraction(501.0, 0.1, 0.1));
    CHECK_THROWS(solve_final_fraction(4.0, 0.0, 0.1));
    CHECK_THROWS(solve_final_fraction(4.0, 0.1, 1.1));
}
