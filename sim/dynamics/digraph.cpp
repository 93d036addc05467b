#include "sim/dynamics/digraph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace domino::sim {
namespace {

/// SplitMix64's finaliser (Steele et al. 2014): a bijection that spreads every bit.
constexpr std::uint64_t scramble(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

/// What the draws of an edge are addressed by: both ends, and which of parallel edges it is.
constexpr std::uint64_t draw_number(NodeId from, NodeId to, std::uint64_t ordinal) {
    const std::uint64_t first = scramble(from.value + 0x9E3779B97F4A7C15ULL);
    return scramble(scramble(first + to.value) + ordinal);
}

void check_edges(std::span<const WeightedEdge> edges) {
    for (const WeightedEdge& edge : edges) {
        const auto refuse = [&](const char* why) {
            throw std::invalid_argument(fmt::format("edge {} -> {} of weight {}: {}", edge.from.value,
                                                    edge.to.value, edge.weight, why));
        };
        if (!std::isfinite(edge.weight) || edge.weight < 0.0) refuse("a weight is finite and not negative");
        if (edge.from == edge.to) refuse("a node does not act on itself");
    }
}

}  // namespace

std::vector<WeightedEdge> both_directions(std::span<const WeightedEdge> edges) {
    std::vector<WeightedEdge> both;
    both.reserve(edges.size() * 2);
    for (const WeightedEdge& edge : edges) {
        both.push_back(edge);
        both.push_back({edge.to, edge.from, edge.weight});
    }
    return both;
}

Digraph::Digraph(std::vector<WeightedEdge> edges, std::span<const NodeId> more_nodes) {
    check_edges(edges);
    std::sort(edges.begin(), edges.end(), [](const WeightedEdge& a, const WeightedEdge& b) {
        if (a.from != b.from) return a.from < b.from;
        if (a.to != b.to) return a.to < b.to;
        return a.weight < b.weight;
    });
    ids_.assign(more_nodes.begin(), more_nodes.end());
    for (const WeightedEdge& edge : edges) {
        ids_.push_back(edge.from);
        ids_.push_back(edge.to);
    }
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    if (ids_.size() > std::numeric_limits<std::uint32_t>::max())
        throw std::invalid_argument("a graph has at most 4,294,967,295 nodes");

    out_.assign(ids_.size() + 1, 0);
    out_target_.reserve(edges.size());
    out_weight_.reserve(edges.size());
    out_draw_.reserve(edges.size());
    std::uint32_t from_row = 0;
    std::uint64_t ordinal = 0;
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const WeightedEdge& edge = edges[e];
        while (ids_[from_row] != edge.from) ++from_row;
        const bool parallel = e > 0 && edges[e - 1].from == edge.from && edges[e - 1].to == edge.to;
        ordinal = parallel ? ordinal + 1 : 0;
        ++out_[from_row + 1];
        out_target_.push_back(row(edge.to));
        out_weight_.push_back(edge.weight);
        out_draw_.push_back(draw_number(edge.from, edge.to, ordinal));
    }
    for (std::size_t r = 0; r < ids_.size(); ++r) out_[r + 1] += out_[r];
    fill_in_rows();
}

void Digraph::fill_in_rows() {
    in_.assign(ids_.size() + 1, 0);
    for (const std::uint32_t target : out_target_) ++in_[target + 1];
    for (std::size_t r = 0; r < ids_.size(); ++r) in_[r + 1] += in_[r];
    in_source_.resize(edges());
    in_weight_.resize(edges());
    in_draw_.resize(edges());
    std::vector<std::size_t> next(in_.begin(), in_.end() - 1);
    // Sources come by in ascending order, so every row ends up sorted.
    for (std::uint32_t source = 0; source < ids_.size(); ++source) {
        for (std::size_t e = out_[source]; e < out_[source + 1]; ++e) {
            const std::size_t at = next[out_target_[e]]++;
            in_source_[at] = source;
            in_weight_[at] = out_weight_[e];
            in_draw_[at] = out_draw_[e];
        }
    }
}

std::uint32_t Digraph::row(NodeId id) const {
    const auto found = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (found == ids_.end() || *found != id)
        throw std::invalid_argument(fmt::format("the graph has no node {}", id.value));
    return static_cast<std::uint32_t>(found - ids_.begin());
}

std::vector<std::uint32_t> Digraph::rows(std::span<const NodeId> ids) const {
    std::vector<std::uint32_t> found;
    found.reserve(ids.size());
    for (const NodeId id : ids) found.push_back(row(id));
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

double Digraph::in_weight(std::uint32_t row) const {
    double sum = 0.0;
    for (const double weight : in_weights(row)) sum += weight;
    return sum;
}

Digraph Digraph::with_weight(double weight) const {
    if (!std::isfinite(weight) || weight < 0.0)
        throw std::invalid_argument(fmt::format("weight {}: a weight is finite and not negative", weight));
    Digraph graph = *this;
    std::fill(graph.out_weight_.begin(), graph.out_weight_.end(), weight);
    std::fill(graph.in_weight_.begin(), graph.in_weight_.end(), weight);
    return graph;
}

Digraph Digraph::with_in_degree_weights() const {
    Digraph graph = *this;
    for (std::size_t e = 0; e < edges(); ++e) graph.out_weight_[e] = 1.0 / in_degree(out_target_[e]);
    graph.fill_in_rows();
    return graph;
}

}  // namespace domino::sim
