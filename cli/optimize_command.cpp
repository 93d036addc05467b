#include <memory>
#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/number_check.h"
#include "cli/optimize_report.h"
#include "cli/optimize_scenario.h"
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
            const sim::Threads threads(request.threads);
            return maximise_influence(sim::CascadeSampler(model, request.seed, &threads), options);
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

/// Options of the one kind of question mean nothing to the other.
void check_kind(const OptimizeRequest& request) {
    static const std::vector<std::string> of_edges = {
        "--model",     "--count",      "--ratio", "--confidence", "--memory", "--weight",  "--probability",
        "--in-degree", "--undirected", "--p",     "--q",          "--dt",     "--exposure"};
    static const std::vector<std::string> of_scenarios = {
        "--budget",       "--members",     "--held-out",       "--screen",       "--levels",
        "--starts-every", "--search-step", "--municipalities", "--technologies", "--try-all"};
    const bool scenario = request.given("--maximise");
    for (const std::string& option : scenario ? of_edges : of_scenarios) {
        if (!request.given(option.c_str())) continue;
        throw Failure(
            ExitCode::usage,
            scenario ? fmt::format("{} is for edges of your own; a scenario goes with --maximise", option)
                     : fmt::format("{} is for scenarios: say what to --maximise", option));
    }
    if (scenario) return;
    if (request.edges.ends_with(".toml"))
        throw Failure(ExitCode::usage,
                      fmt::format("\"{}\" looks like a scenario: say what to --maximise", request.edges));
    if (!request.given("--model"))
        throw Failure(ExitCode::usage, "--model is required for edges, --maximise for a scenario");
    if (!request.given("--count")) throw Failure(ExitCode::usage, "--count is required: how many seeds");
}

ExitCode optimize(const OptimizeRequest& request, Session& session) {
    check_kind(request);
    if (request.given("--maximise")) return optimize_scenario(request, session);
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
    constexpr double most_memory_mb = 1e9;  // whose bytes an integer holds
    command.add_option("-k,--count", request.count, "edges: how many seeds")
        ->check(whole_number_from(1))
        ->type_name("K");
    command
        .add_option("--ratio", request.ratio,
                    "edges: go on until the seeds are sure to reach this part of the best; 0.7 if not given")
        ->check(number_from(0.01, LowEnd::included, 0.99))
        ->type_name("SHARE");
    command.add_option("--confidence", request.confidence, "edges: of the certificate; 0.999 if not given")
        ->check(number_from(0.5, LowEnd::included, 0.999999999))
        ->type_name("SHARE");
    command
        .add_option("--memory", request.memory_mb, "edges: at most this much for sets, MB; 4000 if not given")
        ->check(number_from(0.0, LowEnd::excluded, most_memory_mb))
        ->type_name("MB");
    command
        .add_option(
            "-o,--output", request.output,
            "edges: new file for the answer, in place of standard output; scenario: new folder for the "
            "plan, its tables and its picture")
        ->type_name("PATH");
    command.add_flag("--overwrite", request.overwrite, "Replace it if there is one");
}

void add_scenario_options(CLI::App& command, OptimizeRequest& request) {
    command
        .add_option(
            "--maximise", request.maximise,
            "scenario: abatement (t CO2e avoided), gap (t CO2e less above targets) or commitments (places)")
        ->check(CLI::IsMember({"abatement", "gap", "commitments"}))
        ->type_name("WHAT");
    command
        .add_option("--budget", request.budget,
                    "scenario: money a year, as in \"0.5 GJPY/yr\"; its strategy.budget if not given")
        ->type_name("MONEY");
    command
        .add_option("--members", request.members,
                    "scenario: draws that plans are searched on; 16 if not given")
        ->check(CLI::Range(1, 100000))
        ->type_name("N");
    command
        .add_option(
            "--held-out", request.held_out,
            "scenario: other draws, on which the plan is held against \"highest emissions\"; 64 if not "
            "given")
        ->check(CLI::Range(2, 100000))
        ->type_name("N");
    command
        .add_option("--screen", request.screen,
                    "scenario: places of most leverage that are searched; half as many again as the money "
                    "bears, and 20 at least, if not given")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1000000}))
        ->type_name("N");
    command
        .add_option("--starts-every", request.starts_every,
                    "scenario: years between Aprils in which projects may begin; a phase if not given")
        ->check(CLI::Range(1, 100))
        ->type_name("YEARS");
    command
        .add_option(
            "--search-step", request.search_step,
            "scenario: months of a step while plans are searched: 3 is about three times as fast; the "
            "scenario's own if not given")
        ->check(CLI::IsMember({1, 2, 3, 4, 6, 12}))
        ->type_name("MONTHS");
    command
        .add_option(
            "--municipalities", request.municipalities,
            "scenario: Japanese municipalities tried for each place: the one in turn, the nearest, the "
            "next in turn …; 1 if not given")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    command
        .add_option(
            "--technologies", request.technologies,
            "scenario: single technologies tried for each place, those of most leverage for money, besides "
            "all that strategy.technologies allows; 0 if not given")
        ->check(CLI::Range(0, 1000))
        ->type_name("N");
    command
        .add_option(
            "--try-all", request.try_all,
            "scenario: try every plan where there are no more, and tell how far the one found is from the "
            "best; 400 if not given, 0 never")
        ->check(CLI::Range(std::size_t{0}, std::size_t{1000000}))
        ->type_name("N");
    command.add_option("--levels", request.levels, "scenario: budgets of the frontier; 5 if not given")
        ->check(CLI::Range(1, 50))
        ->type_name("N");
}

}  // namespace

void add_optimize_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command = app.add_subcommand(
        "optimize",
        "Which projects of a scenario to begin for most effect, or which nodes of your own edges");
    const auto request = std::make_shared<OptimizeRequest>();
    add_graph_options(
        *command, *request,
        {{"ic", "independent cascade"}, {"lt", "linear threshold"}, {"hazard", "rates in time"}});
    command->get_option("EDGES")->description(
        "A scenario; or edges as CSV with columns from, to and, if edges differ, weight");
    command->get_option("--model")->required(false);
    add_scenario_options(*command, *request);
    add_search_options(*command, *request);
    add_hazard_options(*command, *request);
    add_draw_options(*command, *request);
    command->get_option("--until")->description(
        "hazard: years to run, 10 if not given; scenario: last year that counts, the run's if not given");
    command->get_option("--seed")->description("Seed of the draws; 1, or the scenario's, if not given");
    command->footer(
        "Examples:\n"
        "  domino optimize mine.toml --maximise abatement --until 2040 --budget \"0.5 GJPY/yr\" -o out/plan\n"
        "  domino run out/plan/plan.toml -o out/plan-run\n"
        "  domino optimize edges.csv --model ic --in-degree --count 50\n"
        "  domino optimize edges.csv --model hazard --p 0.01 --q 0.3 --until 10 -k 5 --json\n"
        "Scenarios: places, Japanese municipalities, technologies, dates and phases are chosen by lazy "
        "greedy on the\n"
        "paired simulator under the scenario's [strategy]; docs/optimize.md tells how, and what is not "
        "certain.\n"
        "Edges: a row a seed, in order of choice, with the nodes it adds in expectation to what happens\n"
        "without seeds. The certificate tells how far from the best any K seeds could be. docs/dynamics.md "
        "has\n"
        "the method.");
    command->callback([&session, &chosen, request] {
        chosen = [&session, request] { return optimize(*request, session); };
    });
}

}  // namespace domino::cli
