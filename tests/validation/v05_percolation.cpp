#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "sim/dynamics/independent_cascade.h"
#include "sim/dynamics/random_graphs.h"
#include "sim/dynamics/si_epidemic.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

namespace {

constexpr std::uint32_t nodes = 100'000;
constexpr double transmission = 0.5;

IndependentCascade cascade_on_random_graph(double offspring, std::uint32_t member) {
    const double degree = offspring / transmission;
    return IndependentCascade(make_random_graph(nodes, degree / nodes, 5, member).with_weight(transmission));
}

std::string decimal(double value) {
    std::string text = std::to_string(value);
    return text.substr(0, 3);
}

}  // namespace

TEST_CASE("V5 percolation, large outbreaks", "[validation]") {
    for (const auto& [offspring, expected] :
         {std::pair(1.5, 0.5828116439), std::pair(2.0, 0.7968121300), std::pair(3.0, 0.9404797907)}) {
        record({.case_id = "V5",
                .what = "S = 1 − exp(−zpS), zp = " + decimal(offspring) + ", solved",
                .expected = expected,
                .obtained = percolation_fraction(offspring),
                .tolerance = 1e-9,
                .source = "Newman 2002"});
        // Outbreaks are tiny or giant: a tenth of the nodes tells them apart.
        double reached = 0.0;
        int large = 0;
        for (std::uint32_t member = 0; large < 5; ++member) {
            REQUIRE(member < 100);
            const IndependentCascade model = cascade_on_random_graph(offspring, member);
            Activation active(model.graph().nodes());
            const std::uint32_t seed = member;
            model.run({&seed, 1}, {5, member}, active);
            if (active.size() < nodes / 10) continue;
            reached += static_cast<double>(active.size()) / nodes;
            ++large;
        }
        record(
            {.case_id = "V5",
             .what = "G(100,000, z/n), p = 1/2, zp = " + decimal(offspring) + ", mean of 5 large outbreaks",
             .expected = expected,
             .obtained = reached / large,
             .tolerance = 0.005,
             .kind = ToleranceKind::absolute,
             .source = "Newman 2002"});
    }
}

TEST_CASE("V5 percolation, small outbreaks", "[validation]") {
    const IndependentCascade model = cascade_on_random_graph(0.5, 0);
    Activation active(model.graph().nodes());
    double reached = 0.0;
    for (std::uint32_t seed = 0; seed < nodes; ++seed) {
        model.run({&seed, 1}, {5, seed}, active);
        reached += static_cast<double>(active.size());
    }
    record({.case_id = "V5",
            .what = "zp = 0.5, mean outbreak, formula",
            .expected = 2.0,
            .obtained = mean_small_outbreak(0.5),
            .tolerance = 1e-12,
            .source = "branching process"});
    record({.case_id = "V5",
            .what = "G(100,000, z/n), p = 1/2, zp = 0.5, mean outbreak of 100,000 seeds",
            .expected = 2.0,
            .obtained = reached / nodes,
            .tolerance = 0.05,
            .kind = ToleranceKind::absolute,
            .source = "branching process"});
}
