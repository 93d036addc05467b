#include "sim/influence/largest_gains.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <functional>
#include <numeric>
#include <random>
#include <vector>

namespace domino::sim {
namespace {

using Gains = std::vector<std::uint32_t>;

LargestGains::GainsOf gains_in(const Gains& gains) {
    return [&gains](std::span<const std::uint32_t> rows, std::span<std::uint32_t> of_rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) of_rows[i] = gains[rows[i]];
    };
}

void check_against_sorting(const LargestGains& found, const Gains& gains, std::size_t count) {
    const auto most = std::max_element(gains.begin(), gains.end());
    CHECK(found.most() == *most);
    CHECK(found.row() == (*most == 0 ? gains.size() : static_cast<std::size_t>(most - gains.begin())));
    Gains sorted = gains;
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    CHECK(found.sum() == std::accumulate(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count),
                                         std::uint64_t{0}));
}

}  // namespace

TEST_CASE("the largest of falling gains are those that sorting finds") {
    std::mt19937 random(5);
    for (const std::size_t nodes : {1U, 3U, 700U, 5000U}) {
        for (const std::size_t count : {std::size_t{1}, std::min<std::size_t>(nodes, 40), nodes}) {
            Gains gains(nodes);
            // Few large ones, many alike.
            for (std::uint32_t& gain : gains)
                gain = static_cast<std::uint32_t>(random() % (random() % 8 == 0 ? 3000U : 20U));
            LargestGains largest(nodes, count);
            for (int look = 0; look < 60; ++look) {
                largest.look(gains_in(gains));
                check_against_sorting(largest, gains, count);
                // The leaders lose most, as covered sets make them.
                const std::uint32_t line = largest.most() / 2;
                for (std::uint32_t& gain : gains) gain -= gain > line ? std::min(gain, gain / 3 + 1) : 0;
            }
            CHECK(largest.most() == 0);
        }
    }
}

TEST_CASE("all nodes are looked through only when leaders have fallen behind") {
    Gains gains(20000);
    std::iota(gains.begin(), gains.end(), 1U);
    std::size_t asked = 0;
    const auto counted = [&](std::span<const std::uint32_t> rows, std::span<std::uint32_t> of_rows) {
        asked += rows.size();
        gains_in(gains)(rows, of_rows);
    };
    LargestGains largest(gains.size(), 10);
    largest.look(counted);
    CHECK(asked >= gains.size());
    asked = 0;
    for (int look = 0; look < 20; ++look) {
        gains[largest.row()] = 0;
        largest.look(counted);
        CHECK(largest.most() == 19999U - static_cast<std::uint32_t>(look));
    }
    CHECK(asked < gains.size());
    std::fill(gains.begin() + 10000, gains.end(), 0U);
    largest.look(counted);
    CHECK(largest.most() == 10000);
    CHECK(largest.row() == 9999);
}

}  // namespace domino::sim
