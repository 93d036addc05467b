#include "viz/quantile_picker.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "sim/statistics/sorted_quantile.h"

using namespace domino;

namespace {

std::array<double, 3> by_sorting(std::vector<double> sample, const std::array<double, 3>& p) {
    std::sort(sample.begin(), sample.end());
    std::array<double, 3> quantiles;
    for (std::size_t i = 0; i < p.size(); ++i)
        quantiles[i] = sim::sorted_quantile(std::span<const double>(sample), p[i]);
    return quantiles;
}

}  // namespace

TEST_CASE("quantiles that are picked are those of the sorted sample, bit for bit") {
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    const std::vector<std::function<double()>> shapes = {
        [&] { return normal(random); },
        [&] { return std::exp(4.0 * normal(random)); },                       // a few hold nearly all
        [&] { return std::floor(2.0 * normal(random)); },                     // many are equal
        [&] { return normal(random) > 1.0 ? 1e300 * normal(random) : 0.0; },  // far beyond the others
        [&] { return 7.0 + (normal(random) > 0.0 ? 8.9e-16 : 0.0); },         // neighbours
        [&] { return normal(random) > 0.0 ? 5e-324 : 0.0; },                  // the least there are
        [] { return -3.5; },
    };
    viz::QuantilePicker picker;
    for (const auto& draw : shapes) {
        for (const std::size_t members : {1U, 2U, 3U, 20U, 48U, 49U, 64U, 200U, 201U, 1000U, 5000U}) {
            std::vector<double> sample(members);
            for (double& value : sample) value = draw();
            for (const std::array<double, 3>& p :
                 {std::array{0.05, 0.5, 0.95}, std::array{0.0, 0.5, 1.0}, std::array{0.9, 0.1, 0.1}}) {
                CHECK(picker.pick(sample, p) == by_sorting(sample, p));
            }
        }
    }
}
