#include "sim/statistics/quantile_sketch.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "sim/random.h"

namespace domino::sim {
namespace {

/// Type 7 of Hyndman & Fan, straight from its definition.
double exact_quantile(std::vector<double> values, double p) {
    std::sort(values.begin(), values.end());
    const double h = static_cast<double>(values.size() - 1) * p;
    const auto below = static_cast<std::size_t>(std::floor(h));
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (h - std::floor(h)) * (values[above] - values[below]);
}

/// Values of very different kinds: around zero, far from it, heavy-tailed, all alike.
std::vector<double> sample(std::uint32_t kind, std::size_t size) {
    std::vector<double> values;
    for (std::uint32_t n = 0; n < size; ++n) {
        const DrawAddress address{5, Process::statistics, kind, n, 0, 0, 0};
        const double z = standard_normal(address);
        switch (kind) {
            case 0:
                values.push_back(z);
                break;
            case 1:
                values.push_back(1e6 + 1e3 * z);
                break;
            case 2:
                values.push_back(std::exp2(3.0 * z));
                break;
            case 3:
                values.push_back(-2e8 * uniform(address));
                break;
            default:
                values.push_back(42.0);
                break;
        }
    }
    return values;
}

QuantileSketches sketch_of(const std::vector<double>& values) {
    QuantileSketches sketch(1);
    for (const double value : values) sketch.add(0, value);
    return sketch;
}

}  // namespace

TEST_CASE("a sketch's quantiles are within half a bin, and half a bin within 1/63 of the range") {
    for (std::uint32_t kind = 0; kind < 5; ++kind) {
        for (const std::size_t size : {1U, 2U, 3U, 10U, 100U, 5000U}) {
            const std::vector<double> values = sample(kind, size);
            const QuantileSketches sketch = sketch_of(values);
            CAPTURE(kind, size);
            REQUIRE(sketch.count(0) == size);
            const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
            CHECK(sketch.half_width(0) <= (*greatest - *least) / 63.0 + QuantileSketches::unit);
            for (const double p : {0.0, 0.05, 0.5, 0.77, 0.95, 1.0}) {
                CHECK(std::abs(sketch.quantile(0, p) - exact_quantile(values, p)) <= sketch.half_width(0));
            }
        }
    }
}

TEST_CASE("the order of values, and the parts they come in, leave the same bits") {
    for (std::uint32_t kind = 0; kind < 5; ++kind) {
        std::vector<double> values = sample(kind, 700);
        const QuantileSketches forwards = sketch_of(values);
        std::reverse(values.begin(), values.end());
        CAPTURE(kind);
        CHECK(sketch_of(values) == forwards);
        std::sort(values.begin(), values.end());
        CHECK(sketch_of(values) == forwards);
        QuantileSketches joined(1);
        for (std::size_t begin = 0; begin < values.size();) {
            const std::size_t end = std::min(values.size(), begin + 1 + begin / 3);
            joined.merge(sketch_of({values.begin() + static_cast<std::ptrdiff_t>(begin),
                                    values.begin() + static_cast<std::ptrdiff_t>(end)}));
            begin = end;
        }
        CHECK(joined == forwards);
    }
}

TEST_CASE("samples stand side by side, and a full one says so") {
    QuantileSketches sketch(2);
    sketch.add(1, 3.0);
    CHECK(sketch.count(0) == 0);
    CHECK(sketch.quantile(1, 0.5) == Approx(3.0).margin(QuantileSketches::unit));
    CHECK_THROWS_AS(sketch.quantile(0, 0.5), std::invalid_argument);
    for (int n = 0; n < QuantileSketches::most_values; ++n) sketch.add(0, 1.0);
    CHECK_THROWS_AS(sketch.add(0, 1.0), std::length_error);
    CHECK_THROWS_AS(sketch.merge(QuantileSketches(3)), std::invalid_argument);
}

}  // namespace domino::sim
