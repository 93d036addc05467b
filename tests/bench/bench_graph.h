#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "geo/edge_list.h"
#include "geo/lonlat.h"

namespace domino::bench {

/// Invented cities: clustered on the sphere, people by a Pareto law, rows in no geographic order.
struct ScatteredPlaces {
    std::vector<geo::LonLat> position;
    std::vector<double> population;
    std::vector<std::uint32_t> cluster;
    std::uint32_t clusters = 0;

    std::uint32_t count() const { return static_cast<std::uint32_t>(population.size()); }
};

/// A cluster for every 200 places, at least 50, of Pareto-distributed size. The same places for the same
/// arguments on every machine.
ScatteredPlaces scatter_places(std::uint32_t count, std::uint64_t seed = 42);

/// Links to each place from its `nearest` nearest places, straight through the earth. The weight falls with
/// distance and grows with the source's people: √population / (10 km + d).
geo::EdgeList link_neighbours(const ScatteredPlaces& places, std::size_t nearest = 12);

/// `per_place` links a place on average between places drawn by people (source ∝ people^0.8, so that few
/// places act on very many; target ∝ people^0.3), weights as above.
geo::EdgeList link_by_gravity(const ScatteredPlaces& places, double per_place = 4.0, std::uint64_t seed = 42);

/// A graph in compressed rows, row = target, the weights of a row adding up to 1.
struct RowGraph {
    std::vector<std::size_t> row_begin;
    std::vector<std::uint32_t> source;
    std::vector<double> weight;
    std::vector<std::uint64_t> key;  ///< what a row's draws are addressed by

    std::size_t places() const { return key.size(); }
    std::size_t edges() const { return source.size(); }
};

/// The graph of W1: twelve neighbours and four gravity links a place, double links once.
RowGraph make_row_graph(std::uint32_t places, std::uint64_t seed = 42);

/// The format of the two below: int32 places, edges; int32 row begins (places + 1); int32 sources; float32
/// weights. Both throw std::runtime_error when the file cannot be read or written or is not such a graph.
RowGraph read_row_graph(const std::filesystem::path& file);
void write_row_graph(const RowGraph& graph, const std::filesystem::path& file);

}  // namespace domino::bench
