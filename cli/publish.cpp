#include "cli/publish.h"

#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "cli/progress.h"
#include "cli/reading.h"
#include "cli/run_summary.h"
#include "cli/version.h"
#include "viz/left_out.h"
#include "viz/lever_effects.h"
#include "viz/target_assessment.h"
#include "viz/write_results.h"

namespace domino::cli {
namespace {

viz::RunContext describe_run(const Publication& p, const Session& session) {
    const Worlds& worlds = p.worlds;
    viz::RunContext context{
        .scenario = worlds.scenario.scenario, .built = worlds.scenario.built, .results = p.results};
    if (worlds.reference) {
        context.reference = &worlds.reference->scenario;
        context.reference_built = &worlds.reference->built;
        context.levers = scenarios::differences(worlds.reference->scenario, worlds.scenario.scenario);
        context.lever_trials =
            viz::try_levers({worlds.scenario.scenario, worlds.reference->scenario, worlds.reference->built,
                             p.results, context.levers, p.data_dir},
                            p.options);
    }
    context.options = p.options;
    context.program = describe_program(session);
    context.program.ranks = p.ranks;
    context.data_dir = p.data_dir;
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

/// Nor is anything a scenario asks for left out in silence.
void warn_of_left_out(const viz::RunContext& context, Console& console) {
    for (const viz::LeftOut& left : viz::list_left_out(context))
        console.warn(
            fmt::format("without {}: {} (results of places are kept as distributions; raise "
                        "run.place_results_memory_mb to keep every member)",
                        left.what, left.why));
}

void write(viz::RunContext& context, const std::filesystem::path& folder, const InterruptGuard& interrupt,
           Console& console) {
    Progress progress(console, "writing", "files");
    context.progress = [&](std::string_view, int done, int total) {
        interrupt.check();
        progress.update(done, total);
    };
    Reading reading(console, [&] { interrupt.check(); });
    context.reading = reading.listener();
    viz::write_results(context, folder);
    interrupt.check();
}

}  // namespace

viz::ProgramInfo describe_program(const Session& session) {
    return {program_version(), program_commit(), session.arguments,
            fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))};
}

ExitCode publish(const Publication& p, UnfinishedRun& folder, const InterruptGuard& interrupt,
                 Session& session) {
    Console& console = session.console;
    viz::RunContext context = describe_run(p, session);
    if (!context.lever_trials.empty()) console.info("tried each lever by itself");
    warn_of_idle_levers(context, console);
    warn_of_left_out(context, console);
    write(context, folder.results(), interrupt, console);
    folder.commit();

    const auto targets =
        summarize_targets(p.worlds.scenario.built.targets, viz::assess_targets(context).scenario);
    console.info(targets.text());
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - p.started).count();
    const bool has_report = std::filesystem::exists(folder.target() / "report.html");
    console.info(fmt::format("done in {}; {}", describe_duration(seconds),
                             has_report ? "open " + (folder.target() / "report.html").string()
                                        : "see " + folder.target().string()));
    print_data(session.json ? outcome_json(folder.target(), context, targets, seconds)
                            : folder.target().string() + "\n");
    if (p.on_gap == OnGap::fail && targets.missed > 0) {
        console.error(
            fmt::format("{} targets are missed more often than met (--fail-if-gap)", targets.missed));
        return ExitCode::check_failed;
    }
    return ExitCode::done;
}

}  // namespace domino::cli
