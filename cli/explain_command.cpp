#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/compared_scenarios.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/lever_story.h"
#include "cli/number_check.h"
#include "cli/place_story.h"
#include "cli/progress.h"
#include "cli/scenario_story.h"
#include "geo/problem.h"
#include "viz/comparison_files.h"

namespace domino::cli {
namespace {

struct ExplainOptions {
    std::string input, place;
    RunOverrides overrides;
    int threads = 0;
    int lever_members = 8;
};

LeverRequest lever_request(const ExplainOptions& options) {
    LeverRequest request;
    request.members = options.lever_members;
    request.threads = options.threads;
    return request;
}

sim::EnsembleResults run_story(const Worlds& worlds, const sim::EnsembleOptions& options) {
    try {
        return sim::run_ensemble(worlds.scenario.built.world,
                                 worlds.reference ? &worlds.reference->built.world : nullptr, options);
    } catch (const std::invalid_argument& error) {
        throw Failure(ExitCode::scenario_invalid, error.what());
    }
}

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
    ScenarioStory story;
    {
        Progress progress(session.console, loaded.front().name, "members");
        ensemble.progress = [&](int done, int total) { progress.update(done, total); };
        story = make_scenario_story(worlds, run_story(worlds, ensemble), ensemble);
    }
    if (!session.json) print_data(tell(story));
    const LeverStory levers = find_levers(worlds, lever_request(options), interrupt, session.console);
    print_data(session.json ? to_json(story, levers) : tell(levers));
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

/// The place that has ties in the first of them alone.
std::optional<std::uint32_t> place_left_out(const ComparedScenario& with, const ComparedScenario& without) {
    const auto& already = with.worlds.scenario.built.without_ties;
    for (const std::uint32_t place : without.worlds.scenario.built.without_ties)
        if (std::find(already.begin(), already.end(), place) == already.end()) return place;
    return std::nullopt;
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
    if (!session.json) print_data(viz::comparison_text(comparison));
    LeverRequest request = lever_request(options);
    request.place = place_left_out(compared.back(), compared.front());
    const LeverStory levers = request.place
                                  ? find_levers(compared.back().worlds, request, interrupt, session.console)
                                  : without_levers("the scenario leaves the place without ties already");
    if (session.json) {
        auto told = nlohmann::ordered_json::parse(viz::comparison_json(comparison));
        told["levers"] = to_json(levers);
        print_data(told.dump(2) + "\n");
    } else {
        print_data(tell(levers));
    }
    return ExitCode::done;
}

/// Levers on a place of results, measured in the scenario that lies beside them; where it is not to be had,
/// the story is told without.
LeverStory levers_of_results(const ExplainOptions& options, const std::string& place_id, Session& session) {
    if (options.lever_members < 1) return without_levers("no draws were asked for");
    const InterruptGuard interrupt;
    try {
        const auto loaded = load_compared({options.input}, find_data_folder(session.data), options.overrides,
                                          session.console, [&] { interrupt.check(); });
        const Worlds& worlds = loaded.front().worlds;
        const auto& places = worlds.scenario.built.places.places;
        const auto found = std::find_if(places.begin(), places.end(),
                                        [&](const geo::Place& place) { return place.id == place_id; });
        if (found == places.end()) return without_levers("the scenario of the results has no such place now");
        LeverRequest request = lever_request(options);
        request.place = static_cast<std::uint32_t>(found - places.begin());
        return find_levers(worlds, request, interrupt, session.console);
    } catch (const Failure& failure) {
        return without_levers(failure.what());
    } catch (const geo::ProblemError& problem) {
        return without_levers(problem.what());
    } catch (const Rejected&) {
        return without_levers("the scenario of the results can no longer be built, as told above");
    }
}

ExitCode explain(const ExplainOptions& options, Session& session) {
    std::error_code error;
    const bool folder = std::filesystem::is_directory(options.input, error);
    if (options.place.empty()) return explain_scenario(options, session);
    if (!folder && std::filesystem::is_regular_file(options.input, error))
        return explain_place(options, session);
    const PlaceStory story = read_story(options.input, options.place);
    if (!session.json) print_data(tell(story));
    const LeverStory levers = levers_of_results(options, story.id, session);
    print_data(session.json ? to_json(story, levers) : tell(levers));
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
    command->add_option("--seed", options->overrides.seed, "Seed, where something is run")
        ->type_name("N")
        ->check(seed_number());
    command->add_option("--threads", options->threads, "Threads; 0 takes all cores")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command
        ->add_option("--lever-members", options->lever_members,
                     "Draws for the levers that would move it most; 0 leaves them out, which is quicker")
        ->check(CLI::Range(0, 100000))
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
