#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/compared_scenarios.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/number_check.h"
#include "cli/output_folder.h"
#include "cli/reading.h"
#include "viz/checked_file.h"
#include "viz/comparison_files.h"
#include "viz/comparison_page.h"
#include "viz/difference_maps.h"

namespace domino::cli {
namespace {

struct CompareOptions {
    std::vector<std::string> inputs;
    std::string output;
    RunOverrides overrides;
    int threads = 0;
    bool overwrite = false;
};

void write_comparison(const viz::Comparison& comparison, const CompareOptions& options,
                      const std::filesystem::path& data_dir, const InterruptGuard& interrupt,
                      Console& console) {
    const viz::ComparedRun& first = comparison.runs().front();
    OutputFolder folder(options.output, options.overwrite ? Overwrite::replace : Overwrite::refuse);
    viz::write_differences_csv(comparison, folder.partial() / "differences.csv");
    viz::write_pairing_csv(comparison, folder.partial() / "pairing.csv");
    viz::write_regret_csv(comparison, folder.partial() / "regret.csv");
    viz::write_file(folder.partial() / "comparison.html", viz::comparison_page(comparison, data_dir));
    viz::write_file(folder.partial() / "comparison.json", viz::comparison_json(comparison));
    if (first.scenario.output.maps == scenarios::OnOff::on && comparison.compares_places()) {
        Reading reading(console, [&] { interrupt.check(); });
        viz::write_difference_maps(comparison,
                                   viz::frame_maps(first.scenario, first.built, data_dir, reading.listener()),
                                   folder.partial());
    }
    folder.commit();
    console.info(fmt::format("wrote {}", folder.target().string()));
}

ExitCode compare(const CompareOptions& options, Session& session) {
    if (options.inputs.size() < 2)
        throw Failure(ExitCode::usage,
                      "compare takes two scenarios or more, as in: domino compare a.toml b.toml");
    if (!options.output.empty())
        OutputFolder::check(normal_folder(options.output),
                            options.overwrite ? Overwrite::replace : Overwrite::refuse);
    const InterruptGuard interrupt;
    const auto data_dir = find_data_folder(session.data);
    auto compared = load_compared(options.inputs, data_dir, options.overrides, session.console,
                                  [&] { interrupt.check(); });
    const viz::Comparison comparison = run_compared(compared, options.threads, interrupt, session.console);
    if (!comparison.compares_places())
        session.console.warn(
            "places are not compared one by one: their results were kept as distributions; raise "
            "run.place_results_memory_mb, or take fewer members");
    interrupt.check();
    if (!options.output.empty()) write_comparison(comparison, options, data_dir, interrupt, session.console);
    print_data(session.json ? viz::comparison_json(comparison) : viz::comparison_text(comparison));
    return ExitCode::done;
}

}  // namespace

void add_compare_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command =
        app.add_subcommand("compare", "Run scenarios on the same random draws and tell their differences");
    const auto options = std::make_shared<CompareOptions>();
    command
        ->add_option("SCENARIO", options->inputs,
                     "Two scenarios or more, or folders of results, whose scenarios are run again")
        ->required()
        ->type_name("");
    command->add_option("-o,--output", options->output, "New folder for tables, page and maps")
        ->type_name("DIR");
    command
        ->add_option("--members", options->overrides.members, "Draws, in place of the scenarios' run.members")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N");
    command->add_option("--seed", options->overrides.seed, "Seed, in place of the scenarios' run.seed")
        ->type_name("N")
        ->check(seed_number());
    command
        ->add_option("--threads", options->threads, "Threads; 0 takes all cores. Results do not depend on it")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command->add_flag("--overwrite", options->overwrite, "Replace an earlier comparison");
    command->footer(
        "Examples:\n"
        "  domino compare scenarios/c3p-doubled.toml scenarios/jcm-2040.toml\n"
        "  domino compare a.toml b.toml c.toml -o out/compared --members 200\n"
        "Each scenario is run as domino run would, with its reference; differences are taken member by\n"
        "member, the first less the second, for each pair. docs/compare.md tells of the tables.");
    command->callback([&session, &chosen, options] {
        chosen = [&session, options] { return compare(*options, session); };
    });
}

}  // namespace domino::cli
