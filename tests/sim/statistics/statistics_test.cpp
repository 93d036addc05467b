#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "sim/prior.h"
#include "sim/statistics/crps.h"
#include "sim/statistics/forecast_error.h"
#include "sim/statistics/sensitivity.h"
#include "sim/statistics/sobol_points.h"

using namespace domino::sim;

TEST_CASE("Sobol points fill each axis evenly, whatever the seed", "[statistics]") {
    for (const std::uint64_t seed : {1U, 2U}) {
        const auto points = sobol_points(64, 5, seed);
        REQUIRE(points.size() == 320);
        for (std::size_t d = 0; d < 5; ++d) {
            std::vector<int> cell(64, 0);
            for (std::size_t n = 0; n < 64; ++n) ++cell[static_cast<std::size_t>(points[n * 5 + d] * 64.0)];
            CHECK(cell == std::vector<int>(64, 1));
        }
    }
    CHECK(sobol_points(8, 2, 1) == sobol_points(8, 2, 1));
    CHECK(sobol_points(8, 2, 1) != sobol_points(8, 2, 2));
    CHECK_THROWS_AS(sobol_points(8, 0, 1), std::invalid_argument);
    CHECK_THROWS_AS(sobol_points(8, 3668, 1), std::invalid_argument);
}

TEST_CASE("an additive model has no interactions, a constant one no indices", "[statistics]") {
    // 3 u0 + u1: variances 9/12 and 1/12; priors enter through their quantiles.
    const auto additive = [](std::span<const double> u) {
        return draw(uniform(0.0, 3.0), 0.5, u[0]) + draw(uniform(0.0, 1.0), 0.5, u[1]);
    };
    const auto s =
        sensitivity_indices(additive, {.inputs = 2, .base_sample = 4096, .pairs = PairIndices::yes});
    CHECK(s.first[0] == Approx(0.9).margin(0.005));
    CHECK(s.total[1] == Approx(0.1).margin(0.005));
    CHECK(s.pair[1] == Approx(0.0).margin(0.005));
    CHECK(s.evaluations == 4096 * 5);
    const auto none = sensitivity_indices([](std::span<const double>) { return 4.0; }, {.inputs = 2});
    CHECK(none.mean == 4.0);
    CHECK(none.first == std::vector<double>{0.0, 0.0});
    const auto broken = [](std::span<const double>) { return std::numeric_limits<double>::quiet_NaN(); };
    CHECK_THROWS_AS(sensitivity_indices(broken, {.inputs = 1}), std::invalid_argument);
    CHECK_THROWS_AS(sensitivity_indices(additive, {.inputs = 0}), std::invalid_argument);
}

TEST_CASE("scores do not depend on the order of members and refuse what is not finite", "[statistics]") {
    CHECK(crps_ensemble(std::array{4.0, 1.0, 2.0}, 3.0) == crps_ensemble(std::array{1.0, 2.0, 4.0}, 3.0));
    CHECK(crps_ensemble(std::array{2.0}, 5.0) == 3.0);
    CHECK_THROWS_AS(crps_fair(std::array{2.0}, 5.0), std::invalid_argument);
    CHECK_THROWS_AS(crps_ensemble({}, 5.0), std::invalid_argument);
    CHECK_THROWS_AS(crps_normal(0.0, 0.0, 1.0), std::invalid_argument);
    CHECK_THROWS_AS(crps_ensemble(std::array{std::numeric_limits<double>::infinity()}, 5.0),
                    std::invalid_argument);
}

TEST_CASE("forecast errors need a past and a horizon", "[statistics]") {
    CHECK_THROWS_AS(forecast_error_variance({0, 1, 0.0}), std::invalid_argument);
    CHECK_THROWS_AS(forecast_error_variance({1, 0, 0.0}), std::invalid_argument);
    CHECK_THROWS_AS(simulated_forecast_error_variance({1, 1, 0.0}, 0, 1), std::invalid_argument);
    CHECK(simulated_forecast_error_variance({3, 2, 0.2}, 50, 1) ==
          simulated_forecast_error_variance({3, 2, 0.2}, 50, 1));
}
