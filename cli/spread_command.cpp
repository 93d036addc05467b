#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/spread_answer.h"
#include "cli/spread_edges.h"
#include "cli/spread_report.h"
#include "cli/spread_request.h"
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

NamedGraph read_graph(const SpreadRequest& request, Console& console) {
    EdgeReading reading;
    reading.weight_column = request.weight_column;
    const bool weights_matter =
        request.model != "threshold" && !request.by_in_degree && !request.given("--probability");
    if (request.model == "ic" && weights_matter) reading.most_weight = 1.0;
    if (request.undirected) reading.direction = EdgeDirection::both_ways;
    NamedGraph graph = read_edges(geo::io::read_table(request.edges), reading);
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

void check_output(const SpreadRequest& request) {
    if (request.output.empty() || request.overwrite || !std::filesystem::exists(request.output)) return;
    refuse(fmt::format("\"{}\" exists already; choose another -o, or say --overwrite to replace it",
                       request.output));
}

/// The file appears whole or not at all.
void write_whole(const std::string& path, const std::string& text) {
    const std::string partial = fmt::format("{}.partial-{}", path, ::getpid());
    const auto fail = [&](const char* what) {
        const int error = errno;
        std::remove(partial.c_str());
        throw Failure(ExitCode::failed,
                      fmt::format("cannot {} \"{}\": {}", what, path, std::strerror(error)));
    };
    std::FILE* file = std::fopen(partial.c_str(), "wbx");
    if (file == nullptr) fail("create");
    const bool written =
        std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
    if (std::fclose(file) != 0 || !written) fail("write");
    if (std::rename(partial.c_str(), path.c_str()) != 0) fail("write");
}

ExitCode spread(const SpreadRequest& request, Session& session) {
    check_options(request);
    check_output(request);
    const NamedGraph graph = read_graph(request, session.console);
    const SpreadAnswer answer = find_answer(request, graph, session.console);
    const std::string text = session.json ? to_json(answer, graph) : to_csv(answer, graph);
    if (request.output.empty()) {
        print_data(text);
        return ExitCode::done;
    }
    write_whole(request.output, text);
    session.console.info(fmt::format("expected spread {} (standard error {}); wrote {}",
                                     answer.expected_spread, answer.standard_error, request.output));
    return ExitCode::done;
}

void add_graph_options(CLI::App& command, SpreadRequest& request) {
    command.add_option("EDGES", request.edges, "CSV with columns from, to and, if edges differ, weight")
        ->required()
        ->type_name("");
    command
        .add_option("--model", request.model,
                    "ic: independent cascade; lt: linear threshold; hazard: rates in time; threshold: fixed "
                    "thresholds")
        ->required()
        ->check(CLI::IsMember({"ic", "lt", "hazard", "threshold"}))
        ->type_name("MODEL");
    command.add_option("--seeds", request.seeds, "Nodes active at first: a,b,c")
        ->required()
        ->type_name("NODES");
    command.add_option("--weight", request.weight_column, "Column of the weights, in place of weight")
        ->type_name("COLUMN");
    command.add_option("--probability", request.probability, "ic: the same probability for every edge")
        ->check(CLI::Range(0.0, 1.0))
        ->type_name("P");
    command.add_flag("--in-degree", request.by_in_degree,
                     "ic, lt: weight 1/in-degree for every edge (lt's own default without weights)");
    command.add_flag("--undirected", request.undirected, "Every edge acts both ways");
}

void add_model_options(CLI::App& command, SpreadRequest& request) {
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
    command.add_option("--threshold", request.threshold, "threshold: share of in-neighbours, above 0")
        ->type_name("SHARE");
    command
        .add_option("--threshold-count", request.threshold_count,
                    "threshold: number of in-neighbours, above 0")
        ->type_name("N");
}

void add_ensemble_options(CLI::App& command, SpreadRequest& request) {
    command.add_flag("--exact", request.exact,
                     "No simulation: the exact expectation, for graphs small enough");
    command.add_option("--members", request.members, "Realisations; 10000 if not given")
        ->check(CLI::Range(1U, 100'000'000U))
        ->type_name("N");
    command.add_option("--seed", request.seed, "Seed of the draws; 1 if not given")->type_name("N");
    command
        .add_option("--threads", request.threads, "Threads; 0 takes all cores. Results do not depend on it")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command.add_option("-o,--output", request.output, "New file for the answer, in place of standard output")
        ->type_name("FILE");
    command.add_flag("--overwrite", request.overwrite, "Replace the file if there is one");
}

}  // namespace

void add_spread_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command =
        app.add_subcommand("spread", "Textbook spreading on your own edges: who becomes active, how surely");
    const auto request = std::make_shared<SpreadRequest>();
    request->command = command;
    add_graph_options(*command, *request);
    add_model_options(*command, *request);
    add_ensemble_options(*command, *request);
    command->footer(
        "Examples:\n"
        "  domino spread edges.csv --model ic --probability 0.5 --seeds Kawasaki --exact\n"
        "  domino spread edges.csv --model lt --seeds a,b --members 100000\n"
        "  domino spread edges.csv --model hazard --p 0.01 --q 0.3 --until 20 --seeds a --json\n"
        "  domino spread edges.csv --model threshold --threshold 0.18 --undirected --seeds a\n"
        "Lines that begin with # tell the expected spread; a row a node follows. docs/dynamics.md has the "
        "equations.");
    command->callback(
        [&session, &chosen, request] { chosen = [&session, request] { return spread(*request, session); }; });
}

}  // namespace domino::cli
