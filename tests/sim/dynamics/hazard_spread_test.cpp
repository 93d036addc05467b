#include "sim/dynamics/hazard_spread.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/bass.h"
#include "sim/dynamics/bass_agents.h"
#include "sim/dynamics/exact_spread.h"
#include "sim/dynamics/random_graphs.h"
#include "sim/dynamics/si_epidemic.h"
#include "sim/dynamics/spread_ensemble.h"

using namespace domino::sim;

namespace {

constexpr NodeId seed{0};

const Digraph& small_graph() {
    static const Digraph graph({{NodeId{0}, NodeId{1}, 1.0},
                                {NodeId{1}, NodeId{2}, 0.5},
                                {NodeId{0}, NodeId{2}, 2.0},
                                {NodeId{2}, NodeId{3}, 0.3},
                                {NodeId{3}, NodeId{1}, 1.0},
                                {NodeId{4}, NodeId{3}, 0.2}});
    return graph;
}

}  // namespace

TEST_CASE("events come at the step a step-by-step sum of hazards says", "[dynamics]") {
    const Digraph graph = make_random_graph(120, 0.05, 2);
    const HazardSpread model(graph, {0.02, 0.6, ExposureScale::bounded}, make_clock(0.25, 20.0));
    Activation active(120);
    const std::vector<std::uint32_t> seeds = {3};
    for (std::uint32_t member = 0; member < 5; ++member) {
        const auto steps = model.run(seeds, {1, member}, active);
        REQUIRE(steps.size() == active.size());
        CHECK(std::is_sorted(steps.begin(), steps.end()));
        std::vector<double> joined(120, 1e9);
        for (std::size_t i = 0; i < steps.size(); ++i) joined[active[i]] = steps[i];
        // With the draws unknown: the cumulative hazards of nodes at their events are Exp(1) draws, so they
        // lie where the same node's draw lay in a run without contagion.
        const HazardSpread alone(graph, {1.0, 0.0, ExposureScale::bounded}, make_clock(1e-4, 30.0));
        Activation all(120);
        const auto draws = alone.run({}, {1, member}, all);
        for (std::size_t i = 0; i < draws.size(); ++i) {
            const std::uint32_t row = all[i];
            if (joined[row] == 0.0 || joined[row] > 80.0) continue;
            double before = 0.0;
            double after = 0.0;
            for (double step = 0.0; step < joined[row]; ++step) {
                double exposure = 0.0;
                for (const std::uint32_t other : graph.sources(row))
                    exposure += joined[other] <= step ? 1.0 / graph.in_degree(row) : 0.0;
                before = after;
                after += (0.02 + 0.6 * exposure) * 0.25;
            }
            const double draw = draws[i] * 1e-4;
            CHECK(before < draw + 1e-9);
            CHECK(after > draw - 1e-4 - 1e-9);
        }
    }
}

TEST_CASE("the exact distribution of hazard spread is what simulation finds", "[dynamics]") {
    for (const ExposureScale scale : {ExposureScale::bounded, ExposureScale::share, ExposureScale::sum}) {
        const HazardSpread model(small_graph(), {0.05, 0.4, scale}, make_clock(0.5, 4.0));
        const ExactHazard exact = compute_exact_hazard(model, {&seed, 1});
        const SpreadEstimate simulated = estimate_spread(model, {&seed, 1}, {.members = 200'000});
        CHECK(std::abs(simulated.expected_spread - exact.expected_spread.back()) <
              4.0 * simulated.standard_error);
        double sum = 0.0;
        for (std::uint32_t row = 0; row < small_graph().nodes(); ++row) {
            const double p = exact.activation_probability[row];
            sum += p;
            CHECK(std::abs(simulated.activation_probability[row] - p) <=
                  4.0 * probability_standard_error(p, 200'000));
        }
        CHECK(sum == Approx(exact.expected_spread.back()).epsilon(1e-13));
        CHECK(exact.expected_spread.front() == 1.0);
        CHECK(exact.expected_spread.size() == 9);
    }
}

TEST_CASE("hazard spread by hand", "[dynamics]") {
    // One edge, frozen hazard: 1 − exp(−(p + q w)·t) at any step; the seed's own p plays no part.
    const Digraph pair({{NodeId{0}, NodeId{1}, 0.5}});
    for (const double step : {0.01, 0.5, 2.0}) {
        const HazardSpread model(pair, {0.1, 0.6, ExposureScale::bounded}, make_clock(step, 4.0));
        CHECK(compute_exact_hazard(model, {&seed, 1}).activation_probability[1] ==
              Approx(1.0 - std::exp(-(0.1 + 0.3) * 4.0)).epsilon(1e-12));
    }
    const HazardSpread shared(pair, {0.0, 0.6, ExposureScale::share}, make_clock(1.0, 4.0));
    CHECK(compute_exact_hazard(shared, {&seed, 1}).activation_probability[1] ==
          Approx(1.0 - std::exp(-2.4)).epsilon(1e-12));
    const HazardSpread still(pair, {0.0, 0.0, ExposureScale::sum}, make_clock(1.0, 4.0));
    CHECK(estimate_spread(still, {&seed, 1}, {.members = 100}).expected_spread == 1.0);
}

TEST_CASE("parts that do not touch are carried apart, and large ones refused", "[dynamics]") {
    std::vector<WeightedEdge> edges;
    for (std::uint64_t i = 0; i < 30; ++i) edges.push_back({NodeId{0}, NodeId{i + 1}});
    const HazardSpread star(Digraph(edges), {0.0, 0.5, ExposureScale::sum}, make_clock(1.0, 2.0));
    CHECK(compute_exact_hazard(star, {&seed, 1}).expected_spread.back() ==
          Approx(1.0 + 30.0 * (1.0 - std::exp(-1.0))));
    const HazardSpread dense(make_complete_graph(40), {0.0, 0.5, ExposureScale::sum}, make_clock(1.0, 2.0));
    CHECK_THROWS_AS(compute_exact_hazard(dense, {&seed, 1}), TooLargeForExact);
    CHECK_THROWS(make_clock(0.0, 1.0));
    CHECK_THROWS(make_clock(1.0, -1.0));
    CHECK_THROWS(make_clock(1e-9, 100.0));
    CHECK(make_clock(0.1, 0.3).steps == 3);
    CHECK_THROWS(HazardSpread(Digraph(edges), {-0.1, 0.5}, {}));
}

TEST_CASE("on a complete graph hazard spread is Bass's, by edges and without", "[dynamics]") {
    const std::uint32_t agents = 200;
    const HazardRates rates{0.03, 0.38, ExposureScale::share};
    const HazardClock clock = make_clock(0.05, 10.0);
    const SpreadEstimate by_edges =
        estimate_spread(HazardSpread(make_complete_graph(agents), rates, clock), {}, {.members = 500});
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint32_t member = 0; member < 500; ++member) {
        const auto curve = simulate_bass_agents(agents, rates, clock, {1, member});
        CHECK(curve.size() == 201);
        sum += curve.back();
        squares += static_cast<double>(curve.back()) * curve.back();
    }
    const double mean = sum / 500;
    const double error = std::sqrt((squares / 500 - mean * mean) / 500);
    // Edges leave oneself out of the share, 1/199 instead of 1/200 a neighbour: up to 0.4 adopters more.
    CHECK(std::abs(by_edges.expected_spread - mean) < 4.0 * std::hypot(error, by_edges.standard_error) + 0.4);
    // Few agents lag behind the curve: chance early on delays everybody.
    CHECK(mean / agents == Approx(bass_share({0.03, 0.38}, 10.0)).margin(0.02));
}

TEST_CASE("epidemics at their ends", "[dynamics]") {
    const SiCurve curve{0.7, 0.02};
    CHECK(curve.share_at(0.0) == Approx(0.02).epsilon(1e-14));
    CHECK(curve.share_at(curve.time_to(0.9)) == Approx(0.9).epsilon(1e-13));
    CHECK(curve.time_to(0.01) < 0.0);
    CHECK_THROWS(curve.time_to(1.0));
    CHECK(simulate_complete_si(5, 5, 1.0, {}).empty());
    CHECK_THROWS(simulate_complete_si(5, 0, 1.0, {}));
    CHECK_THROWS(simulate_complete_si(5, 1, 0.0, {}));
    CHECK(percolation_fraction(0.0) == 0.0);
    CHECK(percolation_fraction(1.0) == 0.0);
    // Near the threshold S = 2ε − (8/3)ε² + …
    CHECK(percolation_fraction(1.0 + 1e-6) == Approx(2e-6).epsilon(1e-5));
    CHECK(percolation_fraction(800.0) == Approx(1.0).epsilon(1e-14));
    CHECK_THROWS(percolation_fraction(-0.1));
    CHECK_THROWS(mean_small_outbreak(1.0));
}
