#include "sim/kernel/carried_ties.h"

#include <algorithm>

#include "sim/drawn_ties.h"

namespace domino::sim {
namespace {

bool same_for_all(const std::array<const PreparedLayer*, lane_count>& layer) {
    return std::all_of(layer.begin(), layer.end(), [&](const PreparedLayer* own) {
        return own == layer.front() || same_weights(*own, *layer.front());
    });
}

}  // namespace

CarriedTies::CarriedTies(const PreparedWorld& prepared, std::span<const PreparedWorld* const> ties_of)
    : steps_(prepared.steps), order_(prepared.order) {
    std::vector<Layer> fixed;
    std::size_t dated_edges = 0;
    for (std::size_t l = 0; l < prepared.layers.size(); ++l) {
        if (!prepared.layers[l].carries_technology) continue;
        Layer layer;
        for (std::size_t m = 0; m < lane_count; ++m) layer[m] = &ties_of[m]->layers[l];
        if (!layer.front()->dated()) {
            fixed.push_back(layer);
            continue;
        }
        live_by_member_ = live_by_member_ || !same_for_all(layer);
        dated_edges += layer.front()->source.size();
        dated_.push_back(layer);
    }
    add_fixed(fixed, order_);
    for (std::uint32_t n = 0; n < prepared.places; ++n) {
        const std::size_t i = order_.place_at[n];
        if (std::any_of(dated_.begin(), dated_.end(), [&](const Layer& layer) {
                return layer.front()->row_begin[i] < layer.front()->row_begin[i + 1];
            }))
            dated_places_.push_back(n);
    }
    live_places_.reserve(dated_places_.size());
    live_begin_.reserve(dated_places_.size() + 1);
    live_begin_.push_back(0);
    live_.source.reserve(dated_edges);
    if (live_by_member_) {
        live_.drawn.reserve(dated_edges);
    } else {
        live_.weight.reserve(dated_edges);
    }
}

void CarriedTies::add_fixed(const std::vector<Layer>& layers, const PlaceOrder& order) {
    const bool by_member =
        !std::all_of(layers.begin(), layers.end(), [](const Layer& layer) { return same_for_all(layer); });
    row_begin_.assign(1, 0);
    for (const std::uint32_t i : order.place_at) {
        for (const Layer& layer : layers) {
            for (std::size_t e = layer.front()->row_begin[i]; e < layer.front()->row_begin[i + 1]; ++e) {
                fixed_.source.push_back(order.position_of[layer.front()->source[e]]);
                if (!by_member) {
                    fixed_.weight.push_back(static_cast<float>(layer.front()->weight[e]));
                    continue;
                }
                Lanes& weight = fixed_.drawn.emplace_back();
                for (std::size_t m = 0; m < lane_count; ++m)
                    weight[m] = static_cast<float>(layer[m]->weight[e]);
            }
        }
        row_begin_.push_back(static_cast<std::uint32_t>(fixed_.source.size()));
    }
}

void CarriedTies::begin_step(int step) {
    live_places_.clear();
    live_begin_.resize(1);
    live_.source.clear();
    live_.weight.clear();
    live_.drawn.clear();
    for (const std::uint32_t position : dated_places_) {
        for (const Layer& layer : dated_) add_live(layer, order_.place_at[position], step);
        if (live_.source.size() == live_begin_.back()) continue;
        live_places_.push_back(position);
        live_begin_.push_back(static_cast<std::uint32_t>(live_.source.size()));
    }
}

void CarriedTies::add_live(const Layer& layer, std::uint32_t place, int step) {
    const PreparedLayer& ties = *layer.front();
    for (std::size_t e = ties.row_begin[place]; e < ties.row_begin[place + 1]; ++e) {
        if (!ties.live(e, step)) continue;
        live_.source.push_back(order_.position_of[ties.source[e]]);
        const auto weight_of = [&](const PreparedLayer& own) {
            return static_cast<float>(own.weight[e] * own.scale(place, step, steps_));
        };
        if (!live_by_member_) {
            live_.weight.push_back(weight_of(ties));
            continue;
        }
        Lanes& weight = live_.drawn.emplace_back();
        for (std::size_t m = 0; m < lane_count; ++m) weight[m] = weight_of(*layer[m]);
    }
}

}  // namespace domino::sim
