// Reverse-reachable sets against exact spreads: nodes × P(a set holds v) is what v adds as the only seed.
#include "sim/influence/reverse_sampler.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/dynamics/exact_spread.h"
#include "sim/influence/cascade_sampler.h"
#include "sim/influence/hazard_sampler.h"
#include "sim/influence/threshold_sampler.h"

using namespace domino::sim;

namespace {

/// Seven nodes with a cycle, a hub, parallel ways and a node nobody acts on.
std::vector<WeightedEdge> seven_nodes() {
    return {{{1}, {2}, 0.3}, {{2}, {3}, 0.5}, {{3}, {1}, 0.2}, {{1}, {4}, 0.7}, {{2}, {4}, 0.2},
            {{4}, {5}, 0.4}, {{3}, {5}, 0.6}, {{5}, {6}, 0.9}, {{7}, {6}, 0.1}, {{7}, {3}, 0.25}};
}

/// By row: nodes × share of sets that hold it.
std::vector<double> added_spread(const ReverseSampler& sampler, std::uint64_t sets) {
    ReverseScratch scratch(sampler.nodes());
    std::vector<double> held(sampler.nodes(), 0.0);
    std::vector<std::uint32_t> rows;
    for (std::uint64_t set = 0; set < sets; ++set) {
        rows.clear();
        sampler.sample(set, scratch, rows);
        for (const std::uint32_t row : rows) held[row] += 1.0;
    }
    for (double& h : held) h *= static_cast<double>(sampler.nodes()) / static_cast<double>(sets);
    return held;
}

constexpr std::uint64_t many = 400'000;

/// Four standard errors of nodes × a share.
double margin(double spread, std::size_t nodes) {
    const auto n = static_cast<double>(nodes);
    const double share = spread / n;
    return 4.0 * n * std::sqrt(share * (1.0 - share) / static_cast<double>(many)) + 1e-9;
}

template <class Model, class Sampler>
void check_against_exact(const Model& model, const Sampler& sampler) {
    const auto added = added_spread(sampler, many);
    for (std::uint32_t row = 0; row < added.size(); ++row) {
        const NodeId id = model.graph().id(row);
        const double exact = compute_exact_spread(model, std::span(&id, 1)).expected_spread;
        CAPTURE(id.value, exact);
        CHECK(added[row] == Approx(exact).margin(margin(exact, added.size())));
    }
}

}  // namespace

TEST_CASE("reverse sets of a cascade: coins an edge, and live edges drawn at once") {
    const IndependentCascade coins{Digraph(seven_nodes())};
    check_against_exact(coins, CascadeSampler(coins, 3));
    const IndependentCascade alike{Digraph(seven_nodes()).with_weight(0.35)};
    check_against_exact(alike, CascadeSampler(alike, 3));
    const IndependentCascade certain{Digraph(seven_nodes()).with_weight(1.0)};
    check_against_exact(certain, CascadeSampler(certain, 3));
    const IndependentCascade never{Digraph(seven_nodes()).with_weight(0.0)};
    check_against_exact(never, CascadeSampler(never, 3));
}

TEST_CASE("reverse sets of a hub with many edges in: as many live ones as the binomial says") {
    std::vector<WeightedEdge> edges;
    for (std::uint64_t n = 1; n <= 300; ++n) edges.push_back({{n}, {0}, 0.01});
    const IndependentCascade star{Digraph(edges)};
    const CascadeSampler sampler(star, 5);
    ReverseScratch scratch(sampler.nodes());
    double sets = 0.0, live = 0.0, squares = 0.0;
    std::vector<double> by_edge(301, 0.0);
    for (std::uint64_t set = 0; set < 3'000'000; ++set) {
        std::vector<std::uint32_t> rows;
        sampler.sample(set, scratch, rows);
        if (rows.front() != 0) continue;
        const double n = static_cast<double>(rows.size() - 1);
        sets += 1.0;
        live += n;
        squares += n * n;
        for (const std::uint32_t row : rows) by_edge[row] += 1.0;
    }
    REQUIRE(sets > 9000.0);
    const double mean = live / sets;
    CHECK(mean == Approx(3.0).margin(4.0 * std::sqrt(2.97 / sets)));
    CHECK(squares / sets - mean * mean == Approx(2.97).margin(0.2));
    for (std::size_t row = 1; row <= 300; ++row)
        CHECK(by_edge[row] / sets == Approx(0.01).margin(5.0 * std::sqrt(0.01 / sets)));
}

TEST_CASE("reverse sets of linear threshold are walks") {
    const LinearThreshold weights{Digraph(seven_nodes())};
    check_against_exact(weights, ThresholdSampler(weights, 3));
    const LinearThreshold shares{Digraph(seven_nodes()).with_in_degree_weights()};
    check_against_exact(shares, ThresholdSampler(shares, 3));
}

TEST_CASE("reverse sets of a hazard tell what a seed adds to what happens anyway") {
    for (const double own : {0.0, 0.02}) {
        const HazardSpread model{Digraph(seven_nodes()), {own, 0.4, ExposureScale::bounded}, {0.25, 16}};
        const double without = compute_exact_hazard(model, {}).expected_spread.back();
        const auto added = added_spread(HazardSampler(model, 3), many);
        for (std::uint32_t row = 0; row < added.size(); ++row) {
            const NodeId id = model.graph().id(row);
            const double with = compute_exact_hazard(model, std::span(&id, 1)).expected_spread.back();
            CAPTURE(own, id.value, with, without);
            // Weights of HazardSpread are rounded to 2⁻¹⁶.
            CHECK(added[row] == Approx(with - without).margin(margin(with - without, added.size()) + 1e-4));
        }
    }
}
