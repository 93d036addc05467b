#include "sim/kernel/elementary.h"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace domino::sim;

namespace {

constexpr double ulp = 1.1920929e-7;  // of a float, relative, at most

/// Largest relative error of a float function against the library's double, in ulp.
template <class Ours, class Truth>
double worst_error(double from, double to, double step, Ours ours, Truth truth) {
    double worst = 0.0;
    for (double x = from; x < to; x += step) {
        const auto rounded = static_cast<float>(x);
        const double expected = truth(static_cast<double>(rounded));
        if (expected == 0.0) continue;
        worst = std::max(worst, std::abs((static_cast<double>(ours(rounded)) - expected) / expected) / ulp);
    }
    return worst;
}

}  // namespace

TEST_CASE("float exponentials keep their stated error bounds") {
    const auto exp_float = [](float x) { return exponential(x); };
    const auto gone_float = [](float x) { return gone_share(x); };
    const auto log_float = [](float x) { return log1p_growth(x); };
    CHECK(worst_error(-86.0, 88.0, 0.0013, exp_float, [](double x) { return std::exp(x); }) < 2.0);
    CHECK(worst_error(-5.0, 60.0, 0.00037, gone_float, [](double x) { return -std::expm1(-x); }) < 4.0);
    CHECK(worst_error(-0.01, 0.01, 1.3e-7, gone_float, [](double x) { return -std::expm1(-x); }) < 4.0);
    CHECK(worst_error(1e-12, 1e-4, 1.7e-9, log_float, [](double x) { return std::log1p(x); }) < 4.0);
    CHECK(worst_error(1e-9, 4.0, 0.00011, log_float, [](double x) { return std::log1p(x); }) < 4.0);
    CHECK(worst_error(4.0, 1e5, 7.3, log_float, [](double x) { return std::log1p(x); }) < 4.0);
}

TEST_CASE("float exponentials at their edges") {
    CHECK(exponential(0.0f) == 1.0f);
    CHECK(exponential(-1000.0f) == 0.0f);
    CHECK(std::isfinite(exponential(1000.0f)));
    CHECK(gone_share(0.0f) == 0.0f);
    CHECK(gone_share(1000.0f) == 1.0f);
    CHECK(gone_share(-0.1f) < 0.0f);
    CHECK(log1p_growth(0.0f) == 0.0f);
    // Continuous where the power of two changes.
    for (const float x : {0.34657359f, 1.0397208f})
        CHECK(gone_share(std::nextafter(x, 0.0f)) == Approx(gone_share(x)).epsilon(4e-7));
    for (const float x : {0.41421354f, 0.41421357f, 1.8284271f})
        CHECK(log1p_growth(std::nextafter(x, 0.0f)) == Approx(log1p_growth(x)).epsilon(4e-7));
}

TEST_CASE("near zero the shorter ways of float exponentials and logarithms have the same bits") {
    constexpr std::uint32_t bits_of_one = 0x3F800000;
    constexpr std::uint32_t sign = 0x80000000;
    // Every 331st float of [0, 1), and its negative.
    int shorter = 0;
    for (std::uint32_t bits = 0; bits < bits_of_one; bits += 331) {
        for (const float x : {std::bit_cast<float>(bits), std::bit_cast<float>(bits | sign)}) {
            if (gone_near_zero(x)) {
                ++shorter;
                if (std::bit_cast<std::uint32_t>(gone_share_near_zero(x)) !=
                    std::bit_cast<std::uint32_t>(gone_share(x)))
                    FAIL("gone_share at " << x);
            }
            if (log1p_near_zero(x)) {
                ++shorter;
                if (std::bit_cast<std::uint32_t>(log1p_growth_near_zero(x)) !=
                    std::bit_cast<std::uint32_t>(log1p_growth(x)))
                    FAIL("log1p_growth at " << x);
            }
        }
    }
    CHECK(shorter > 12'000'000);
    for (const float edge : {0.3465f, -0.3465f}) {
        CHECK(gone_near_zero(edge));
        CHECK(gone_share_near_zero(edge) == gone_share(edge));
        CHECK_FALSE(gone_near_zero(std::nextafter(edge, 2.0f * edge)));
    }
    for (const float edge : {0.414f, -0.29f}) {
        CHECK(log1p_near_zero(edge));
        CHECK(log1p_growth_near_zero(edge) == log1p_growth(edge));
        CHECK_FALSE(log1p_near_zero(std::nextafter(edge, 2.0f * edge)));
    }
    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK_FALSE(gone_near_zero(nan));
    CHECK_FALSE(log1p_near_zero(nan));
}
