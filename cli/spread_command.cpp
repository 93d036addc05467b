#include <memory>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/number_check.h"
#include "cli/output_file.h"
#include "cli/spread_answer.h"
#include "cli/spread_report.h"
#include "cli/spread_request.h"

namespace domino::cli {
namespace {

ExitCode spread(const SpreadRequest& request, Session& session) {
    check_options(request);
    check_output_file(request.output, request.overwrite);
    const NamedGraph graph = read_graph(request, session.console);
    const SpreadAnswer answer = find_answer(request, graph, session.console);
    const std::string text = session.json ? to_json(answer, graph) : to_csv(answer, graph);
    if (request.output.empty()) {
        print_data(text);
        return ExitCode::done;
    }
    write_output_file(request.output, text);
    session.console.info(fmt::format("expected spread {} (standard error {}); wrote {}",
                                     answer.expected_spread, answer.standard_error, request.output));
    return ExitCode::done;
}

void add_seeds_and_thresholds(CLI::App& command, SpreadRequest& request) {
    command.add_option("--seeds", request.seeds, "Nodes active at first: a,b,c")
        ->required()
        ->type_name("NODES");
    command.add_option("--threshold", request.threshold, "threshold: share of in-neighbours, above 0")
        ->check(number_from(0.0, LowEnd::included, 1.0))
        ->type_name("SHARE");
    command
        .add_option("--threshold-count", request.threshold_count,
                    "threshold: number of in-neighbours, above 0")
        ->check(number_from(0.0, LowEnd::included, 1e9))
        ->type_name("N");
}

void add_ensemble_options(CLI::App& command, SpreadRequest& request) {
    command.add_flag("--exact", request.exact,
                     "No simulation: the exact expectation, for graphs small enough");
    command.add_option("--members", request.members, "Realisations; 10000 if not given")
        ->check(CLI::Range(1U, 100'000'000U))
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
    add_graph_options(*command, *request,
                      {{"ic", "independent cascade"},
                       {"lt", "linear threshold"},
                       {"hazard", "rates in time"},
                       {"threshold", "fixed thresholds"}});
    add_seeds_and_thresholds(*command, *request);
    add_hazard_options(*command, *request);
    add_draw_options(*command, *request);
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
