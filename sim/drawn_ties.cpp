#include "sim/drawn_ties.h"

#include "geo/portable_math.h"

namespace domino::sim {
namespace {

bool certain(const Prior& prior) {
    return prior == fixed(1.0);
}

bool draws_layer(const World& world, std::size_t layer) {
    const LayerCoupling& coupling = world.couplings[layer];
    const bool intensity = !world.layers[layer].drawn_weight.empty() && !certain(coupling.drawn_weight);
    return intensity || !certain(coupling.decay_ratio);
}

}  // namespace

bool draws_ties(const World& world) {
    for (std::size_t l = 0; l < world.layers.size(); ++l) {
        if (draws_layer(world, l)) return true;
    }
    return false;
}

bool same_weights(const PreparedLayer& a, const PreparedLayer& b) {
    return a.weight == b.weight && a.inverse_normaliser == b.inverse_normaliser;
}

std::vector<double> drawn_weights(const World& world, std::size_t layer, const LayerDraws& draws) {
    const FrozenLayer& frozen = world.layers[layer];
    std::vector<double> weight = frozen.weight;
    for (std::size_t e = 0; e < frozen.drawn_weight.size(); ++e)
        weight[e] += (draws.drawn_weight - 1.0) * frozen.drawn_weight[e];
    if (certain(world.couplings[layer].decay_ratio)) return weight;
    for (std::size_t e = 0; e < weight.size(); ++e) {
        const double people = world.places[frozen.source[e]].population;
        if (!(people > 0.0) || !(weight[e] > 0.0)) continue;
        weight[e] = people * portable::exp(portable::log(weight[e] / people) / draws.decay_ratio);
    }
    return weight;
}

PreparedWorld with_drawn_ties(const PreparedWorld& prepared, const MemberDraws& draws) {
    PreparedWorld own = prepared;
    for (std::size_t l = 0; l < own.layers.size(); ++l) {
        if (draws_layer(*prepared.world, l))
            own.layers[l] = with_weights(prepared.layers[l],
                                         drawn_weights(*prepared.world, l, draws.layers[l]), prepared.steps);
    }
    return own;
}

}  // namespace domino::sim
