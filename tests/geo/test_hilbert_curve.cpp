#include "geo/hilbert_curve.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <vector>

using namespace domino;

TEST_CASE("the curve passes every cell once, from neighbour to neighbour") {
    for (const int order : {1, 2, 5}) {
        const std::uint32_t side = 1U << order;
        std::vector<std::pair<int, int>> at(std::size_t{side} * side, {-1, -1});
        for (std::uint32_t column = 0; column < side; ++column) {
            for (std::uint32_t row = 0; row < side; ++row) {
                const std::uint64_t along = geo::hilbert_index(column, row, order);
                REQUIRE(along < at.size());
                REQUIRE(at[along].first == -1);
                at[along] = {static_cast<int>(column), static_cast<int>(row)};
            }
        }
        CHECK(at.front() == std::pair{0, 0});
        CHECK(at.back() == std::pair{static_cast<int>(side) - 1, 0});
        for (std::size_t n = 1; n < at.size(); ++n) {
            REQUIRE(std::abs(at[n].first - at[n - 1].first) + std::abs(at[n].second - at[n - 1].second) == 1);
        }
    }
}

TEST_CASE("points of the map lie where their cells do, whatever turn their longitude is given in") {
    const std::uint64_t suva = geo::hilbert_index({178.44, -18.14});
    CHECK(geo::hilbert_index({178.44 - 360.0, -18.14}) == suva);
    CHECK(geo::hilbert_index({0.0, 95.0}) == geo::hilbert_index({0.0, 90.0}));
    CHECK(geo::hilbert_index({-180.0, -90.0}) == 0);
    // Tokyo is nearer to Yokohama than to Osaka along the curve too.
    const auto apart = [](geo::LonLat a, geo::LonLat b) {
        const std::uint64_t first = geo::hilbert_index(a), second = geo::hilbert_index(b);
        return first > second ? first - second : second - first;
    };
    const geo::LonLat tokyo{139.69, 35.69};
    CHECK(apart(tokyo, {139.64, 35.44}) < apart(tokyo, {135.50, 34.69}));
}
