#include "sim/random.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/prior.h"

using namespace domino::sim;

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
