#include "sim/math/elementary.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sim/prior.h"
#include "sim/random.h"

using namespace domino::sim;

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
        worst_exp = std::max(worst_exp, ulps(domino::sim::exp(x), exact));
        const double exact_log = std::log(exact);
        if (std::abs(exact_log) > 0.5)
            worst_log = std::max(worst_log, ulps(domino::sim::log(exact), exact_log));
    }
    INFO("exp " << worst_exp << " ulp, log " << worst_log << " ulp");
    CHECK(worst_exp <= 2.0);
    CHECK(worst_log <= 2.0);
    for (int i = 1; i < 1000; ++i) {
        const double x = 0.7 + 0.6 * i / 1000.0;
        CHECK(domino::sim::log(x) == Approx(std::log(x)).margin(1.2e-16).epsilon(4e-16));
    }
}

TEST_CASE("exp and log at the ends of their range") {
    const double inf = std::numeric_limits<double>::infinity();
    CHECK(domino::sim::exp(0.0) == 1.0);
    CHECK(domino::sim::exp(-1000.0) == 0.0);
    CHECK(domino::sim::exp(1000.0) == inf);
    CHECK(std::isnan(domino::sim::exp(std::nan(""))));
    CHECK(domino::sim::log(1.0) == 0.0);
    CHECK(domino::sim::log(0.0) == -inf);
    CHECK(std::isnan(domino::sim::log(-1.0)));
    CHECK(domino::sim::log(5e-324) == Approx(std::log(5e-324)).epsilon(1e-15));
}

TEST_CASE("expm1 and log1p do not cancel") {
    for (const double x : {1e-18, 1e-12, -1e-9, 1e-4, -0.01, 0.2, -0.24, 0.3, 2.0}) {
        CHECK(domino::sim::expm1(x) == Approx(std::expm1(x)).epsilon(1e-15));
        CHECK(domino::sim::log1p(x) == Approx(std::log1p(x)).epsilon(1e-15));
    }
}

TEST_CASE("the share that leaves does not cancel") {
    for (const double x : {0.0, 1e-20, 1e-9, 0.003, 0.1, 0.2499, 0.25, 0.7, 5.0, 800.0}) {
        CHECK(decayed(x) == Approx(-std::expm1(-x)).epsilon(1e-15));
    }
}

TEST_CASE("the normal distribution function") {
    for (const double z : {-7.5, -3.0, -0.1, 0.0, 1.0, 1.959963984540054, 6.0}) {
        CHECK(normal_cdf(z) == Approx(0.5 * std::erfc(-z / std::sqrt(2.0))).margin(1e-15));
    }
}

TEST_CASE("the normal quantile inverts the normal distribution") {
    for (const double u : {1e-300, 1e-20, 1e-6, 0.01, 0.2, 0.5, 0.7, 0.975, 1 - 1e-12}) {
        const double z = normal_quantile(u);
        CHECK(0.5 * std::erfc(-z / std::sqrt(2.0)) == Approx(u).epsilon(1e-12));
    }
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
}

TEST_CASE("a draw depends on every part of its address and on nothing else") {
    const DrawAddress base{7, Process::frailty, 3, 11, 24242, 99, 0};
    const auto words = random_words(base);
    CHECK(words == random_words(base));
    for (int part = 0; part < 7; ++part) {
        DrawAddress other = base;
        if (part == 0) other.seed = 8;
        if (part == 1) other.process = Process::block_join;
        if (part == 2) other.sub = 4;
        if (part == 3) other.member = 12;
        if (part == 4) other.time = -1;
        if (part == 5) other.id = 100;
        if (part == 6) other.index = 1;
        CHECK(random_words(other)[0] != words[0]);
    }
}

TEST_CASE("draws have the moments of their distribution") {
    double sum = 0.0;
    double squares = 0.0;
    double waits = 0.0;
    const int n = 200'000;
    for (int i = 0; i < n; ++i) {
        DrawAddress a{1, Process::frailty, 0, static_cast<std::uint32_t>(i), 0, 5, 0};
        const double z = standard_normal(a);
        sum += z;
        squares += z * z;
        waits += standard_exponential(a);
    }
    CHECK(std::abs(sum / n) < 4.0 / std::sqrt(n));
    CHECK(std::abs(squares / n - 1.0) < 4.0 * std::sqrt(2.0 / n));
    CHECK(std::abs(waits / n - 1.0) < 4.0 / std::sqrt(n));
}

TEST_CASE("priors: point mass, median and support") {
    const Prior gamma = or_zero(half_normal(0.5));
    CHECK(draw(gamma, 0.49, 0.9) == 0.0);
    CHECK(draw(gamma, 0.51, 0.5) == Approx(0.5 * 0.6744897501960817));
    CHECK(median(gamma) == 0.0);
    CHECK(median(log_uniform(0.01, 0.04)) == Approx(0.02));
    CHECK(draw(log_uniform(0.01, 0.04), 0.5, 1e-17) == Approx(0.01));
    CHECK(median(uniform(1.0, 3.0)) == Approx(2.0));
    CHECK(median(fixed(-2.0)) == -2.0);
    CHECK(draw(normal(1.0, 2.0), 0.0, 0.5) == Approx(1.0));
    CHECK(describe(gamma) == "half normal(0.5), zero with probability 0.5");
}
