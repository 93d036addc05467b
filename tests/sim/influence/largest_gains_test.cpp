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
            // Told in two parts of which one changes.
            Gains changing(gains);
            const Gains kept(nodes, 3);
            for (std::uint32_t& gain : gains) gain += 3;
            const Threads helpers(3);
            LargestGains largest({changing, kept}, count, count == 40 ? &helpers : nullptr);
            for (int look = 0; look < 60; ++look) {
                largest.look();
                check_against_sorting(largest, gains, count);
                // The leaders lose most, as covered sets make them.
                const std::uint32_t line = largest.most() / 2;
                for (std::size_t row = 0; row < nodes; ++row) {
                    if (gains[row] > line) changing[row] -= std::min(changing[row], changing[row] / 3 + 1);
                    gains[row] = changing[row] + 3;
                }
            }
            CHECK(largest.most() == 3);
        }
    }
}

TEST_CASE("all nodes are looked through only when leaders have fallen behind") {
    Gains gains(20000);
    std::iota(gains.begin(), gains.end(), 1U);
    LargestGains largest({gains}, 10);
    largest.look();
    CHECK(largest.asked() >= gains.size());
    const std::uint64_t asked = largest.asked();
    for (int look = 0; look < 20; ++look) {
        gains[largest.row()] = 0;
        largest.look();
        CHECK(largest.most() == 19999U - static_cast<std::uint32_t>(look));
    }
    CHECK(largest.asked() - asked < gains.size());
    std::fill(gains.begin() + 10000, gains.end(), 0U);
    largest.look();
    CHECK(largest.most() == 10000);
    CHECK(largest.row() == 9999);
}

TEST_CASE("nobody is asked who has no more than the last of the largest, unless it may be the first") {
    // Ten who have much, very many who have the same little.
    Gains gains(3000, 7);
    for (std::uint32_t row = 0; row < 10; ++row) gains[100 + row] = 1000;
    LargestGains largest({gains}, 10);
    largest.look();
    const std::uint64_t asked = largest.asked();
    gains[100] = 7;
    largest.look();
    CHECK(largest.row() == 101);
    CHECK(largest.sum() == 9 * 1000 + 7);
    CHECK(largest.asked() - asked < 100);
    for (std::uint32_t row = 0; row < 10; ++row) gains[100 + row] = 7;
    largest.look();
    CHECK(largest.most() == 7);
    CHECK(largest.row() == 0);
    CHECK(largest.sum() == 70);
    std::fill(gains.begin(), gains.end(), 0U);
    largest.look();
    CHECK(largest.most() == 0);
    CHECK(largest.row() == gains.size());
    CHECK(largest.sum() == 0);
}

}  // namespace domino::sim
