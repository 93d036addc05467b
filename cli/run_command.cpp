#include <chrono>
#include <ctime>
#include <memory>
#include <string>
#include <thread>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "cli/output_folder.h"
#include "cli/progress.h"
#include "cli/run_summary.h"
#include "cli/version.h"
#include "sim/ensemble.h"
#include "viz/lever_effects.h"
#include "viz/results_nc.h"
#include "viz/target_assessment.h"
#include "viz/write_results.h"

namespace domino::cli {
namespace {

struct RunOptions {
    std::string scenario;
    std::string output;
    RunOverrides overrides;
    int threads = 0;
    bool overwrite = false;
    bool dry_run = false;
    bool fail_if_gap = false;
};

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

int threads_of(const RunOptions& options) {
    if (options.threads > 0) return options.threads;
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

sim::EnsembleOptions ensemble_options(const RunOptions& options, const scenarios::Scenario& scenario,
                                      const InterruptGuard& interrupt) {
    sim::EnsembleOptions ensemble;
    ensemble.members = scenario.run.members;
    ensemble.threads = threads_of(options);
    ensemble.seed = scenario.run.seed;
    ensemble.cancelled = &interrupt.requested();
    return ensemble;
}

sim::EnsembleResults simulate(const Worlds& worlds, sim::EnsembleOptions options, Console& console) {
    Progress progress(console, "simulating", "members");
    options.progress = [&progress](int done, int total) { progress.update(done, total); };
    const sim::World* reference = worlds.reference ? &worlds.reference->built.world : nullptr;
    try {
        return sim::run_ensemble(worlds.scenario.built.world, reference, options);
    } catch (const std::invalid_argument& error) {
        throw Failure(ExitCode::scenario_invalid, error.what());
    }
}

viz::RunContext describe_run(const Worlds& worlds, const sim::EnsembleResults& results,
                             const sim::EnsembleOptions& options, const std::filesystem::path& data_dir,
                             const Session& session) {
    viz::RunContext context{
        .scenario = worlds.scenario.scenario, .built = worlds.scenario.built, .results = results};
    if (worlds.reference) {
        context.reference = &worlds.reference->scenario;
        context.reference_built = &worlds.reference->built;
        context.levers = scenarios::differences(worlds.reference->scenario, worlds.scenario.scenario);
        context.lever_trials = viz::try_levers({worlds.scenario.scenario, worlds.reference->scenario,
                                                worlds.reference->built, results, context.levers, data_dir},
                                               options);
    }
    context.options = options;
    context.program = {program_version(), program_commit(), session.arguments,
                       fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))};
    context.data_dir = data_dir;
    return context;
}

/// No lever is silently without effect.
void warn_of_idle_levers(const viz::RunContext& context, Console& console) {
    if (!context.results.reference) return;
    const auto changes = viz::compare_with_reference(context.results);
    for (const viz::LeverEffect& effect : viz::measure_lever_effects(context, changes)) {
        if (effect.places && *effect.places == 0)
            console.warn(fmt::format("{} = {}: {}", effect.change.key, effect.change.to, effect.reason));
    }
}

void write(viz::RunContext& context, const std::filesystem::path& folder, const InterruptGuard& interrupt,
           Console& console) {
    Progress progress(console, "writing", "files");
    context.progress = [&](std::string_view, int done, int total) {
        interrupt.check();
        progress.update(done, total);
    };
    viz::write_results(context, folder);
    interrupt.check();
}

ExitCode run(const RunOptions& options, Session& session) {
    const auto start = Clock::now();
    Console& console = session.console;
    if (options.output.empty() && !options.dry_run)
        throw Failure(ExitCode::usage,
                      "name a folder for the results, as in: domino run SCENARIO -o out/mine (or --dry-run)");
    const Overwrite overwrite = options.overwrite ? Overwrite::replace : Overwrite::refuse;
    if (!options.output.empty()) OutputFolder::check(options.output, overwrite);
    const auto data_dir = find_data_folder(session.data);
    const InterruptGuard interrupt;
    const Worlds worlds =
        load_worlds(options.scenario, data_dir, options.overrides, console, [&] { interrupt.check(); });
    const sim::EnsembleOptions ensemble = ensemble_options(options, worlds.scenario.scenario, interrupt);
    if (options.dry_run) {
        print_data(session.json ? plan_json(worlds, ensemble) : plan_text(worlds, ensemble));
        return ExitCode::done;
    }
    console.info(describe_world(worlds, seconds_since(start)));
    viz::check_realizations(worlds.scenario.scenario, worlds.scenario.built, ensemble.members, data_dir);
    console.info(scenarios::describe_urban_shares(worlds.scenario.built.urban));
    OutputFolder folder(options.output, overwrite);
    const sim::EnsembleResults results = simulate(worlds, ensemble, console);
    viz::RunContext context = describe_run(worlds, results, ensemble, data_dir, session);
    if (!context.lever_trials.empty()) console.info("tried each lever by itself");
    warn_of_idle_levers(context, console);
    write(context, folder.partial(), interrupt, console);
    folder.commit();

    const auto targets =
        summarize_targets(worlds.scenario.built.targets, viz::assess_targets(context).scenario);
    console.info(targets.text());
    console.info(fmt::format("done in {}; open {}", describe_duration(seconds_since(start)),
                             (folder.target() / "report.html").string()));
    print_data(session.json ? outcome_json(folder.target(), context, targets, seconds_since(start))
                            : folder.target().string() + "\n");
    if (options.fail_if_gap && targets.missed > 0) {
        console.error(
            fmt::format("{} targets are missed more often than met (--fail-if-gap)", targets.missed));
        return ExitCode::check_failed;
    }
    return ExitCode::done;
}

}  // namespace

void add_run_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command = app.add_subcommand("run", "Run a scenario, and its reference on the same draws");
    const auto options = std::make_shared<RunOptions>();
    command->add_option("SCENARIO", options->scenario, "Scenario file")->required()->type_name("");
    command->add_option("-o,--output", options->output, "New folder for the results")->type_name("DIR");
    command->add_option("--members", options->overrides.members, "Draws, in place of the scenario's")
        ->check(CLI::Range(1, 100000))
        ->type_name("N");
    command->add_option("--seed", options->overrides.seed, "Seed, in place of the scenario's")
        ->type_name("N");
    command
        ->add_option("--threads", options->threads, "Threads; 0 takes all cores. Results do not depend on it")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command->add_flag("--overwrite", options->overwrite,
                      "Replace earlier results in the folder, in one step");
    command->add_flag("--dry-run", options->dry_run,
                      "Read, check and build everything, say what would run, write nothing");
    command->add_flag("--fail-if-gap", options->fail_if_gap,
                      "Exit with 6 when a target is missed in more than half of the members");
    command->footer(
        "Examples:\n"
        "  domino run scenarios/c3p-doubled.toml -o out/c3p --members 200\n"
        "  domino run my.toml --dry-run --json\n"
        "Results appear whole or not at all; Ctrl-C leaves nothing behind and exits with 130.");
    command->callback(
        [&session, &chosen, options] { chosen = [&session, options] { return run(*options, session); }; });
}

}  // namespace domino::cli
