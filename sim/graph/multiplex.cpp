#include "sim/graph/multiplex.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <cmath>
#include <stdexcept>
#include <tuple>

namespace domino::sim {
namespace {

struct EdgeProperties {
    std::uint16_t layer = 0;
    double weight = 0.0;
    Month from{INT32_MIN};
    Month to = never;
    double drawn_weight = 0.0;
};

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property,
                                    EdgeProperties>;

/// Keeps the edges of one layer: the view a frozen layer is read from.
struct InLayer {
    const Graph* graph = nullptr;
    std::uint16_t layer = 0;

    bool operator()(const Graph::edge_descriptor& e) const { return (*graph)[e].layer == layer; }
};

void check_edge(const DatedEdge& edge, std::size_t places, const std::string& layer) {
    const auto refuse = [&](const char* why) {
        throw std::invalid_argument(
            fmt::format("layer '{}': edge {} -> {}: {}", layer, edge.source, edge.target, why));
    };
    if (edge.source >= places || edge.target >= places) refuse("an end is not a place of the world");
    if (edge.source == edge.target) refuse("a place cannot act on itself");
    if (!(edge.weight >= 0.0) || !std::isfinite(edge.weight))
        refuse("a weight must be finite and not negative");
    if (!(edge.drawn_weight >= 0.0 && edge.drawn_weight <= edge.weight))
        refuse("its drawn weight is not a part of its weight");
    if (edge.to <= edge.from) refuse("it ends before it begins");
}

auto order_key(const DatedEdge& e) {
    return std::tuple(e.target, e.source, e.from, e.to);
}

}  // namespace

struct Multiplex::Impl {
    explicit Impl(std::size_t places) : graph(places) {}
    Graph graph;
    std::vector<std::string> names;
    std::vector<LayerKind> kinds;
};

Multiplex::Multiplex(std::size_t places) : impl_(std::make_unique<Impl>(places)) {}
Multiplex::~Multiplex() = default;
Multiplex::Multiplex(Multiplex&&) noexcept = default;
Multiplex& Multiplex::operator=(Multiplex&&) noexcept = default;

std::size_t Multiplex::places() const {
    return boost::num_vertices(impl_->graph);
}

std::size_t Multiplex::edges() const {
    return boost::num_edges(impl_->graph);
}

void Multiplex::add_layer(std::string name, LayerKind kind, std::span<const DatedEdge> edges) {
    for (const DatedEdge& edge : edges) check_edge(edge, places(), name);
    std::vector<DatedEdge> sorted(edges.begin(), edges.end());
    // Weights take part in the order so that parallel edges are summed in the same order whatever came first.
    std::sort(sorted.begin(), sorted.end(), [](const DatedEdge& a, const DatedEdge& b) {
        return std::tuple_cat(order_key(a), std::tuple(a.weight, a.drawn_weight)) <
               std::tuple_cat(order_key(b), std::tuple(b.weight, b.drawn_weight));
    });
    const auto layer = static_cast<std::uint16_t>(impl_->names.size());
    impl_->names.push_back(std::move(name));
    impl_->kinds.push_back(kind);
    for (auto it = sorted.begin(); it != sorted.end();) {
        double weight = 0.0, drawn = 0.0;
        auto next = it;
        for (; next != sorted.end() && order_key(*next) == order_key(*it); ++next) {
            weight += next->weight;
            drawn += next->drawn_weight;
        }
        if (weight > 0.0) {
            boost::add_edge(it->source, it->target, EdgeProperties{layer, weight, it->from, it->to, drawn},
                            impl_->graph);
        }
        it = next;
    }
}

void Multiplex::add_layer(std::string name, LayerKind kind, std::span<const geo::Edge> edges) {
    std::vector<DatedEdge> dated;
    dated.reserve(edges.size());
    for (const geo::Edge& e : edges)
        dated.push_back(DatedEdge{e.from, e.to, e.weight, Month{INT32_MIN}, never});
    add_layer(std::move(name), kind, std::span<const DatedEdge>(dated));
}

std::vector<FrozenLayer> Multiplex::freeze() const {
    std::vector<FrozenLayer> frozen(impl_->names.size());
    for (std::size_t l = 0; l < frozen.size(); ++l) {
        FrozenLayer& layer = frozen[l];
        layer.name = impl_->names[l];
        layer.kind = impl_->kinds[l];
        const boost::filtered_graph view(impl_->graph, InLayer{&impl_->graph, static_cast<std::uint16_t>(l)});
        bool dated = false;
        layer.row_begin.push_back(0);
        std::vector<DatedEdge> row;
        for (std::uint32_t i = 0; i < places(); ++i) {
            row.clear();
            const auto [first, last] = boost::in_edges(i, view);
            for (auto e = first; e != last; ++e) {
                const EdgeProperties& p = impl_->graph[*e];
                row.push_back({static_cast<std::uint32_t>(boost::source(*e, view)), i, p.weight, p.from, p.to,
                               p.drawn_weight});
            }
            std::sort(row.begin(), row.end(),
                      [](const DatedEdge& a, const DatedEdge& b) { return order_key(a) < order_key(b); });
            for (const DatedEdge& e : row) {
                layer.source.push_back(e.source);
                layer.weight.push_back(e.weight);
                layer.drawn_weight.push_back(e.drawn_weight);
                layer.from.push_back(e.from);
                layer.to.push_back(e.to);
                dated = dated || e.from.value != INT32_MIN || e.to != never;
            }
            layer.row_begin.push_back(static_cast<std::uint32_t>(layer.source.size()));
        }
        const auto is_drawn = [](double part) { return part > 0.0; };
        if (std::none_of(layer.drawn_weight.begin(), layer.drawn_weight.end(), is_drawn))
            layer.drawn_weight.clear();
        if (!dated) {
            layer.from.clear();
            layer.to.clear();
        }
    }
    return frozen;
}

std::vector<std::uint32_t> Multiplex::components() const {
    // Weak components: Boost's undirected algorithm on the same edges without their direction.
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> undirected(places());
    const auto [first, last] = boost::edges(impl_->graph);
    for (auto e = first; e != last; ++e) {
        boost::add_edge(boost::source(*e, impl_->graph), boost::target(*e, impl_->graph), undirected);
    }
    std::vector<std::uint32_t> component(places());
    if (places() == 0) return component;
    boost::connected_components(undirected, component.data());
    return component;
}

}  // namespace domino::sim
