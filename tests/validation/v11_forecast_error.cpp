#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "geo/portable_math.h"
#include "sim/cost.h"
#include "sim/statistics/forecast_error.h"
#include "tests/sim/literal_world.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;

namespace {

constexpr const char* farmer = "Farmer & Lafond 2016";
constexpr std::uint32_t paths = 200'000;

std::string named(const DriftForecast& f) {
    std::string theta = std::to_string(f.correlation);
    theta.resize(4);
    return "(m, τ, θ) = (" + std::to_string(f.past_differences) + ", " + std::to_string(f.horizon) + ", " +
           theta + ")";
}

/// The same variance from the log costs of members of a run without learning: noise alone moves them.
double variance_of_the_runs_costs(const DriftForecast& f, double sd) {
    domino::sim::test::LiteralWorld world(1);
    world.add_technology("panel", 0.01, 0.3);
    world->technologies[0].cost_noise_sd = sd;
    world->parameters.cost_noise_rho = fixed(f.correlation);
    world->uncertainty = Uncertainty::sampled;
    const auto m = static_cast<std::size_t>(f.past_differences);
    const auto end = m + static_cast<std::size_t>(f.horizon);
    double squares = 0.0;
    for (std::uint32_t member = 0; member < paths; ++member) {
        const MemberDraws draws = draw_member(*world, {7, member});
        const CostPath path(world->technologies[0], draws.technologies[0]);
        const auto y = [&](std::size_t year) { return domino::portable::log(path.relative_cost(year, 0.0)); };
        const double drift = (y(m) - y(0)) / f.past_differences;
        const double error = y(end) - (y(m) + f.horizon * drift);
        squares += error * error;
    }
    return squares / paths / (sd * sd);
}

}  // namespace

TEST_CASE("V11 variance of forecast errors", "[validation]") {
    for (const auto& [f, expected] :
         {std::pair(DriftForecast{5, 1, 0.63}, 1.62588), std::pair(DriftForecast{5, 10, 0.63}, 70.887),
          std::pair(DriftForecast{20, 20, 0.0}, 40.0)}) {
        record({.case_id = "V11",
                .what = "formula, " + named(f),
                .expected = expected,
                .obtained = forecast_error_variance(f),
                .tolerance = 1e-12,
                .source = farmer});
        record({.case_id = "V11",
                .what = "200,000 paths, " + named(f),
                .expected = expected,
                .obtained = simulated_forecast_error_variance(f, paths, 1),
                .tolerance = 0.015,
                .source = farmer});
    }
    for (const DriftForecast& f : {DriftForecast{5, 1, 0.63}, DriftForecast{5, 10, 0.63}}) {
        record({.case_id = "V11",
                .what = "200,000 members' costs, " + named(f),
                .expected = forecast_error_variance(f),
                .obtained = variance_of_the_runs_costs(f, 0.08),
                .tolerance = 0.015,
                .source = farmer});
    }
}
