#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/compared_scenarios.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/place_story.h"
#include "cli/progress.h"
#include "cli/scenario_story.h"
#include "viz/comparison_files.h"

namespace domino::cli {
namespace {

struct ExplainOptions {
    std::string input, place;
    RunOverrides overrides;
    int threads = 0;
};

ExitCode explain_scenario(const ExplainOptions& options, Session& session) {
    const InterruptGuard interrupt;
    const auto data_dir = find_data_folder(session.data);
    const auto loaded = load_compared({options.input}, data_dir, options.overrides, session.console,
                                      [&] { interrupt.check(); });
    const Worlds& worlds = loaded.front().worlds;
    sim::EnsembleOptions ensemble = comparison_options(loaded);
    ensemble.uncoupled = sim::UncoupledTwin::run;
    ensemble.threads = options.threads;
    ensemble.cancelled = &interrupt.requested();
    Progress progress(session.console, loaded.front().name, "members");
    ensemble.progress = [&](int done, int total) { progress.update(done, total); };
    const sim::EnsembleResults results = sim::run_ensemble(
        worlds.scenario.built.world, worlds.reference ? &worlds.reference->built.world : nullptr, ensemble);
    const ScenarioStory story = make_scenario_story(worlds, results, ensemble);
    print_data(session.json ? to_json(story) : tell(story));
    return ExitCode::done;
}

/// The same scenario, but that the place has no ties.
ComparedScenario without_ties(const ComparedScenario& with, const std::string& place,
                              const std::filesystem::path& data_dir, Console& console) {
    ComparedScenario without = with;
    auto& scenario = without.worlds.scenario.scenario;
    scenario.model.without_ties_of.push_back(place);
    without.name = fmt::format("{} without {}", with.name, place);
    auto world = scenarios::build_world(scenario, data_dir);
    if (!world.built || scenarios::has_errors(world.problems)) {
        console.show(world.problems);
        throw Rejected{exit_code_of(world.problems)};
    }
    without.worlds.scenario.built = std::move(*world.built);
    return without;
}

/// A place left out of a scenario: both run on the same draws.
ExitCode explain_place(const ExplainOptions& options, Session& session) {
    const InterruptGuard interrupt;
    const auto data_dir = find_data_folder(session.data);
    auto compared = load_compared({options.input}, data_dir, options.overrides, session.console,
                                  [&] { interrupt.check(); });
    compared.insert(compared.begin(),
                    without_ties(compared.front(), options.place, data_dir, session.console));
    const viz::Comparison comparison = run_compared(compared, options.threads, interrupt, session.console);
    print_data(session.json ? viz::comparison_json(comparison) : viz::comparison_text(comparison));
    return ExitCode::done;
}

ExitCode explain(const ExplainOptions& options, Session& session) {
    std::error_code error;
    const bool folder = std::filesystem::is_directory(options.input, error);
    if (options.place.empty()) return explain_scenario(options, session);
    if (!folder && std::filesystem::is_regular_file(options.input, error))
        return explain_place(options, session);
    const PlaceStory story = read_story(options.input, options.place);
    print_data(session.json ? to_json(story) : tell(story));
    return ExitCode::done;
}

}  // namespace

void add_explain_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command = app.add_subcommand(
        "explain", "Tell why a place or a whole scenario did what it did, and what it triggered");
    const auto options = std::make_shared<ExplainOptions>();
    command->add_option("RESULTS", options->input, "Folder of results, or a scenario, which is then run")
        ->required()
        ->type_name("");
    command->add_option("PLACE", options->place, "Place id or name; without it the whole scenario")
        ->type_name("");
    command->add_option("--members", options->overrides.members, "Draws, where something is run")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N");
    command->add_option("--seed", options->overrides.seed, "Seed, where something is run")->type_name("N");
    command->add_option("--threads", options->threads, "Threads; 0 takes all cores")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command->footer(
        "Examples:\n"
        "  domino explain out/c3p \"Da Nang\"              its story, from the results\n"
        "  domino explain out/c3p                        the whole scenario, run again\n"
        "  domino explain scenarios/jcm-2040.toml Toyama what differs without its ties, on the same draws");
    command->callback([&session, &chosen, options] {
        chosen = [&session, options] { return explain(*options, session); };
    });
}

}  // namespace domino::cli
