#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "sim/dynamics/fixed_thresholds.h"
#include "sim/dynamics/random_graphs.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

TEST_CASE("V7 Granovetter's crowds", "[validation]") {
    std::vector<double> thresholds(100);
    std::iota(thresholds.begin(), thresholds.end(), 0.0);
    const Digraph everyone = make_complete_graph(100);
    Activation active(100);
    const auto compare = [&](const char* on_graph, const char* in_crowd, double expected) {
        run_fixed_thresholds(everyone, thresholds, ThresholdMeasure::count, {}, active);
        record({.case_id = "V7",
                .what = on_graph,
                .expected = expected,
                .obtained = static_cast<double>(active.size()),
                .tolerance = 0.0,
                .kind = ToleranceKind::absolute,
                .source = "Granovetter 1978"});
        record({.case_id = "V7",
                .what = in_crowd,
                .expected = expected,
                .obtained = static_cast<double>(count_joining(thresholds)),
                .tolerance = 0.0,
                .kind = ToleranceKind::absolute,
                .source = "Granovetter 1978"});
    };
    compare("thresholds 0 … 99, joining on a complete graph", "thresholds 0 … 99, joining in a crowd", 100.0);
    thresholds[1] = 2.0;
    compare("threshold 1 replaced by 2, joining on a complete graph",
            "threshold 1 replaced by 2, joining in a crowd", 1.0);
}
