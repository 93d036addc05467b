#pragma once

#include <cstdint>
#include <vector>

#include "sim/prepared_world.h"

namespace domino::sim {

/// `E_i(t) = Σ_j w_ij(t) y_j / N_i(t)` of one place in one layer, summed in edge order (model §1). `state`
/// holds y in [0, 1] by place; the result is in [0, 1]. 0 for a place without edges.
template <class State>
double exposure(const PreparedLayer& layer, std::uint32_t place, int step, int steps,
                const std::vector<State>& state) {
    const std::size_t begin = layer.row_begin[place];
    const std::size_t end = layer.row_begin[place + 1];
    double sum = 0.0;
    if (!layer.dated()) {
        for (std::size_t e = begin; e < end; ++e)
            sum += layer.weight[e] * static_cast<double>(state[layer.source[e]]);
        return sum;
    }
    if (begin == end) return 0.0;
    for (std::size_t e = begin; e < end; ++e) {
        if (layer.live(e, step)) sum += layer.weight[e] * static_cast<double>(state[layer.source[e]]);
    }
    return sum * layer.scale(place, step, steps);
}

/// How a layer's exposure enters the hazard: itself, or whether it has reached the threshold φ.
inline double respond(Response response, double exposure_value, double threshold) {
    if (response == Response::exposure) return exposure_value;
    return exposure_value >= threshold ? 1.0 : 0.0;
}

}  // namespace domino::sim
