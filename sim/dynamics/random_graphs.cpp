#include "sim/dynamics/random_graphs.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "geo/portable_math.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t pair_draw = sub_of("pair of a random graph");

std::vector<NodeId> numbered_nodes(std::uint32_t nodes) {
    std::vector<NodeId> ids(nodes);
    for (std::uint32_t i = 0; i < nodes; ++i) ids[i] = NodeId{i};
    return ids;
}

void join(std::vector<WeightedEdge>& edges, std::uint32_t a, std::uint32_t b) {
    edges.push_back({NodeId{a}, NodeId{b}, 1.0});
    edges.push_back({NodeId{b}, NodeId{a}, 1.0});
}

/// Joins node @p later to earlier ones; the gap before the next success of Bernoulli(p) trials is geometric.
void join_to_earlier(std::vector<WeightedEdge>& edges, std::uint32_t later, double log_miss,
                     DrawAddress address) {
    address.id = later;
    double next = -1.0;
    for (address.index = 0;; ++address.index) {
        // The quotient is ≥ 0; truncation is its floor. Beyond `later` the row has ended, however far.
        next += 1.0 + static_cast<double>(static_cast<std::uint64_t>(
                          std::min(portable::log(uniform(address)) / log_miss, 1e18)));
        if (next >= later) return;
        join(edges, later, static_cast<std::uint32_t>(next));
    }
}

}  // namespace

Digraph make_random_graph(std::uint32_t nodes, double probability, std::uint64_t seed, std::uint32_t member) {
    if (!(probability >= 0.0 && probability <= 1.0))
        throw std::invalid_argument(fmt::format("{} is not a probability between 0 and 1", probability));
    if (probability == 1.0) return make_complete_graph(nodes);
    std::vector<WeightedEdge> edges;
    if (probability > 0.0) {
        const double log_miss = portable::log1p(-probability);
        for (std::uint32_t later = 1; later < nodes; ++later)
            join_to_earlier(edges, later, log_miss, {seed, Process::dynamics, pair_draw, member});
    }
    return Digraph(std::move(edges), numbered_nodes(nodes));
}

Digraph make_ring_lattice(std::uint32_t nodes, std::uint32_t reach) {
    if (reach < 1 || std::uint64_t{reach} * 2 >= nodes)
        throw std::invalid_argument(fmt::format(
            "a ring of {} nodes cannot join each to {} on each side; take 1 or more, and more than twice as "
            "many nodes",
            nodes, reach));
    std::vector<WeightedEdge> edges;
    for (std::uint32_t i = 0; i < nodes; ++i)
        for (std::uint32_t step = 1; step <= reach; ++step)
            join(edges, i, static_cast<std::uint32_t>((std::uint64_t{i} + step) % nodes));
    return Digraph(std::move(edges));
}

Digraph make_complete_graph(std::uint32_t nodes) {
    std::vector<WeightedEdge> edges;
    edges.reserve(std::size_t{nodes} * nodes);
    for (std::uint32_t a = 0; a < nodes; ++a)
        for (std::uint32_t b = 0; b < a; ++b) join(edges, a, b);
    return Digraph(std::move(edges), numbered_nodes(nodes));
}

}  // namespace domino::sim
