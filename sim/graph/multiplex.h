#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/edge_list.h"
#include "sim/calendar.h"

namespace domino::sim {

/// Which coupling a layer carries; its coefficient γ and its colour in the ledger follow from it.
enum class LayerKind : std::uint8_t { proximity, hierarchy, collaboration, network, user };

/// An edge that acts from `from` up to but not including `to`.
struct DatedEdge {
    std::uint32_t source = 0;  ///< place that acts (j)
    std::uint32_t target = 0;  ///< place acted on (i)
    double weight = 0.0;       ///< ≥ 0, finite
    Month from{INT32_MIN};
    Month to = never;
    double drawn_weight = 0.0;  ///< the part of `weight` that each member draws anew (an intensity guessed)
};

/// One layer in compressed rows: row i lists the places j that act on i, in ascending order of j.
struct FrozenLayer {
    std::string name;
    LayerKind kind = LayerKind::user;
    std::vector<std::uint32_t> row_begin;  ///< places + 1 offsets
    std::vector<std::uint32_t> source;
    std::vector<double> weight;        ///< as given; divided by `normaliser` when exposure is computed
    std::vector<double> drawn_weight;  ///< part of `weight` a member's draw multiplies; empty: none
    std::vector<Month> from;           ///< empty when every edge is always live
    std::vector<Month> to;

    bool dated() const { return !from.empty(); }
};

/// The graph of places, one layer a kind of tie. Boost.Graph stays behind this class; the kernel runs on
/// the frozen rows. Value-like: movable, not copyable.
class Multiplex {
 public:
    explicit Multiplex(std::size_t places);
    ~Multiplex();
    Multiplex(Multiplex&&) noexcept;
    Multiplex& operator=(Multiplex&&) noexcept;

    std::size_t places() const;

    /// Adds a layer. Throws std::invalid_argument naming the edge when an end is not a place, a weight is
    /// negative or not finite, or a place acts on itself. Parallel edges with the same dates are merged by
    /// sum.
    void add_layer(std::string name, LayerKind kind, std::span<const DatedEdge> edges);
    void add_layer(std::string name, LayerKind kind, std::span<const geo::Edge> edges);

    /// Layers in the order they were added, rows sorted: the same bytes for any order of input edges.
    std::vector<FrozenLayer> freeze() const;

    /// Weakly connected component of each place over all layers and dates, numbered by smallest member.
    std::vector<std::uint32_t> components() const;

    std::size_t edges() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace domino::sim
