#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "cli/number_check.h"
#include "cli/output_folder.h"
#include "cli/planned_leverage.h"
#include "cli/progress.h"
#include "cli/reading.h"
#include "viz/leverage_files.h"

namespace domino::cli {
namespace {

struct LeverageRequest {
    std::string scenario, output;
    int members = 16;
    std::optional<std::uint64_t> seed;
    int from = 0, to = 0;  ///< years in which levers are pulled
    int until = 0;         ///< last year that counts
    int threads = 0;
    bool overwrite = false;
};

/// Years as asked for, else ten from 2026 on; none but whole years of the run.
sim::LeverageOptions options_of(const LeverageRequest& request, const scenarios::Scenario& scenario,
                                const sim::Calendar& calendar) {
    sim::LeverageOptions options = planned_leverage(scenario, calendar);
    options.members = request.members;
    options.seed = request.seed.value_or(scenario.run.seed);
    options.threads = request.threads;
    const int last = calendar.last_year();
    if (request.from != 0) {
        options.pulled_from = request.from;
        options.pulled_to = std::min(request.from + planned_lever_years - 1, last);
    }
    if (request.to != 0) options.pulled_to = request.to;
    if (request.until != 0) options.counted.last = request.until;
    if (options.pulled_from < calendar.first.year() || options.pulled_from > last)
        throw Failure(ExitCode::usage,
                      fmt::format("--from {}: levers are pulled in years of the run, {} to {}",
                                  options.pulled_from, calendar.first.year(), last));
    if (options.counted.last < options.pulled_from || options.counted.last > last)
        throw Failure(ExitCode::usage,
                      fmt::format("--until {}: count to a year from {}, when levers are first pulled, to {}, "
                                  "when the run ends",
                                  options.counted.last, options.pulled_from, last));
    return options;
}

sim::LeverageTable measure(const Worlds& worlds, sim::LeverageOptions& options, Console& console,
                           const InterruptGuard& interrupt) {
    Progress progress(console, worlds.scenario.scenario.name, "members");
    options.progress = [&](int done, int total) { progress.update(done, total); };
    options.cancelled = &interrupt.requested();
    try {
        return sim::measure_member_leverage(worlds.scenario.built.world,
                                            worlds.reference ? &worlds.reference->built.world : nullptr,
                                            options);
    } catch (const std::invalid_argument& error) {
        throw Failure(ExitCode::usage, fmt::format("--from, --to: {}", error.what()));
    }
}

ExitCode leverage(const LeverageRequest& request, Session& session) {
    const auto overwrite = request.overwrite ? Overwrite::replace : Overwrite::refuse;
    if (!request.output.empty()) OutputFolder::check(normal_folder(request.output), overwrite);
    const InterruptGuard interrupt;
    const auto data_dir = find_data_folder(session.data);
    const Worlds worlds =
        load_worlds(request.scenario, data_dir, {}, session.console, [&] { interrupt.check(); });
    const ScenarioWorld& one = worlds.scenario;
    sim::LeverageOptions options = options_of(request, one.scenario, one.built.world.calendar);
    const sim::LeverageTable table = measure(worlds, options, session.console, interrupt);
    const viz::MeasuredLeverage measured{one.scenario.name, one.built, table, options};
    if (!request.output.empty()) {
        OutputFolder folder(request.output, overwrite);
        viz::write_leverage_csv(measured, folder.partial() / "leverage.csv");
        if (one.scenario.output.maps == scenarios::OnOff::on) {
            Reading reading(session.console, [&] { interrupt.check(); });
            viz::write_leverage_map(measured,
                                    viz::frame_maps(one.scenario, one.built, data_dir, reading.listener()),
                                    folder.partial() / "leverage_support.tif");
        }
        folder.commit();
        session.console.info(fmt::format("wrote {}", folder.target().string()));
    }
    print_data(session.json ? viz::leverage_json(measured) : viz::leverage_text(measured));
    return ExitCode::done;
}

}  // namespace

void add_leverage_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command =
        app.add_subcommand("leverage", "What one unit of each lever at each place would avoid");
    const auto request = std::make_shared<LeverageRequest>();
    command->add_option("SCENARIO", request->scenario, "Scenario file")->required()->type_name("");
    command->add_option("-o,--output", request->output, "New folder for the table and the map")
        ->type_name("DIR");
    command->add_option("--from", request->from, "First year in which levers are pulled; 2026 if not given")
        ->type_name("YEAR");
    command->add_option("--to", request->to, "Last such year; the ninth after the first if not given")
        ->type_name("YEAR");
    command
        ->add_option("--until", request->until, "Last year whose tonnes count; the run's last if not given")
        ->type_name("YEAR");
    command->add_option("--members", request->members, "Draws of the parameters; 16 if not given")
        ->check(CLI::Range(1, 100000))
        ->type_name("N");
    command->add_option("--seed", request->seed, "Seed, in place of the scenario's run.seed")
        ->type_name("N")
        ->check(seed_number());
    command
        ->add_option("--threads", request->threads, "Threads; 0 takes all cores. Results do not depend on it")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command->add_flag("--overwrite", request->overwrite, "Replace an earlier answer");
    command->footer(
        "Examples:\n"
        "  domino leverage scenarios/jcm-2040.toml -o out/leverage\n"
        "  domino leverage mine.toml --from 2027 --to 2029 --until 2035 --members 64 --json\n"
        "All derivatives of a member come from one pass of its mean field forwards and one backwards.\n"
        "They hold for small changes; docs/leverage.md tells what they leave out.");
    command->callback([&session, &chosen, request] {
        chosen = [&session, request] { return leverage(*request, session); };
    });
}

}  // namespace domino::cli
