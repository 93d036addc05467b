#include <catch2/catch.hpp>
#include <limits>

#include "sim/bass.h"
#include "sim/learning_curve.h"
#include "sim/stock_turnover.h"

using namespace domino::sim;

TEST_CASE("Bass: time to a share inverts the share, and the peak is at the start where imitation is weak") {
    const BassModel model{0.02, 0.4};
    for (const double share : {0.0, 0.1, 0.5, 0.99}) {
        CHECK(bass_share(model, bass_time_to(model, share)) == Approx(share).margin(1e-14));
    }
    CHECK(bass_peak_time({0.4, 0.1}) == 0.0);
    CHECK(bass_share({0.3, 0.0}, 2.0) == Approx(0.45118836390597361));  // 1 − e^−0.6
    CHECK_THROWS_AS(bass_share({0.0, 0.4}, 1.0), std::invalid_argument);
    CHECK_THROWS_AS(bass_share(model, -1.0), std::invalid_argument);
    CHECK_THROWS_AS(bass_time_to(model, 1.0), std::invalid_argument);
    CHECK_THROWS_AS(bass_share_stepped(model, BassStep::euler, 0.0, 3), std::invalid_argument);
}

TEST_CASE("learning: no learning costs the same, and nonsense is refused") {
    CHECK(learned_cost(learning_exponent(0.0), 1000.0) == 1.0);
    CHECK(learning_exponent(-0.05) < 0.0);
    CHECK_THROWS_AS(learning_exponent(1.0), std::invalid_argument);
    CHECK_THROWS_AS(learned_cost(0.3, 0.0), std::invalid_argument);
}

TEST_CASE("lifetimes: shape 1 and one stage are both exponential") {
    for (const double age : {0.0, 3.0, 20.0}) {
        CHECK(weibull_survival({1.0, 15.0}, age) == Approx(erlang_survival(1, 15.0, age)).epsilon(1e-14));
    }
    CHECK(weibull_mean_years({1.0, 15.0}) == Approx(15.0).epsilon(1e-14));
    CHECK(weibull_mean_years({2.0, 1.0}) == Approx(0.88622692545275801365).epsilon(1e-14));  // √π/2
    CHECK(weibull_survival({3.0, 15.0}, weibull_median_years({3.0, 15.0})) == Approx(0.5).epsilon(1e-14));
    CHECK_THROWS_AS(weibull_mean_years({0.0, 15.0}), std::invalid_argument);
    CHECK_THROWS_AS(erlang_survival(0, 15.0, 1.0), std::invalid_argument);
    CHECK_THROWS_AS(CohortStock({3.0, 15.0}).step(-1.0), std::invalid_argument);
}
