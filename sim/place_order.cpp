#include "sim/place_order.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

namespace domino::sim {

PlaceOrder order_places(const World& world) {
    const auto count = static_cast<std::uint32_t>(world.places.size());
    std::vector<std::uint32_t> place_at(count);
    std::iota(place_at.begin(), place_at.end(), 0U);
    std::sort(place_at.begin(), place_at.end(), [&](std::uint32_t a, std::uint32_t b) {
        const PlaceInputs &first = world.places[a], &second = world.places[b];
        return std::tie(first.country, first.curve_index, first.key) <
               std::tie(second.country, second.curve_index, second.key);
    });
    std::vector<std::uint32_t> position_of(count);
    std::vector<std::uint32_t> country_begin(world.countries.size() + 1, 0);
    for (std::uint32_t n = 0; n < count; ++n) {
        position_of[place_at[n]] = n;
        ++country_begin[world.places[place_at[n]].country + 1U];
    }
    std::partial_sum(country_begin.begin(), country_begin.end(), country_begin.begin());
    return {std::move(place_at), std::move(position_of), std::move(country_begin)};
}

}  // namespace domino::sim
