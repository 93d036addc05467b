#include <array>
#include <catch2/catch.hpp>
#include <limits>

#include "geo/radiation.h"

using namespace domino::geo;

TEST_CASE("places at equal distance intervene for each other") {
    // b and c both at distance 1 from a: each counts into the other's s.
    const std::array<double, 3> people = {100.0, 50.0, 30.0};
    const auto shares =
        radiation_shares(people, [](std::size_t i, std::size_t j) { return i == 0 || j == 0 ? 1.0 : 2.0; });
    CHECK(shares[0] == 0.0);
    CHECK(shares[1] == radiation_share(100.0, 50.0, 30.0));
    CHECK(shares[2] == radiation_share(100.0, 30.0, 50.0));
    CHECK(shares[5] == radiation_share(50.0, 30.0, 100.0));
}

TEST_CASE("places without people neither send nor receive, and nonsense is refused") {
    const std::array<double, 3> people = {100.0, 0.0, 30.0};
    const auto line = [](std::size_t i, std::size_t j) { return i < j ? double(j - i) : double(i - j); };
    const auto shares = radiation_shares(people, line);
    CHECK(shares[1] == 0.0);
    CHECK(shares[3] == 0.0);
    CHECK(shares[2] == radiation_share(100.0, 30.0, 0.0));
    CHECK(radiation_shares({}, line).empty());
    const std::array<double, 2> negative = {1.0, -1.0};
    CHECK_THROWS_AS(radiation_shares(negative, line), std::invalid_argument);
    const auto nowhere = [](std::size_t, std::size_t) { return std::numeric_limits<double>::quiet_NaN(); };
    CHECK_THROWS_AS(radiation_shares(people, nowhere), std::invalid_argument);
}
