#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace domino::sim {

/// What a node is, wherever it stands in a file or an array. Random draws are addressed by it, so that
/// neither the order of edges nor a node added elsewhere moves anybody's draw.
struct NodeId {
    std::uint64_t value = 0;

    friend auto operator<=>(const NodeId&, const NodeId&) = default;
};

/// A directed edge: `from` acts on `to`. What the weight means (probability, influence, strength of a tie) is
/// the dynamics' business.
struct WeightedEdge {
    NodeId from;
    NodeId to;
    double weight = 1.0;

    friend auto operator<=>(const WeightedEdge&, const WeightedEdge&) = default;
};

/// Each edge, and the same edge the other way round.
std::vector<WeightedEdge> both_directions(std::span<const WeightedEdge> edges);

/// A directed graph in compressed rows, frozen. Rows are nodes in ascending order of id; within a row edges
/// stand in ascending order of the other end. The same nodes and edges give the same bytes in any order.
/// Parallel edges are kept as they are: each acts on its own.
class Digraph {
 public:
    Digraph() = default;
    /// The nodes are the ends of @p edges and @p more_nodes (repetitions are fine). Throws
    /// std::invalid_argument naming the edge when a weight is negative or not finite or a node acts on
    /// itself.
    explicit Digraph(std::vector<WeightedEdge> edges, std::span<const NodeId> more_nodes = {});

    std::size_t nodes() const { return ids_.size(); }
    std::size_t edges() const { return out_target_.size(); }

    NodeId id(std::uint32_t row) const { return ids_[row]; }
    /// Throws std::invalid_argument when no node has this id.
    std::uint32_t row(NodeId id) const;
    /// Rows of the ids, ascending, each once. Throws as row().
    std::vector<std::uint32_t> rows(std::span<const NodeId> ids) const;

    /// Edges that leave @p row: their targets, weights, and the numbers their draws are addressed by.
    std::span<const std::uint32_t> targets(std::uint32_t row) const { return slice(out_target_, out_, row); }
    std::span<const double> out_weights(std::uint32_t row) const { return slice(out_weight_, out_, row); }
    std::span<const std::uint64_t> out_draws(std::uint32_t row) const { return slice(out_draw_, out_, row); }

    /// Edges that enter @p row, the same three.
    std::span<const std::uint32_t> sources(std::uint32_t row) const { return slice(in_source_, in_, row); }
    std::span<const double> in_weights(std::uint32_t row) const { return slice(in_weight_, in_, row); }
    std::span<const std::uint64_t> in_draws(std::uint32_t row) const { return slice(in_draw_, in_, row); }

    /// Number of the first edge that leaves @p row; the others follow. For values kept beside the edges.
    std::size_t first_out_edge(std::uint32_t row) const { return out_[row]; }

    std::uint32_t in_degree(std::uint32_t row) const {
        return static_cast<std::uint32_t>(in_[row + 1] - in_[row]);
    }
    /// Sum of the weights of the edges that enter @p row, in row order.
    double in_weight(std::uint32_t row) const;

    /// The same edges with every weight @p weight (independent cascade with one probability). Throws
    /// std::invalid_argument when it is negative or not finite.
    Digraph with_weight(double weight) const;
    /// The same edges with weight 1 / in-degree of their target (linear threshold, weighted cascade).
    Digraph with_in_degree_weights() const;

    friend bool operator==(const Digraph&, const Digraph&) = default;

 private:
    template <class T>
    static std::span<const T> slice(const std::vector<T>& values, const std::vector<std::size_t>& begin,
                                    std::uint32_t row) {
        return {values.data() + begin[row], begin[row + 1] - begin[row]};
    }
    void fill_in_rows();

    std::vector<NodeId> ids_;
    std::vector<std::size_t> out_{0};
    std::vector<std::uint32_t> out_target_;
    std::vector<double> out_weight_;
    std::vector<std::uint64_t> out_draw_;
    std::vector<std::size_t> in_{0};
    std::vector<std::uint32_t> in_source_;
    std::vector<double> in_weight_;
    std::vector<std::uint64_t> in_draw_;
};

}  // namespace domino::sim
