#include "sim/dynamics/linear_threshold.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t threshold_draw = sub_of("threshold of a node");
constexpr std::uint32_t live_draw = sub_of("live edge of a node");
constexpr std::uint32_t reverse_draw = sub_of("reverse live edge of a node");

double node_draw(SpreadMember member, std::uint32_t what, NodeId id) {
    return uniform({member.seed, Process::dynamics, what, member.member, 0, id.value});
}

}  // namespace

LinearThreshold::LinearThreshold(Digraph graph)
    : graph_(std::move(graph)), live_from_(graph_.edges()), live_to_(graph_.edges()) {
    std::vector<double> filled(graph_.nodes(), 0.0);
    for (std::uint32_t source = 0; source < graph_.nodes(); ++source) {
        const auto targets = graph_.targets(source);
        const auto weights = graph_.out_weights(source);
        for (std::size_t e = 0; e < targets.size(); ++e) {
            const std::size_t edge = graph_.first_out_edge(source) + e;
            live_from_[edge] = filled[targets[e]];
            live_to_[edge] = filled[targets[e]] += weights[e];
        }
    }
    for (std::uint32_t row = 0; row < graph_.nodes(); ++row) {
        if (filled[row] <= 1.0 + 1e-9) continue;
        throw std::invalid_argument(
            fmt::format("the weights of the edges into node {} sum to {}: linear threshold takes at most 1",
                        graph_.id(row).value, filled[row]));
    }
}

void LinearThreshold::run_thresholds(std::span<const std::uint32_t> seeds, SpreadMember member,
                                     Activation& active) const {
    active.start(seeds);
    for (std::size_t next = 0; next < active.size(); ++next) {
        const std::uint32_t row = active[next];
        const auto targets = graph_.targets(row);
        const auto weights = graph_.out_weights(row);
        for (std::size_t e = 0; e < targets.size(); ++e) {
            const std::uint32_t target = targets[e];
            if (weights[e] == 0.0 || active.contains(target)) continue;
            const double influence = active.add_influence(target, weights[e]);
            if (influence >= node_draw(member, threshold_draw, graph_.id(target))) active.activate(target);
        }
    }
}

void LinearThreshold::run_live_edges(std::span<const std::uint32_t> seeds, SpreadMember member,
                                     Activation& active) const {
    active.start(seeds);
    for (std::size_t next = 0; next < active.size(); ++next) {
        const std::uint32_t row = active[next];
        const auto targets = graph_.targets(row);
        for (std::size_t e = 0; e < targets.size(); ++e) {
            if (active.contains(targets[e])) continue;
            const double draw = node_draw(member, live_draw, graph_.id(targets[e]));
            const std::size_t edge = graph_.first_out_edge(row) + e;
            if (draw >= live_from_[edge] && draw < live_to_[edge]) active.activate(targets[e]);
        }
    }
}

void LinearThreshold::run_reverse(std::uint32_t target, SpreadMember member, Activation& reached) const {
    reached.start({&target, 1});
    for (std::size_t next = 0; next < reached.size(); ++next) {
        const auto sources = graph_.sources(reached[next]);
        const auto weights = graph_.in_weights(reached[next]);
        const double draw = node_draw(member, reverse_draw, graph_.id(reached[next]));
        double upto = 0.0;
        for (std::size_t e = 0; e < sources.size(); ++e) {
            upto += weights[e];
            if (draw >= upto) continue;
            reached.activate(sources[e]);
            break;
        }
    }
}

}  // namespace domino::sim
