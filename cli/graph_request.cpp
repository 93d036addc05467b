#include "cli/graph_request.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/failure.h"
#include "cli/number_check.h"
#include "cli/reading.h"
#include "geo/io/table.h"
#include "geo/problem.h"

namespace domino::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) {
    throw Failure(ExitCode::usage, message);
}

/// Linear threshold takes incoming weights up to 1 together; tells every node that has more.
void check_sums(const NamedGraph& named, const std::string& file) {
    constexpr std::size_t most_told = 20;
    std::vector<geo::Problem> problems;
    for (const std::uint32_t row : named.rows_by_name()) {
        const double sum = named.graph.in_weight(row);
        if (sum <= 1.0 + 1e-9) continue;
        problems.push_back({file,
                            fmt::format("the weights of edges to \"{}\" sum to {}", named.names[row], sum),
                            "--model lt takes at most 1 a node", "scale them, or say --in-degree"});
        if (problems.size() == most_told) break;
    }
    if (!problems.empty()) throw geo::ProblemError(std::move(problems));
}

sim::ExposureScale exposure_scale(const std::string& name) {
    if (name == "share") return sim::ExposureScale::share;
    return name == "sum" ? sim::ExposureScale::sum : sim::ExposureScale::bounded;
}

/// A shorter last step would be left out without a word.
sim::HazardClock whole_steps(double step_years, double until_years) {
    const sim::HazardClock clock = sim::make_clock(step_years, until_years);
    const double reached = clock.steps * step_years;
    if (until_years - reached > 1e-6 * step_years)
        throw Failure(ExitCode::usage,
                      fmt::format("--until {} is no whole number of steps of {:.6g} years; say "
                                  "--until {:.6g} or {:.6g}, or another --dt",
                                  until_years, step_years, reached, reached + step_years));
    return clock;
}

}  // namespace

bool GraphRequest::given(const char* option) const {
    return command->get_option_no_throw(option) != nullptr && command->count(option) > 0;
}

void add_graph_options(CLI::App& command, GraphRequest& request, const ModelChoice& models) {
    request.command = &command;
    std::vector<std::string> names, described;
    for (const auto& [name, what] : models) {
        names.push_back(name);
        described.push_back(name + ": " + what);
    }
    command.add_option("EDGES", request.edges, "CSV with columns from, to and, if edges differ, weight")
        ->required()
        ->type_name("");
    command.add_option("--model", request.model, fmt::format("{}", fmt::join(described, "; ")))
        ->required()
        ->check(CLI::IsMember(names))
        ->type_name("MODEL");
    command.add_option("--weight", request.weight_column, "Column of the weights, in place of weight")
        ->type_name("COLUMN");
    command.add_option("--probability", request.probability, "ic: the same probability for every edge")
        ->check(number_from(0.0, LowEnd::included, 1.0))
        ->type_name("P");
    command.add_flag("--in-degree", request.by_in_degree,
                     "ic, lt: weight 1/in-degree for every edge (lt's own default without weights)");
    command.add_flag("--undirected", request.undirected, "Every edge acts both ways");
}

void add_hazard_options(CLI::App& command, GraphRequest& request) {
    command.add_option("--p", request.spontaneous, "hazard: own rate a year")->type_name("RATE");
    command.add_option("--q", request.contagion, "hazard: rate a year at exposure 1")->type_name("RATE");
    command.add_option("--dt", request.step_years, "hazard: step in years; a month if not given")
        ->type_name("YEARS");
    command.add_option("--until", request.until_years, "hazard: years to run; 10 if not given")
        ->type_name("YEARS");
    command
        .add_option(
            "--exposure", request.exposure,
            "hazard: weights of active neighbours divided by max(1, all weights) (bounded, if not given), "
            "by all weights (share), or as they are (sum)")
        ->check(CLI::IsMember({"bounded", "share", "sum"}))
        ->type_name("SCALE");
}

void add_draw_options(CLI::App& command, GraphRequest& request) {
    command.add_option("--seed", request.seed, "Seed of the draws; 1 if not given")
        ->type_name("N")
        ->check(seed_number());
    command
        .add_option("--threads", request.threads, "Threads; 0 takes all cores. Results do not depend on it")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
}

void check_graph_options(const GraphRequest& request, const std::vector<OptionModels>& more) {
    std::vector<OptionModels> all = {
        {"--probability", {"ic"}},
        {"--in-degree", {"ic", "lt"}},
        {"--weight", {"ic", "lt", "hazard"}},
        {"--seed", {"ic", "lt", "hazard"}},
        {"--threads", {"ic", "lt", "hazard"}},
        {"--p", {"hazard"}},
        {"--q", {"hazard"}},
        {"--dt", {"hazard"}},
        {"--until", {"hazard"}},
        {"--exposure", {"hazard"}},
    };
    all.insert(all.end(), more.begin(), more.end());
    std::sort(all.begin(), all.end());
    for (const auto& [option, models] : all) {
        if (!request.given(option.c_str())) continue;
        if (std::find(models.begin(), models.end(), request.model) == models.end())
            refuse(fmt::format("{} means nothing to --model {}; it belongs to {}", option, request.model,
                               fmt::join(models, ", ")));
    }
    if (request.model == "hazard" && !request.given("--p") && !request.given("--q"))
        refuse("--model hazard takes rates a year: --p of its own, --q from all neighbours active, or both");
    if (request.by_in_degree && (request.given("--probability") || request.given("--weight")))
        refuse("--in-degree gives every edge its weight; leave out --probability and --weight");
    if (request.given("--probability") && request.given("--weight"))
        refuse("say --probability for all edges alike or --weight for a column, not both");
}

NamedGraph read_graph(const GraphRequest& request, Console& console) {
    EdgeReading reading;
    reading.weight_column = request.weight_column;
    const bool weights_matter =
        request.model != "threshold" && !request.by_in_degree && !request.given("--probability");
    if (request.model == "ic" && weights_matter) reading.most_weight = 1.0;
    if (request.undirected) reading.direction = EdgeDirection::both_ways;
    Reading told(console, [] {});
    NamedGraph graph = read_edges(
        geo::io::read_table(request.edges, ',', scenarios::progress_of(told.listener(), request.edges)),
        reading);
    if (graph.weight_column && !weights_matter)
        console.info(fmt::format("the column {} is not used", *graph.weight_column));
    if (request.given("--probability")) graph.graph = graph.graph.with_weight(request.probability);
    if (request.by_in_degree || (request.model == "lt" && !graph.weight_column))
        graph.graph = graph.graph.with_in_degree_weights();
    if (request.model == "lt") check_sums(graph, request.edges);
    if (request.model == "ic" && weights_matter && !graph.weight_column)
        refuse(
            fmt::format("\"{}\" has no column weight or probability; say --probability P for all edges, "
                        "--in-degree, or --weight COLUMN",
                        request.edges));
    return graph;
}

sim::HazardSpread hazard_model(const GraphRequest& request, const NamedGraph& graph) {
    return {graph.graph,
            {request.spontaneous, request.contagion, exposure_scale(request.exposure)},
            whole_steps(request.step_years, request.until_years)};
}

}  // namespace domino::cli
