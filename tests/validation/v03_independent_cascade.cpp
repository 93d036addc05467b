#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "sim/dynamics/exact_spread.h"
#include "sim/dynamics/random_graphs.h"
#include "sim/dynamics/spread_ensemble.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

namespace {

constexpr const char* kempe = "Kempe et al. 2003";
constexpr NodeId seed{0};

struct Case {
    const char* what;
    Digraph graph;
    double probability;
    double expected;
};

Digraph make_path(std::uint64_t length) {
    std::vector<WeightedEdge> edges;
    for (std::uint64_t i = 0; i < length; ++i) edges.push_back({NodeId{i}, NodeId{i + 1}});
    return Digraph(edges);
}

std::vector<Case> cases() {
    std::vector<WeightedEdge> star;
    for (std::uint64_t leaf = 1; leaf <= 5; ++leaf) star.push_back({NodeId{0}, NodeId{leaf}});
    const Digraph diamond(
        {{NodeId{0}, NodeId{1}}, {NodeId{0}, NodeId{2}}, {NodeId{1}, NodeId{3}}, {NodeId{2}, NodeId{3}}});
    return {{"directed path of 3, p = 1/2", make_path(2), 0.5, 1.75},
            {"triangle, p = 1/2", make_complete_graph(3), 0.5, 2.25},
            {"diamond, p = 1/2", diamond, 0.5, 2.4375},
            {"star of 5 leaves, p = 0.2", Digraph(star), 0.2, 2.0},
            {"directed chain of 60 edges, p = 1/2", make_path(60), 0.5, 2.0}};
}

}  // namespace

TEST_CASE("V3 independent cascade, exact", "[validation]") {
    for (const Case& c : cases()) {
        record({.case_id = "V3",
                .what = std::string(c.what) + ", exact",
                .expected = c.expected,
                .obtained =
                    compute_exact_spread(IndependentCascade(c.graph.with_weight(c.probability)), {&seed, 1})
                        .expected_spread,
                .tolerance = 1e-12,
                .source = kempe});
    }
}

TEST_CASE("V3 independent cascade, simulated forward and backward", "[validation]") {
    for (const Case& c : cases()) {
        const IndependentCascade model(c.graph.with_weight(c.probability));
        const SpreadOptions options{.members = 1'000'000};
        const SpreadEstimate forward = estimate_spread(model, {&seed, 1}, options);
        record({.case_id = "V3",
                .what = std::string(c.what) + ", 10⁶ cascades",
                .expected = c.expected,
                .obtained = forward.expected_spread,
                .kind = ToleranceKind::standard_errors,
                .standard_error = forward.standard_error,
                .source = kempe});
        const ReverseEstimate reverse =
            estimate_spread_by_reverse_sets(model, {&seed, 1}, {.seed = 2, .members = 1'000'000});
        record({.case_id = "V3",
                .what = std::string(c.what) + ", 10⁶ reverse sets against the cascades",
                .expected = forward.expected_spread,
                .obtained = reverse.expected_spread,
                .kind = ToleranceKind::standard_errors,
                .standard_error = std::hypot(forward.standard_error, reverse.standard_error),
                .source = "Borgs et al. 2014"});
    }
}
