#include "sim/kernel/elementary.h"

#include <catch2/catch.hpp>
#include <cmath>

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
