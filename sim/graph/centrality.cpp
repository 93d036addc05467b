#include "sim/graph/centrality.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/property_map/property_map.hpp>

namespace domino::sim {

std::vector<double> page_rank(std::span<const FrozenLayer> layers, std::size_t places, Month alive) {
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
    if (places == 0) return {};
    Graph graph(places);
    for (const FrozenLayer& layer : layers) {
        for (std::uint32_t target = 0; target + 1 < layer.row_begin.size(); ++target) {
            for (std::uint32_t e = layer.row_begin[target]; e < layer.row_begin[target + 1]; ++e) {
                if (layer.dated() && (alive < layer.from[e] || layer.to[e] <= alive)) continue;
                boost::add_edge(target, layer.source[e], graph);
            }
        }
    }
    constexpr double damping = 0.85;
    constexpr std::size_t rounds = 100;
    std::vector<double> rank(places), next(places);
    const auto index = boost::get(boost::vertex_index, graph);
    boost::graph::page_rank(graph, boost::make_iterator_property_map(rank.begin(), index),
                            boost::graph::n_iterations(rounds), damping, places,
                            boost::make_iterator_property_map(next.begin(), index));
    return rank;
}

}  // namespace domino::sim
