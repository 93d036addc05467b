#pragma once

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/dynamics/digraph.h"

namespace domino::sim::test {

/// Edges of tests/data/graphs, both ways where the graph is undirected; nodes are numbered by name.
inline std::vector<WeightedEdge> read_public_graph(const std::string& name) {
    const std::string file = std::string(DOMINO_SOURCE_DIR) + "/tests/data/graphs/" + name + ".csv";
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line) || line != "from,to") throw std::runtime_error(file + " is no list of edges");
    std::vector<std::pair<std::string, std::string>> named;
    std::map<std::string, std::uint64_t> number;
    while (std::getline(in, line)) {
        const std::size_t comma = line.find(',');
        named.emplace_back(line.substr(0, comma), line.substr(comma + 1));
        number[named.back().first] = number[named.back().second] = 0;
    }
    std::uint64_t next = 0;
    for (auto& known : number) known.second = next++;
    std::vector<WeightedEdge> edges;
    for (const auto& [from, to] : named) edges.push_back({{number[from]}, {number[to]}, 1.0});
    return name == "celegans_neural" ? edges : both_directions(edges);
}

}  // namespace domino::sim::test
