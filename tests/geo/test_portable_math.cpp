#include "geo/portable_math.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace domino;

namespace {

/// Distance in units in the last place of the exact value.
double ulps(double got, double exact) {
    return std::abs(got - exact) / (std::nextafter(std::abs(exact), INFINITY) - std::abs(exact));
}

}  // namespace

TEST_CASE("exp and log keep their stated error bounds") {
    double worst_exp = 0.0;
    double worst_log = 0.0;
    for (int i = 0; i <= 2'000'000; ++i) {
        const double x = -50.0 + 100.0 * i / 2'000'000.0;
        const double exact = std::exp(x);
        worst_exp = std::max(worst_exp, ulps(portable::exp(x), exact));
        const double exact_log = std::log(exact);
        if (std::abs(exact_log) > 0.5) worst_log = std::max(worst_log, ulps(portable::log(exact), exact_log));
    }
    INFO("exp " << worst_exp << " ulp, log " << worst_log << " ulp");
    CHECK(worst_exp <= 2.0);
    CHECK(worst_log <= 2.0);
    for (int i = 1; i < 1000; ++i) {
        const double x = 0.7 + 0.6 * i / 1000.0;
        CHECK(portable::log(x) == Approx(std::log(x)).margin(1.2e-16).epsilon(4e-16));
    }
}

TEST_CASE("exp and log at the ends of their range") {
    const double inf = std::numeric_limits<double>::infinity();
    CHECK(portable::exp(0.0) == 1.0);
    CHECK(portable::exp(-1000.0) == 0.0);
    CHECK(portable::exp(1000.0) == inf);
    CHECK(std::isnan(portable::exp(std::nan(""))));
    CHECK(portable::log(1.0) == 0.0);
    CHECK(portable::log(0.0) == -inf);
    CHECK(std::isnan(portable::log(-1.0)));
    CHECK(portable::log(5e-324) == Approx(std::log(5e-324)).epsilon(1e-15));
}

TEST_CASE("expm1 and log1p do not cancel") {
    for (const double x : {1e-18, 1e-12, -1e-9, 1e-4, -0.01, 0.2, -0.24, 0.3, 2.0}) {
        CHECK(portable::expm1(x) == Approx(std::expm1(x)).epsilon(1e-15));
        CHECK(portable::log1p(x) == Approx(std::log1p(x)).epsilon(1e-15));
    }
}

TEST_CASE("the share that leaves does not cancel") {
    for (const double x : {0.0, 1e-20, 1e-9, 0.003, 0.1, 0.2499, 0.25, 0.7, 5.0, 800.0}) {
        CHECK(portable::decayed(x) == Approx(-std::expm1(-x)).epsilon(1e-15));
    }
}

TEST_CASE("the normal distribution function") {
    for (const double z : {-7.5, -3.0, -0.1, 0.0, 1.0, 1.959963984540054, 6.0}) {
        CHECK(portable::normal_cdf(z) == Approx(0.5 * std::erfc(-z / std::sqrt(2.0))).margin(1e-15));
    }
}

TEST_CASE("sine and cosine agree with libm to the last bits and are exact at quarter turns", "[geo]") {
    constexpr double radians_per_degree = 3.14159265358979323846 / 180.0;
    for (double angle = -725.0; angle <= 725.0; angle += 0.37) {
        CHECK(std::abs(portable::sin_deg(angle) -
                       std::sin(std::remainder(angle, 360.0) * radians_per_degree)) < 4e-16);
        CHECK(std::abs(portable::cos_deg(angle) -
                       std::cos(std::remainder(angle, 360.0) * radians_per_degree)) < 4e-16);
    }
    CHECK(portable::sin_deg(180.0) == 0.0);
    CHECK(portable::cos_deg(90.0) == 0.0);
    CHECK(portable::sin_deg(-90.0) == -1.0);
}

TEST_CASE("the normal quantile inverts the normal distribution") {
    for (const double u : {1e-300, 1e-20, 1e-6, 0.01, 0.2, 0.5, 0.7, 0.975, 1 - 1e-12}) {
        const double z = portable::normal_quantile(u);
        CHECK(0.5 * std::erfc(-z / std::sqrt(2.0)) == Approx(u).epsilon(1e-12));
    }
    CHECK(portable::normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
}

TEST_CASE("log1p_growth is ln(1+x) to a few ulp, on both sides of its change of method") {
    for (const double x : {0.0, 1e-300, 1e-12, 1e-4, 0.01, 0.1, 0.2499, 0.25, 0.3, 1.0, 50.0}) {
        INFO(x);
        CHECK(domino::portable::log1p_growth(x) == Approx(std::log1p(x)).epsilon(1e-15));
    }
}
