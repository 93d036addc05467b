#include "sim/dynamics/digraph.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <set>
#include <vector>

#include "sim/dynamics/random_graphs.h"

using namespace domino::sim;

TEST_CASE("a graph is the same bytes for any order of its edges", "[dynamics]") {
    std::vector<WeightedEdge> edges = {{NodeId{7}, NodeId{3}, 0.5},  {NodeId{3}, NodeId{9}, 0.2},
                                       {NodeId{9}, NodeId{7}, 0.1},  {NodeId{3}, NodeId{7}, 0.9},
                                       {NodeId{3}, NodeId{9}, 0.25}, {NodeId{3}, NodeId{9}, 0.2}};
    std::sort(edges.begin(), edges.end());
    const Digraph first(edges);
    int orders = 0;
    do {
        REQUIRE(Digraph(edges) == first);
        ++orders;
    } while (std::next_permutation(edges.begin(), edges.end()));
    CHECK(orders == 360);
    CHECK(first.nodes() == 3);
    CHECK(first.edges() == 6);
    CHECK(first.id(1) == NodeId{7});
    CHECK(std::vector<double>(first.out_weights(0).begin(), first.out_weights(0).end()) ==
          std::vector<double>{0.9, 0.2, 0.2, 0.25});
    CHECK(first.in_weight(2) == Approx(0.65));
    const auto draws = first.out_draws(0);
    CHECK(std::set<std::uint64_t>(draws.begin(), draws.end()).size() == 4);
}

TEST_CASE("rows in and out tell the same edges", "[dynamics]") {
    const Digraph graph = make_random_graph(300, 0.02, 3);
    std::multiset<std::tuple<std::uint32_t, std::uint32_t, std::uint64_t>> out, in;
    for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
        for (std::size_t e = 0; e < graph.targets(row).size(); ++e)
            out.insert({row, graph.targets(row)[e], graph.out_draws(row)[e]});
        for (std::size_t e = 0; e < graph.sources(row).size(); ++e)
            in.insert({graph.sources(row)[e], row, graph.in_draws(row)[e]});
        CHECK(std::is_sorted(graph.sources(row).begin(), graph.sources(row).end()));
    }
    CHECK(out.size() == graph.edges());
    CHECK(out == in);
}

TEST_CASE("a graph refuses what it cannot hold", "[dynamics]") {
    CHECK_THROWS_WITH(Digraph({{NodeId{4}, NodeId{5}, -1.0}}), Catch::Contains("edge 4 -> 5 of weight -1"));
    CHECK_THROWS_WITH(Digraph({{NodeId{4}, NodeId{4}}}), Catch::Contains("does not act on itself"));
    CHECK_THROWS(Digraph({{NodeId{1}, NodeId{2}, std::numeric_limits<double>::quiet_NaN()}}));
    CHECK_THROWS_WITH(Digraph({{NodeId{1}, NodeId{2}}}).row(NodeId{3}), Catch::Contains("no node 3"));
    CHECK_THROWS(make_random_graph(10, 1.5, 1));
    CHECK_THROWS(make_ring_lattice(4, 2));
    CHECK(Digraph().nodes() == 0);
    const NodeId alone{8};
    CHECK(Digraph({}, {&alone, 1}).nodes() == 1);
}

TEST_CASE("random graphs have the edges of G(n, p)", "[dynamics]") {
    const double p = 0.001;
    const std::uint32_t n = 4000;
    double edges = 0.0;
    for (std::uint32_t member = 0; member < 10; ++member)
        edges += static_cast<double>(make_random_graph(n, p, 1, member).edges()) / 2.0;
    const double pairs = 10.0 * n * (n - 1) / 2.0;
    CHECK(std::abs(edges - pairs * p) < 4.0 * std::sqrt(pairs * p * (1.0 - p)));

    // Every pair has the same chance: those of one node with the last and with the first half.
    int first_half = 0;
    int last_half = 0;
    for (std::uint32_t member = 0; member < 400; ++member) {
        const Digraph graph = make_random_graph(101, 0.1, 2, member);
        for (const std::uint32_t other : graph.targets(100)) ++(other < 50 ? first_half : last_half);
    }
    const double deviation = std::sqrt(400 * 50 * 0.1 * 0.9);
    CHECK(std::abs(first_half - 2000) < 4.0 * deviation);
    CHECK(std::abs(last_half - 2000) < 4.0 * deviation);

    CHECK(make_random_graph(50, 0.0, 1).edges() == 0);
    CHECK(make_random_graph(50, 1.0, 1) == make_complete_graph(50));
    // The graph of fewer nodes is part of the graph of more.
    const Digraph small = make_random_graph(60, 0.1, 5);
    const Digraph large = make_random_graph(61, 0.1, 5);
    for (std::uint32_t row = 0; row < 60; ++row)
        CHECK(std::includes(large.targets(row).begin(), large.targets(row).end(), small.targets(row).begin(),
                            small.targets(row).end()));
}
