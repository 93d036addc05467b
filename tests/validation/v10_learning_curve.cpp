#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "geo/portable_math.h"
#include "sim/cost.h"
#include "sim/learning_curve.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;

namespace {

constexpr const char* wright = "Wright 1936";

/// Cost in the last year of a noise-free path whose cumulated production grows by these factors, year by
/// year.
double cost_after(const std::vector<double>& growth, double start_units = 0.0, double extra_units = 0.0) {
    Technology technology;
    technology.world_log_growth = {0.0};
    for (const double g : growth) technology.world_log_growth.push_back(domino::portable::log(g));
    technology.world_units_at_start = start_units;
    TechnologyDraws draws;
    draws.omega = learning_exponent(0.2);
    draws.cost_noise.assign(technology.world_log_growth.size(), 0.0);
    return CostPath(technology, draws).relative_cost(growth.size(), extra_units);
}

}  // namespace

TEST_CASE("V10 Wright's law", "[validation]") {
    record({.case_id = "V10",
            .what = "exponent at a learning rate of 20 %",
            .expected = 0.3219280949,
            .obtained = learning_exponent(0.2),
            .tolerance = 1e-9,
            .source = wright});
    for (const auto& [growth, name, expected] :
         {std::tuple(2.0, "one doubling", 0.8), std::tuple(10.0, "ten times", 0.4765098749),
          std::tuple(128.0, "seven doublings", 0.2097152)}) {
        record({.case_id = "V10",
                .what = std::string("curve, after ") + name,
                .expected = expected,
                .obtained = learned_cost(learning_exponent(0.2), growth),
                .tolerance = 1e-9,
                .source = wright});
        record({.case_id = "V10",
                .what = std::string("a run's cost path, after ") + name,
                .expected = expected,
                .obtained = cost_after({growth}),
                .tolerance = 1e-9,
                .source = wright});
    }
}

TEST_CASE("V10 the way production grows does not matter, only where it stands", "[validation]") {
    std::vector<double> growth = {1.1, 1.3, 2.0, 4.0, 1.0, 1.7, 3.1};
    std::sort(growth.begin(), growth.end());
    double low = 1e9;
    double high = 0.0;
    do {
        const double cost = cost_after(growth);
        low = std::min(low, cost);
        high = std::max(high, cost);
    } while (std::next_permutation(growth.begin(), growth.end()));
    record({.case_id = "V10",
            .what = "dearest over cheapest of 5,040 orders of seven years' growth",
            .expected = 1.0,
            .obtained = high / low,
            .tolerance = 1e-14,
            .source = "identity"});
    // 100 units at the start: doubled by the world, or by what the run itself adds beyond it.
    record({.case_id = "V10",
            .what = "100 units from modelled places instead of the world's doubling",
            .expected = 0.8,
            .obtained = cost_after({1.0}, 100.0, 100.0),
            .tolerance = 1e-12,
            .source = wright});
}
