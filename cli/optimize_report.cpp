#include "cli/optimize_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/spread_report.h"

namespace domino::cli {
namespace {

/// What the seed adds to those before it.
double gain(const sim::InfluenceResult& found, std::size_t n) {
    return found.spread[n] - (n == 0 ? 0.0 : found.spread[n - 1]);
}

}  // namespace

std::string to_csv(const OptimizeRequest& request, const NamedGraph& graph,
                   const sim::InfluenceResult& found) {
    std::string text =
        fmt::format("# model: {}, {} reverse-reachable sets, seed {}\n# graph: {} nodes, {} edges\n",
                    request.model, found.sets, request.seed, graph.graph.nodes(), graph.graph.edges());
    text += fmt::format("# added spread: {}\n# standard error: {}\n",
                        found.spread.empty() ? 0.0 : found.spread.back(), found.standard_error);
    text += fmt::format(
        "# certificate: these add at least {:.1f}, no {} seeds add more than {:.1f}: at least {:.3f} of the "
        "best, with confidence {}\n",
        found.lower_bound, request.count, found.upper_bound, found.ratio, found.confidence);
    text += "rank,node,added_spread,gain\n";
    for (std::size_t n = 0; n < found.seeds.size(); ++n)
        text += fmt::format("{},{},{},{}\n", n + 1, quoted_csv(graph.names[found.seeds[n]]), found.spread[n],
                            gain(found, n));
    return text;
}

std::string to_json(const OptimizeRequest& request, const NamedGraph& graph,
                    const sim::InfluenceResult& found) {
    nlohmann::ordered_json all;
    all["model"] = request.model;
    all["nodes"] = graph.graph.nodes();
    all["edges"] = graph.graph.edges();
    all["seed"] = request.seed;
    all["reverse_reachable_sets"] = found.sets;
    all["added_spread"] = found.spread.empty() ? 0.0 : found.spread.back();
    all["standard_error"] = found.standard_error;
    all["certificate"] = {{"lower_bound", found.lower_bound},
                          {"upper_bound", found.upper_bound},
                          {"ratio", found.ratio},
                          {"ratio_asked", request.ratio},
                          {"reached", found.reached},
                          {"confidence", found.confidence}};
    auto seeds = nlohmann::ordered_json::array();
    for (std::size_t n = 0; n < found.seeds.size(); ++n)
        seeds.push_back({{"node", graph.names[found.seeds[n]]},
                         {"added_spread", found.spread[n]},
                         {"gain", gain(found, n)}});
    all["seeds"] = std::move(seeds);
    return all.dump(2) + "\n";
}

}  // namespace domino::cli
