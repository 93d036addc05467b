#pragma once

#include <cstdint>
#include <vector>

#include "sim/prepared_world.h"

namespace domino::sim {

/// Reverse of exposure(): adds `by` times the derivatives of a place's exposure with respect to the state of
/// its sources.
inline void exposure_reverse(const PreparedLayer& layer, std::uint32_t place, int step, int steps, double by,
                             std::vector<double>& by_state) {
    const std::size_t begin = layer.row_begin[place];
    const std::size_t end = layer.row_begin[place + 1];
    if (begin == end) return;
    if (!layer.dated()) {
        for (std::size_t e = begin; e < end; ++e) by_state[layer.source[e]] += layer.weight[e] * by;
        return;
    }
    const double scaled = by * layer.scale(place, step, steps);
    for (std::size_t e = begin; e < end; ++e) {
        if (layer.live(e, step)) by_state[layer.source[e]] += layer.weight[e] * scaled;
    }
}

}  // namespace domino::sim
