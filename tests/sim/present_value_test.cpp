#include "sim/present_value.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace domino::sim {
namespace {

TEST_CASE("money is worth less the later it is paid, as the closed form says") {
    const Valuation valuation{2025, 0.02, 0.05};
    CHECK(valuation.worth(2025) == 1.0);
    for (const int year : {2020, 2024, 2026, 2035, 2040})
        CHECK(valuation.worth(year) == Approx(std::pow(1.02 * 1.05, 2025 - year)).epsilon(1e-14));
    CHECK(Valuation{2025, 0.0, 0.0}.worth(2040) == 1.0);
    CHECK(Valuation{2025, 0.02, 0.0}.worth(2035) == Approx(std::pow(1.02, -10)).epsilon(1e-14));
}

TEST_CASE("each member has its own discount rate, the median where uncertainty is off") {
    const Prior prior = uniform(0.03, 0.07);
    const auto sampled = [&](std::uint32_t member) {
        return draw_discount_rate(prior, Uncertainty::sampled, {7, member});
    };
    CHECK(sampled(0) != sampled(1));
    for (const double rate : {sampled(0), sampled(1)}) {
        CHECK(rate > 0.03);
        CHECK(rate < 0.07);
    }
    CHECK(sampled(0) == sampled(0));
    CHECK(draw_discount_rate(prior, Uncertainty::medians_only, {7, 0}) == Approx(0.05));
    CHECK(draw_discount_rate(fixed(-0.01), Uncertainty::sampled, {7, 0}) == 0.0);
}

}  // namespace
}  // namespace domino::sim
