#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "sim/dynamics/exact_spread.h"
#include "sim/dynamics/random_graphs.h"
#include "sim/dynamics/spread_ensemble.h"
#include "sim/ensemble.h"
#include "sim/random.h"

using namespace domino::sim;

namespace {

constexpr NodeId seed{0};

/// A small directed graph with weights of its own; @p share of the ordered pairs are edges.
Digraph make_mixed_graph(std::uint32_t nodes, double share, std::uint32_t variant) {
    std::vector<WeightedEdge> edges;
    std::vector<NodeId> ids;
    for (std::uint32_t from = 0; from < nodes; ++from) {
        ids.push_back(NodeId{from});
        for (std::uint32_t to = 0; to < nodes; ++to) {
            const auto words = random_words({variant, Process::dynamics, 1, from, 0, to});
            if (from != to && to_uniform(words[0]) < share)
                edges.push_back({NodeId{from}, NodeId{to}, to_uniform(words[1])});
        }
    }
    return Digraph(edges, ids);
}

/// Expected spread of the independent cascade over all 2^edges live-edge graphs, one by one.
double spread_over_all_live_graphs(const Digraph& graph) {
    double expected = 0.0;
    for (std::uint32_t live = 0; live < 1U << graph.edges(); ++live) {
        double probability = 1.0;
        for (std::uint32_t row = 0; row < graph.nodes(); ++row)
            for (std::size_t e = 0; e < graph.targets(row).size(); ++e) {
                const double p = graph.out_weights(row)[e];
                probability *= (live >> (graph.first_out_edge(row) + e) & 1U) != 0U ? p : 1.0 - p;
            }
        std::vector<std::uint32_t> reached = {0};
        std::vector<bool> seen(graph.nodes(), false);
        seen[0] = true;
        for (std::size_t next = 0; next < reached.size(); ++next)
            for (std::size_t e = 0; e < graph.targets(reached[next]).size(); ++e) {
                const std::uint32_t target = graph.targets(reached[next])[e];
                if (seen[target] || (live >> (graph.first_out_edge(reached[next]) + e) & 1U) == 0U) continue;
                seen[target] = true;
                reached.push_back(target);
            }
        expected += probability * static_cast<double>(reached.size());
    }
    return expected;
}

void check_close(double obtained, double expected, double standard_error) {
    CAPTURE(obtained, expected, standard_error);
    CHECK(std::abs(obtained - expected) < 4.0 * standard_error);
}

}  // namespace

TEST_CASE("exact spread is the sum over all live-edge graphs", "[dynamics]") {
    int compared = 0;
    for (std::uint32_t variant = 0; variant < 60; ++variant) {
        const Digraph graph = make_mixed_graph(3 + variant % 5, variant % 2 == 0 ? 0.45 : 0.3, variant);
        if (graph.edges() > 15) continue;
        const ExactSpread exact = compute_exact_spread(IndependentCascade(graph), {&seed, 1});
        CHECK(exact.expected_spread == Approx(spread_over_all_live_graphs(graph)).epsilon(1e-13));
        const auto& chances = exact.activation_probability;
        CHECK(std::accumulate(chances.begin(), chances.end(), 0.0) ==
              Approx(exact.expected_spread).epsilon(1e-14));
        ++compared;
    }
    CHECK(compared > 40);
}

TEST_CASE("exact and simulated spread agree where neither is simple", "[dynamics]") {
    for (std::uint32_t variant = 0; variant < 3; ++variant) {
        const Digraph graph = make_mixed_graph(9, 0.3, 200 + variant);
        REQUIRE(graph.targets(0).size() > 0);
        const IndependentCascade cascade(graph);
        const LinearThreshold threshold(graph.with_in_degree_weights());
        const SpreadOptions options{.seed = variant, .members = 100'000};
        const SpreadEstimate forward = estimate_spread(cascade, {&seed, 1}, options);
        const ExactSpread exact = compute_exact_spread(cascade, {&seed, 1});
        check_close(forward.expected_spread, exact.expected_spread, forward.standard_error);
        for (std::uint32_t row = 0; row < graph.nodes(); ++row)
            check_close(
                forward.activation_probability[row], exact.activation_probability[row],
                probability_standard_error(exact.activation_probability[row], options.members) + 1e-12);
        const ReverseEstimate reverse = estimate_spread_by_reverse_sets(cascade, {&seed, 1}, options);
        check_close(reverse.expected_spread, exact.expected_spread, reverse.standard_error);

        const double influenced = compute_exact_spread(threshold, {&seed, 1}).expected_spread;
        const SpreadEstimate drawn = estimate_spread(threshold, {&seed, 1}, options);
        check_close(drawn.expected_spread, influenced, drawn.standard_error);
        const SpreadEstimate live = estimate_spread_by_live_edges(threshold, {&seed, 1}, options);
        check_close(live.expected_spread, influenced, live.standard_error);
        const ReverseEstimate walks = estimate_spread_by_reverse_sets(threshold, {&seed, 1}, options);
        check_close(walks.expected_spread, influenced, walks.standard_error);
    }
}

TEST_CASE("exact enumeration is quick where little is open, and refuses what is too much", "[dynamics]") {
    // A binary tree of 511 nodes: expected spread Σ (2p)^depth.
    std::vector<WeightedEdge> tree;
    for (std::uint64_t node = 1; node < 511; ++node)
        tree.push_back({NodeId{(node - 1) / 2}, NodeId{node}, 0.4});
    const ExactSpread exact =
        compute_exact_spread(IndependentCascade(Digraph(both_directions(tree))), {&seed, 1}, {.edges = 2000});
    CHECK(exact.expected_spread == Approx((1.0 - std::pow(0.8, 9)) / 0.2).epsilon(1e-12));
    CHECK(exact.branchings < 1000);
    // A ladder of 60 rungs, 2^178 live-edge graphs.
    std::vector<WeightedEdge> ladder;
    for (std::uint64_t i = 0; i < 60; ++i) {
        ladder.push_back({NodeId{2 * i}, NodeId{2 * i + 1}, 0.5});
        for (std::uint64_t side = 0; i < 59 && side < 2; ++side)
            ladder.push_back({NodeId{2 * i + side}, NodeId{2 * i + 2 + side}, 0.5});
    }
    const IndependentCascade climb{Digraph(ladder)};
    const SpreadEstimate simulated = estimate_spread(climb, {&seed, 1}, {.members = 100'000});
    check_close(simulated.expected_spread, compute_exact_spread(climb, {&seed, 1}).expected_spread,
                simulated.standard_error);

    const IndependentCascade dense(make_complete_graph(12).with_weight(0.3));
    CHECK_THROWS_AS(compute_exact_spread(dense, {&seed, 1}, {.branchings = 100}), TooLargeForExact);
    CHECK_THROWS_AS(compute_exact_spread(dense, {&seed, 1}, {.edges = 50}), TooLargeForExact);
    // What is certain needs no cases, however large.
    const ExactSpread certain =
        compute_exact_spread(IndependentCascade(make_ring_lattice(50'000, 1)), {&seed, 1});
    CHECK(certain.expected_spread == 50'000.0);
    CHECK(certain.branchings == 0);
}

TEST_CASE("members, threads and order of edges never move a result", "[dynamics]") {
    const Digraph graph = make_mixed_graph(40, 0.08, 9);
    std::vector<WeightedEdge> backwards;
    for (std::uint32_t row = 40; row-- > 0;)
        for (std::size_t e = graph.targets(row).size(); e-- > 0;)
            backwards.push_back({graph.id(row), graph.id(graph.targets(row)[e]), graph.out_weights(row)[e]});
    const IndependentCascade model(graph);
    SpreadOptions options{.seed = 3, .members = 1000, .threads = 1};
    const SpreadEstimate one = estimate_spread(model, {&seed, 1}, options);
    options.threads = 3;
    const SpreadEstimate three = estimate_spread(IndependentCascade(Digraph(backwards)), {&seed, 1}, options);
    CHECK(one.spread == three.spread);
    CHECK(one.activation_probability == three.activation_probability);
    CHECK(one.standard_error == three.standard_error);
    // A node added elsewhere moves nobody; a later first member continues the same stream.
    const NodeId elsewhere{1000};
    options.first_member = 600;
    options.members = 400;
    const SpreadEstimate tail =
        estimate_spread(IndependentCascade(Digraph(backwards, {&elsewhere, 1})), {&seed, 1}, options);
    CHECK(std::equal(tail.spread.begin(), tail.spread.end(), one.spread.begin() + 600));
    options.seed = 4;
    CHECK(estimate_spread(model, {&seed, 1}, options).spread != tail.spread);
}

TEST_CASE("more seeds never reach less in the same member", "[dynamics]") {
    const IndependentCascade model(make_random_graph(200, 0.01, 1).with_weight(0.4));
    const std::vector<NodeId> more = {NodeId{0}, NodeId{50}};
    const SpreadOptions options{.members = 300};
    const auto few = estimate_spread(model, {&seed, 1}, options).spread;
    const auto many = estimate_spread(model, more, options).spread;
    for (std::size_t i = 0; i < few.size(); ++i) CHECK(few[i] <= many[i]);
}

TEST_CASE("spread refuses what is no probability, no seed, no ensemble; it can be stopped", "[dynamics]") {
    CHECK_THROWS_WITH(IndependentCascade(Digraph({{NodeId{1}, NodeId{2}, 1.5}})),
                      Catch::Contains("edge 1 -> 2 has weight 1.5"));
    CHECK_THROWS_WITH(LinearThreshold(Digraph({{NodeId{1}, NodeId{3}, 0.7}, {NodeId{2}, NodeId{3}, 0.7}})),
                      Catch::Contains("node 3 sum to 1.4"));
    const IndependentCascade model(Digraph({{NodeId{1}, NodeId{2}, 0.5}}));
    CHECK_THROWS(estimate_spread(model, {&seed, 1}, {}));
    const NodeId known{1};
    CHECK_THROWS(estimate_spread(model, {&known, 1}, {.members = 0}));
    const std::atomic<bool> stop{true};
    CHECK_THROWS_AS(estimate_spread(model, {&known, 1}, {.members = 10, .cancelled = &stop}), Cancelled);
    std::atomic<std::uint32_t> last{0};
    estimate_spread(model, {&known, 1},
                    {.members = 1000, .threads = 1, .progress = [&](auto done, auto) { last = done; }});
    CHECK(last == 1000);
}
