#include <memory>
#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/optimize_report.h"
#include "cli/output_file.h"
#include "sim/influence/cascade_sampler.h"
#include "sim/influence/hazard_sampler.h"
#include "sim/influence/influence_maximisation.h"
#include "sim/influence/threshold_sampler.h"

namespace domino::cli {
namespace {

sim::InfluenceResult find_seeds(const OptimizeRequest& request, const NamedGraph& graph, Console& console) {
    const InterruptGuard interrupt;
    sim::InfluenceOptions options;
    options.seeds = request.count;
    options.ratio = request.ratio;
    options.confidence = request.confidence;
    options.most_bytes = static_cast<std::uint64_t>(request.memory_mb * 1e6);
    options.threads = request.threads;
    options.cancelled = &interrupt.requested();
    options.progress = [&](std::uint64_t sets, double ratio) {
        console.info(fmt::format("{} sets: at least {:.3f} of the best", sets, ratio));
    };
    try {
        if (request.model == "ic") {
            const sim::IndependentCascade model(graph.graph);
            return maximise_influence(sim::CascadeSampler(model, request.seed), options);
        }
        if (request.model == "lt") {
            const sim::LinearThreshold model(graph.graph);
            return maximise_influence(sim::ThresholdSampler(model, request.seed), options);
        }
        const sim::HazardSpread model = hazard_model(request, graph);
        return maximise_influence(sim::HazardSampler(model, request.seed), options);
    } catch (const std::invalid_argument& error) {
        throw Failure(ExitCode::usage, fmt::format("--model {}: {}", request.model, error.what()));
    }
}

void check_count(const OptimizeRequest& request, const NamedGraph& graph) {
    const std::size_t nodes = graph.graph.nodes();
    if (request.count <= nodes) return;
    throw Failure(ExitCode::infeasible,
                  fmt::format("--count {}: \"{}\" has {} nodes; ask for at most as many", request.count,
                              request.edges, nodes));
}

ExitCode optimize(const OptimizeRequest& request, Session& session) {
    check_graph_options(request, {});
    check_output_file(request.output, request.overwrite);
    const NamedGraph graph = read_graph(request, session.console);
    check_count(request, graph);
    const sim::InfluenceResult found = find_seeds(request, graph, session.console);
    if (!found.reached)
        session.console.warn(fmt::format(
            "--memory ended the search at {:.3f} of the best; {} was asked for: allow more, or ask "
            "for less",
            found.ratio, request.ratio));
    if (found.seeds.size() < request.count)
        session.console.warn(
            fmt::format("{} seeds reach all there is to reach; more would add nothing", found.seeds.size()));
    const std::string text = session.json ? to_json(request, graph, found) : to_csv(request, graph, found);
    if (request.output.empty()) {
        print_data(text);
        return ExitCode::done;
    }
    write_output_file(request.output, text);
    session.console.info(fmt::format("{} seeds add {:.1f} (standard error {:.1f}); wrote {}",
                                     found.seeds.size(), found.spread.empty() ? 0.0 : found.spread.back(),
                                     found.standard_error, request.output));
    return ExitCode::done;
}

void add_search_options(CLI::App& command, OptimizeRequest& request) {
    command.add_option("-k,--count", request.count, "How many seeds")
        ->required()
        ->check(CLI::PositiveNumber)
        ->type_name("K");
    command
        .add_option("--ratio", request.ratio,
                    "Go on until the seeds are sure to reach this part of the best; 0.7 if not given")
        ->check(CLI::Range(0.01, 0.99))
        ->type_name("SHARE");
    command.add_option("--confidence", request.confidence, "Of the certificate; 0.999 if not given")
        ->check(CLI::Range(0.5, 0.999999999))
        ->type_name("SHARE");
    command.add_option("--memory", request.memory_mb, "At most this much for sets, MB; 4000 if not given")
        ->check(CLI::PositiveNumber)
        ->type_name("MB");
    command.add_option("-o,--output", request.output, "New file for the answer, in place of standard output")
        ->type_name("FILE");
    command.add_flag("--overwrite", request.overwrite, "Replace the file if there is one");
}

}  // namespace

void add_optimize_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command = app.add_subcommand(
        "optimize", "Which nodes to start with on your own edges so that most follow, with a certificate");
    const auto request = std::make_shared<OptimizeRequest>();
    add_graph_options(
        *command, *request,
        {{"ic", "independent cascade"}, {"lt", "linear threshold"}, {"hazard", "rates in time"}});
    add_search_options(*command, *request);
    add_hazard_options(*command, *request);
    add_draw_options(*command, *request);
    command->footer(
        "Examples:\n"
        "  domino optimize edges.csv --model ic --in-degree --count 50\n"
        "  domino optimize edges.csv --model hazard --p 0.01 --q 0.3 --until 10 -k 5 --json\n"
        "A row a seed, in order of choice, with the nodes it adds in expectation to what happens without "
        "seeds. "
        "The certificate tells how far from the best any K seeds could be. docs/dynamics.md has the method.");
    command->callback([&session, &chosen, request] {
        chosen = [&session, request] { return optimize(*request, session); };
    });
}

}  // namespace domino::cli
