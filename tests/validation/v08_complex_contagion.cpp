#include <array>
#include <catch2/catch.hpp>
#include <string>

#include "sim/dynamics/fixed_thresholds.h"
#include "sim/dynamics/random_graphs.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

TEST_CASE("V8 complex contagion on a ring", "[validation]") {
    constexpr std::uint32_t nodes = 1000;
    constexpr std::array<std::uint32_t, 2> seeds = {10, 11};
    for (const std::uint32_t reach : {2U, 1U}) {
        const Digraph ring = make_ring_lattice(nodes, reach);
        Activation active(nodes);
        for (const int threshold : {2, 1}) {
            run_uniform_threshold(ring, threshold, ThresholdMeasure::count, seeds, active);
            record({.case_id = "V8",
                    .what = "1,000 nodes, degree " + std::to_string(2 * reach) + ", threshold " +
                            std::to_string(threshold) + ", two adjacent seeds",
                    .expected = threshold == 2 && reach == 1 ? 2.0 : 1000.0,
                    .obtained = static_cast<double>(active.size()),
                    .tolerance = 0.0,
                    .kind = ToleranceKind::absolute,
                    .source = "Centola & Macy 2007"});
        }
    }
}
