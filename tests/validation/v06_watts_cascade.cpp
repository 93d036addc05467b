#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "sim/dynamics/fixed_thresholds.h"
#include "sim/dynamics/random_graphs.h"
#include "sim/dynamics/watts_cascade.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

namespace {

constexpr double threshold = 0.18;

/// Share of 1,000 single seeds that set off more than a fifth of 10,000 nodes; each on one of ten graphs.
double share_of_global_cascades(double mean_degree) {
    constexpr std::uint32_t nodes = 10'000;
    int global = 0;
    for (std::uint32_t g = 0; g < 10; ++g) {
        const Digraph graph = make_random_graph(nodes, mean_degree / nodes, 6, g);
        Activation active(nodes);
        for (std::uint32_t i = 0; i < 100; ++i) {
            const std::uint32_t seed = i * (nodes / 100) + g;
            run_uniform_threshold(graph, threshold, ThresholdMeasure::share, {&seed, 1}, active);
            if (active.size() > nodes / 5) ++global;
        }
    }
    return global / 1000.0;
}

double simulated_final_fraction(double mean_degree) {
    constexpr std::uint32_t nodes = 100'000;
    double total = 0.0;
    for (std::uint32_t g = 0; g < 3; ++g) {
        const Digraph graph = make_random_graph(nodes, mean_degree / nodes, 66, g);
        Activation active(nodes);
        // Ids say nothing about ties in a random graph: the first hundredth is a random hundredth.
        std::vector<std::uint32_t> seeds(nodes / 100);
        for (std::uint32_t i = 0; i < seeds.size(); ++i) seeds[i] = i;
        run_uniform_threshold(graph, threshold, ThresholdMeasure::share, seeds, active);
        total += static_cast<double>(active.size()) / nodes;
    }
    return total / 3.0;
}

}  // namespace

TEST_CASE("V6 cascade window, solved", "[validation]") {
    const auto window = solve_cascade_window(threshold);
    REQUIRE(window.has_value());
    record({.case_id = "V6",
            .what = "window at φ = 0.18, lower mean degree",
            .expected = 1.020703909,
            .obtained = window->low,
            .tolerance = 1e-8,
            .source = "Watts 2002"});
    record({.case_id = "V6",
            .what = "window at φ = 0.18, upper mean degree",
            .expected = 5.764677087,
            .obtained = window->high,
            .tolerance = 1e-8,
            .source = "Watts 2002"});
}

TEST_CASE("V6 cascade window, simulated", "[validation]") {
    for (const char* degree : {"0.8", "8"}) {
        record({.case_id = "V6",
                .what = std::string("share of 1,000 seeds with global cascades, n = 10,000, z = ") + degree,
                .expected = 0.0,
                .obtained = share_of_global_cascades(std::stod(degree)),
                .tolerance = 0.0,
                .kind = ToleranceKind::absolute,
                .source = "Watts 2002"});
    }
    // "Frequent": between a quarter and all.
    record({.case_id = "V6",
            .what = "share of 1,000 seeds with global cascades, n = 10,000, z = 3 (frequent: 1/4 to 1)",
            .expected = 0.625,
            .obtained = share_of_global_cascades(3.0),
            .tolerance = 0.375,
            .kind = ToleranceKind::absolute,
            .source = "Watts 2002"});
}

TEST_CASE("V6 seed fraction 0.01", "[validation]") {
    for (const auto& [degree, expected] : {std::pair(2, 0.800018), std::pair(4, 0.980388)}) {
        record({.case_id = "V6",
                .what = "final fraction, z = " + std::to_string(degree) + ", solved",
                .expected = expected,
                .obtained = solve_final_fraction(degree, threshold, 0.01),
                .tolerance = 1e-6,
                .kind = ToleranceKind::absolute,
                .source = "Gleeson & Cahalane 2007"});
        record({.case_id = "V6",
                .what = "final fraction, z = " + std::to_string(degree) + ", 3 graphs of 100,000",
                .expected = expected,
                .obtained = simulated_final_fraction(degree),
                .tolerance = 0.003,
                .kind = ToleranceKind::absolute,
                .source = "Gleeson & Cahalane 2007"});
    }
}
