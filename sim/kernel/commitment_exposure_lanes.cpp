// What places are exposed to: those that commit push their weights along their outgoing edges.
#include <algorithm>

#include "sim/kernel/commitment_lanes.h"

namespace domino::sim {

const PreparedLayer& CommitmentLanes::own_ties(const Layer& layer, std::size_t member) const {
    return members_[member].ties->layers[layer.number];
}

IntLanes& CommitmentLanes::exposure(Layer& layer, std::uint32_t place) const {
    const PreparedLayer& ties = prepared_.layers[layer.number];
    return layer.exposure[ties.dated() ? ties.row_slot[place] : place];
}

void CommitmentLanes::add_undated(const Layer& layer, std::uint32_t outgoing, MemberBits sources,
                                  IntLanes& sum) const {
    if (layer.drawn) {
        const IntLanes& weight = layer.drawn_weight[outgoing];
        each_member(sources, [&](std::size_t m) { sum[m] += weight[m]; });
    } else {
        const std::int32_t weight = layer.weight[outgoing];
        each_member(sources, [&](std::size_t m) { sum[m] += weight; });
    }
}

void CommitmentLanes::add_dated(const Layer& layer, std::uint32_t place, std::uint32_t edge,
                                MemberBits sources, int step, IntLanes& sum) const {
    const auto weight_in = [&](const PreparedLayer& ties) {
        return ties.fixed_weight(edge, ties.exponent(place, step, prepared_.steps));
    };
    if (layer.drawn) {
        each_member(sources, [&](std::size_t m) { sum[m] += weight_in(own_ties(layer, m)); });
    } else {
        const std::int32_t weight = weight_in(prepared_.layers[layer.number]);
        each_member(sources, [&](std::size_t m) { sum[m] += weight; });
    }
}

/// What a place is exposed to at `step` along a dated layer, from those known to have committed.
void CommitmentLanes::sum_row(Layer& layer, std::uint32_t place, int step) {
    const PreparedLayer& ties = prepared_.layers[layer.number];
    if (ties.row_slot[place] == PreparedLayer::no_slot) return;
    IntLanes& sum = exposure(layer, place);
    sum = {};
    for (std::uint32_t e = ties.row_begin[place]; e < ties.row_begin[place + 1]; ++e) {
        const MemberBits sources = committed_[ties.source[e]];
        if (sources != 0 && ties.live(e, step)) add_dated(layer, place, e, sources, step, sum);
    }
}

/// Exposures just before `step`: edges that begin or end with it are yet to do so.
void CommitmentLanes::expose_anew(Layer& layer, int step) {
    if (prepared_.layers[layer.number].dated()) {
        for (std::uint32_t i = 0; i < prepared_.places; ++i) sum_row(layer, i, step - 1);
        return;
    }
    std::fill(layer.exposure.begin(), layer.exposure.end(), IntLanes{});
    const OutgoingEdges& out = prepared_.layers[layer.number].outgoing;
    for (std::uint32_t source = 0; source < prepared_.places; ++source) {
        if (committed_[source] == 0) continue;
        for (std::uint32_t n = out.begin[source]; n < out.begin[source + 1]; ++n)
            add_undated(layer, n, committed_[source], layer.exposure[out.target[n]]);
    }
}

/// Where edges begin or end, rows are summed anew: with what begins, the exponent of the row may grow.
void CommitmentLanes::change_edges(Layer& layer, int step) {
    const FrozenArray<RowChange>& changes = prepared_.layers[layer.number].changes;
    const RowChange* change = std::lower_bound(changes.begin(), changes.end(), step,
                                               [](const RowChange& c, int at) { return c.step < at; });
    for (; change != changes.end() && change->step == step; ++change) {
        if (waiting_[change->place] != 0) sum_row(layer, change->place, step);
    }
}

void CommitmentLanes::push(Layer& layer, const Reached& source, int step) {
    const PreparedLayer& ties = prepared_.layers[layer.number];
    const OutgoingEdges& out = ties.outgoing;
    const bool dated = ties.dated();
    const std::uint32_t end = out.begin[source.place + 1];
    for (std::uint32_t n = out.begin[source.place]; n < end; ++n) {
        const std::uint32_t target = out.target[n];
        // Nobody looks again at what a place that has committed everywhere is exposed to.
        if (waiting_[target] == 0 || !ties.live(out.edge[n], step)) continue;
        IntLanes& sum = exposure(layer, target);
        if (dated) {
            add_dated(layer, target, out.edge[n], source.members, step, sum);
        } else {
            add_undated(layer, n, source.members, sum);
        }
        if (!layer.coercive) continue;
        MemberBits weighty = 0;
        each_member(source.members, [&](std::size_t m) {
            if (own_ties(layer, m).weight[out.edge[n]] > 0.0)
                weighty = static_cast<MemberBits>(weighty | 1U << m);
        });
        if (weighty != 0) coerce(layer, target, weighty);
    }
}

void CommitmentLanes::coerce(const Layer& layer, std::uint32_t target, MemberBits sources) {
    if (is_coerced_[target] == 0) {
        is_coerced_[target] = 1;
        coerced_places_.push_back(target);
        coerced_[target] = {};
    }
    each_member(sources, [&](std::size_t m) {
        coerced_[target][m] = add_coercion(coerced_[target][m], layer.coercion[m]);
    });
}

}  // namespace domino::sim
