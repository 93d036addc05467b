#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "geo/central_meridian.h"

namespace domino::geo {
namespace {

using Tie = std::pair<LonLat, LonLat>;

constexpr LonLat tokyo{139.7, 35.7}, mexico{-99.1, 19.4}, dakar{-17.4, 14.7}, recife{-34.9, -8.1},
    delhi{77.2, 28.6};

}  // namespace

TEST_CASE("a map of the world is cut in the ocean that fewer ties cross", "[central_meridian]") {
    CHECK(central_meridian({}) == 11.0);
    CHECK(central_meridian(std::vector<Tie>{{tokyo, delhi}, {dakar, tokyo}}) == 11.0);
    // Over the Pacific, whichever end comes first.
    CHECK(central_meridian(std::vector<Tie>{{tokyo, mexico}, {dakar, tokyo}}) == 150.0);
    CHECK(central_meridian(std::vector<Tie>{{mexico, tokyo}, {tokyo, dakar}}) == 150.0);
    // As many over either.
    CHECK(central_meridian(std::vector<Tie>{{tokyo, mexico}, {recife, dakar}}) == 11.0);
    // A tie that begins on the cut does not cross it.
    CHECK(central_meridian(std::vector<Tie>{{LonLat{pacific_cut_deg, 0.0}, tokyo}}) == 11.0);
}

}  // namespace domino::geo
