#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/table.h"
#include "sim/dynamics/digraph.h"

namespace domino::cli {

enum class EdgeDirection : std::uint8_t { one_way, both_ways };

/// How a table of edges is to be read.
struct EdgeReading {
    std::string weight_column;  ///< empty: `weight` or `probability` where there is one
    double most_weight = 0.0;   ///< 0: any; else the largest a weight may be
    EdgeDirection direction = EdgeDirection::one_way;
};

/// A graph with the names its user gave the nodes.
struct NamedGraph {
    sim::Digraph graph;
    std::vector<std::string> names;            ///< by row
    std::optional<std::string> weight_column;  ///< where the weights come from; none: all are 1

    /// The node called @p name; throws Failure (usage), with the nearest spelling, when there is none.
    sim::NodeId node(std::string_view name) const;
    /// Rows in the order a reader expects: by number where all names are numbers, else by letters.
    std::vector<std::uint32_t> rows_by_name() const;
};

/// The nodes are called by what stands in columns `from` (or `source`) and `to` (or `target`); their draws
/// are addressed by a hash of that. Throws ProblemError with all problems, 20 told in full: missing columns,
/// empty names, a node that acts on itself, an edge told twice, weights that are missing, negative, no
/// numbers or too large.
NamedGraph read_edges(const geo::Table& table, const EdgeReading& reading);

}  // namespace domino::cli
