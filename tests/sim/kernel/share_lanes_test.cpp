#include "sim/kernel/share_lanes.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/random.h"

using namespace domino::sim;

namespace {

double drawn(std::uint32_t place, std::uint32_t member) {
    return uniform({3, Process::dynamics, sub_of("share"), 0, 0, place, member});
}

}  // namespace

TEST_CASE("shares are summed in whole units, each rounded half up and held within one") {
    constexpr std::size_t places = 300;
    std::vector<Lanes> parts(places), wholes(places);
    for (std::uint32_t i = 0; i < places; ++i) {
        for (std::uint32_t m = 0; m < lane_count; ++m) {
            wholes[i][m] = i % 7 == 0 ? 0.0f : static_cast<float>(1.0 + 1e5 * drawn(i, m));
            // Some above the whole, some tiny.
            parts[i][m] = wholes[i][m] * static_cast<float>(1.1 * std::pow(drawn(i, m + 100), 8.0));
        }
    }
    for (const std::size_t members : {std::size_t{1}, std::size_t{5}, lane_count}) {
        for (const InstructionSet set :
             {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512}) {
            if (!has_instruction_set(set)) continue;
            std::vector<std::uint64_t> sums(places), capped(places);
            sum_shares(parts, wholes, members, sums, set);
            sum_shares(wholes, {}, members, capped, set);
            for (std::size_t i = 0; i < places; ++i) {
                double expected = 0.0, expected_capped = 0.0;
                for (std::size_t m = 0; m < members; ++m) {
                    const float x = wholes[i][m] > 0.0f ? parts[i][m] / wholes[i][m] : 0.0f;
                    expected += std::floor(std::min(static_cast<double>(x), 1.0) * share_unit + 0.5);
                    expected_capped +=
                        std::floor(std::min(static_cast<double>(wholes[i][m]), 1.0) * share_unit + 0.5);
                }
                REQUIRE(static_cast<double>(sums[i]) == expected);
                REQUIRE(static_cast<double>(capped[i]) == expected_capped);
            }
        }
    }
}
