#include "geo/overview.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace domino::geo;

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

std::vector<float> halved(const std::vector<float>& values, RasterSize size) {
    return halve_by_average(values, size);
}

}  // namespace

TEST_CASE("an overview's cell is the mean of four", "[geo]") {
    CHECK(halved({1, 3, 10, 20,  //
                  5, 7, 30, 40},
                 {4, 2}) == std::vector<float>{4, 25});
}

TEST_CASE("an overview leaves out what is not known", "[geo]") {
    const auto half = halved({1, none, none, none,  //
                              3, 8, none, none},
                             {4, 2});
    CHECK(half[0] == 4.0F);
    CHECK(std::isnan(half[1]));
}

// Three columns become two, each one and a half wide: the one in the middle counts half in both.
TEST_CASE("an overview of an odd size shares the cells between", "[geo]") {
    CHECK(halve({3, 1}) == RasterSize{2, 1});
    const auto half = halved({6, 3, 12}, {3, 1});
    CHECK(half == std::vector<float>{5, 9});
    const auto holed = halved({6, none, 12}, {3, 1});
    CHECK(holed == std::vector<float>{6, 12});
}

TEST_CASE("a line of cells keeps its one row, and what it adds up to", "[geo]") {
    const std::vector<float> line = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    const auto half = halved(line, {9, 1});
    REQUIRE(half.size() == 5);
    double sum = 0.0;
    for (const float value : half) sum += 9.0 / 5.0 * static_cast<double>(value);
    CHECK(sum == Approx(511.0).epsilon(1e-7));
}
