#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cli/console.h"
#include "cli/spread_edges.h"
#include "cli/spread_request.h"

namespace domino::cli {

enum class SpreadMethod : std::uint8_t { exact, simulation };

/// What `domino spread` has found, by row of the graph.
struct SpreadAnswer {
    std::string model;
    SpreadMethod method = SpreadMethod::simulation;
    std::uint32_t members = 0;  ///< of a simulation
    std::uint64_t seed = 0;
    std::vector<std::string> seeds;
    double expected_spread = 0.0;
    double standard_error = 0.0;
    std::vector<double> probability;
    std::vector<double> probability_standard_error;
    /// (years, expected spread), where it is known over time
    std::vector<std::pair<double, double>> curve;
};

/// Runs what was asked for on a graph that has the weights its model wants. Throws Failure: usage for unknown
/// seeds and numbers no model takes, infeasible where --exact is out of reach; Interrupted or sim::Cancelled
/// on Ctrl-C.
SpreadAnswer find_answer(const SpreadRequest& request, const NamedGraph& graph, Console& console);

}  // namespace domino::cli
