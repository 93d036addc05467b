#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cli/console.h"
#include "cli/spread_edges.h"
#include "sim/dynamics/hazard_spread.h"

namespace CLI {
class App;
}

namespace domino::cli {

/// A user's own edges, and what happens along them.
struct GraphRequest {
    std::string edges;
    std::string model;
    std::string weight_column;
    double probability = 1.0;
    double spontaneous = 0.0;
    double contagion = 0.0;
    double step_years = 1.0 / 12.0;
    double until_years = 10.0;
    std::string exposure = "bounded";
    std::uint64_t seed = 1;
    int threads = 0;
    bool undirected = false;
    bool by_in_degree = false;
    CLI::App* command = nullptr;

    /// Whether the option stands on the command line.
    bool given(const char* option) const;
};

/// Models by name, and what they are.
using ModelChoice = std::vector<std::pair<std::string, std::string>>;

/// EDGES, --model and what weighs edges; remembers the command in the request.
void add_graph_options(CLI::App& command, GraphRequest& request, const ModelChoice& models);
void add_hazard_options(CLI::App& command, GraphRequest& request);
/// --seed and --threads.
void add_draw_options(CLI::App& command, GraphRequest& request);

/// An option and the models it means something to.
using OptionModels = std::pair<std::string, std::vector<std::string>>;

/// Throws Failure (usage) for options that contradict each other or mean nothing to the model: elsewhere they
/// would silently do nothing. `more` are the command's own.
void check_graph_options(const GraphRequest& request, const std::vector<OptionModels>& more);

/// The graph with the weights its model wants. Throws Failure (usage) or ProblemError.
NamedGraph read_graph(const GraphRequest& request, Console& console);

/// Throws std::invalid_argument as the model does, Failure (usage) for an end between two steps.
sim::HazardSpread hazard_model(const GraphRequest& request, const NamedGraph& graph);

}  // namespace domino::cli
