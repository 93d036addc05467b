#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/frozen_array.h"
#include "sim/world.h"

namespace domino::sim {

/// The order in which loops over all places go: country by country, and within one along Hilbert's curve over
/// the map, so that what is near on the map is near in memory. Nothing a user sees stands in this order:
/// places are reported by their rows. It shows in the last digits of sums over places alone. Blocks of
/// members hold sums in it: where it changes, so must the number of their format.
struct PlaceOrder {
    FrozenArray<std::uint32_t> place_at;       ///< by position
    FrozenArray<std::uint32_t> position_of;    ///< by place
    FrozenArray<std::uint32_t> country_begin;  ///< positions of country c: [c] … [c + 1]

    std::size_t size() const { return place_at.size(); }
};

/// By country, PlaceInputs::curve_index and key: the same order of places however the rows of the world are
/// ordered.
PlaceOrder order_places(const World& world);

}  // namespace domino::sim
