#include <charconv>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "cli/number_check.h"
#include "cli/output_folder.h"
#include "cli/progress.h"
#include "cli/publish.h"
#include "cli/ranks.h"
#include "cli/run_summary.h"
#include "cli/simulate.h"
#include "cli/strategy_list.h"
#include "cli/unfinished_run.h"
#include "cli/version.h"
#include "viz/checkpoint/block_folder.h"
#include "viz/checkpoint/shard_note.h"

namespace domino::cli {
namespace {

struct RunOptions {
    std::string scenario;
    std::string output;
    RunOverrides overrides;
    int threads = 0;
    int batch_members = sim::EnsembleOptions().batch_members;
    bool overwrite = false;
    bool dry_run = false;
    bool fail_if_gap = false;
    bool resume = false;
    std::string shard;  ///< "3/16"; empty: all members
};

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// "3/16": the third of sixteen shards.
struct Shard {
    int number = 1;
    int of = 1;
};

std::optional<Shard> parse_shard(const std::string& text) {
    if (text.empty()) return std::nullopt;
    Shard shard;
    const char* end = text.data() + text.size();
    const auto number = std::from_chars(text.data(), end, shard.number);
    if (number.ec == std::errc() && number.ptr != end && *number.ptr == '/') {
        const auto of = std::from_chars(number.ptr + 1, end, shard.of);
        if (of.ec == std::errc() && of.ptr == end && shard.number >= 1 && shard.number <= shard.of)
            return shard;
    }
    throw Failure(ExitCode::usage,
                  fmt::format("--shard \"{}\" is no part of a run; say which of how many, counted "
                              "from 1, as in --shard 3/16",
                              text));
}

int threads_of(const RunOptions& options, const Ranks& ranks) {
    if (options.threads > 0) return options.threads;
    if (const int fair = ranks.fair_threads(); fair > 0) return fair;
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

/// Everything a run knows before its first member.
struct ReadyRun {
    const RunOptions& options;
    const Worlds& worlds;
    const sim::EnsembleOptions& ensemble;
    std::filesystem::path data_dir;
    std::string fingerprint;
    Clock::time_point start;
    const InterruptGuard& interrupt;
};

Resume resume_of(const RunOptions& options) {
    return options.resume ? Resume::yes : Resume::no;
}

/// Blocks of an earlier run that nobody asked to go on with are not left lying among the new ones.
void begin_blocks(const RunOptions& options, const UnfinishedRun& folder, Console& console) {
    if (options.resume) return;
    if (!viz::BlockFolder(folder.blocks(), "").files().empty())
        console.info(
            "an earlier run was left unfinished here; it is begun anew (--resume would go on with it)");
    folder.drop_blocks();
}

/// Whether the shard was run to its end before: what a scheduler that starts a job again may ask.
bool is_done(const ReadyRun& run, sim::SlotRange slots) {
    if (!run.options.resume) return false;
    try {
        const viz::ShardNote note = viz::read_shard_note(run.options.output);
        return note.fingerprint == run.fingerprint && note.slots == slots;
    } catch (const geo::ProblemError&) {
        return false;
    }
}

ExitCode run_shard(const ReadyRun& run, Shard shard, Session& session) {
    const sim::SlotRange slots = viz::shard_slots(run.ensemble.members, shard.number, shard.of);
    if (slots.size() == 0)
        throw Failure(ExitCode::usage,
                      fmt::format("--shard {}/{} is empty: the run has {} members; take fewer "
                                  "shards",
                                  shard.number, shard.of, run.ensemble.members));
    if (is_done(run, slots)) {
        session.console.info("this shard is done already");
        print_data(run.options.output + "\n");
        return ExitCode::done;
    }
    UnfinishedRun folder(run.options.output, run.options.overwrite ? Overwrite::replace : Overwrite::refuse);
    begin_blocks(run.options, folder, session.console);
    const viz::BlockFolder blocks(folder.blocks(), run.fingerprint);
    simulate_shard({run.worlds, run.ensemble, blocks, run.interrupt, resume_of(run.options)}, slots,
                   session.console);
    viz::write_shard_note({run.fingerprint, program_version(), program_commit(),
                           std::filesystem::absolute(run.worlds.scenario.scenario.file), run.ensemble.members,
                           run.ensemble.seed, shard.number, shard.of, slots},
                          folder.results());
    // Last, so that a full disk cannot cost finished members: what lies in `results` is not kept on failing.
    std::filesystem::rename(folder.blocks(), folder.results() / "blocks");
    folder.commit();
    session.console.info(fmt::format("shard {} of {} done in {}; join them with domino merge", shard.number,
                                     shard.of, describe_duration(seconds_since(run.start))));
    print_data(folder.target().string() + "\n");
    return ExitCode::done;
}

ExitCode run_whole(const ReadyRun& run, Ranks& ranks, Session& session) {
    // The leading rank makes the folder; the others find it.
    std::optional<UnfinishedRun> folder;
    const std::string blocks_path = ranks.lead([&] {
        folder.emplace(run.options.output, run.options.overwrite ? Overwrite::replace : Overwrite::refuse);
        begin_blocks(run.options, *folder, session.console);
        return folder->blocks().string();
    });
    const viz::BlockFolder blocks(blocks_path, run.fingerprint);
    const auto results = simulate({run.worlds, run.ensemble, blocks, run.interrupt, resume_of(run.options)},
                                  ranks, session.console);
    if (!results) return ExitCode::done;
    return publish({run.worlds, *results, run.ensemble, run.data_dir, ranks.count(),
                    run.options.fail_if_gap ? OnGap::fail : OnGap::fine, run.start},
                   *folder, run.interrupt, session);
}

ExitCode run_on(Ranks& ranks, const RunOptions& options, Session& session) {
    const auto start = Clock::now();
    Console& console = session.console;
    if (!ranks.leads()) console.set_loudness(Loudness::silent);
    const std::optional<Shard> shard = ranks.alike([&] {
        const std::optional<Shard> part = parse_shard(options.shard);
        if (part && ranks.count() > 1)
            throw Failure(ExitCode::usage,
                          "--shard is for runs without MPI: ranks share the members themselves");
        return part;
    });
    const InterruptGuard interrupt;
    const auto data_dir = find_data_folder(session.data);
    const Worlds worlds = ranks.alike([&] {
        if (!options.output.empty() && !options.resume)
            OutputFolder::check(options.output, options.overwrite ? Overwrite::replace : Overwrite::refuse);
        return load_worlds(options.scenario, data_dir, options.overrides, console,
                           [&] { interrupt.check(); });
    });
    sim::EnsembleOptions ensemble = ensemble_options(worlds.scenario.scenario);
    ensemble.threads = threads_of(options, ranks);
    ensemble.batch_members = options.batch_members;
    ensemble.cancelled = &interrupt.requested();
    if (options.dry_run) {
        if (ranks.leads())
            print_data(session.json ? plan_json(worlds, ensemble) : plan_text(worlds, ensemble));
        return ExitCode::done;
    }
    console.info(describe_world(worlds, seconds_since(start)));
    console.info(scenarios::describe_urban_shares(worlds.scenario.built.urban));
    if (const auto strategy = describe_strategy(worlds.scenario.built); !strategy.empty())
        console.info(strategy);
    const ReadyRun ready{
        options, worlds,   ensemble, data_dir, fingerprint_of(worlds, ensemble, data_dir, session),
        start,   interrupt};
    return shard ? run_shard(ready, *shard, session) : run_whole(ready, ranks, session);
}

ExitCode run(const RunOptions& options, Session& session) {
    if (options.output.empty() && !options.dry_run)
        throw Failure(ExitCode::usage,
                      "name a folder for the results, as in: domino run SCENARIO -o out/mine (or --dry-run)");
    Ranks& ranks = session.ranks.emplace();
    try {
        return run_on(ranks, options, session);
    } catch (...) {
        ranks.give_up(describe_exception().message);
        throw;
    }
}

/// As run, but tells what is kept of a run that was stopped or could not write.
ExitCode run_and_tell(const RunOptions& options, Session& session) {
    try {
        try {
            return run(options, session);
        } catch (const Interrupted&) {
            throw sim::Cancelled{};
        }
    } catch (const sim::Cancelled&) {
        throw Failure(ExitCode::interrupted, "interrupted; " + describe_unfinished(options.output));
    } catch (const viz::WriteError&) {
        session.console.info(describe_unfinished(options.output));
        throw;
    } catch (const RankFailed&) {
        session.console.info(describe_unfinished(options.output));
        throw;
    }
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
        ->type_name("N")
        ->check(seed_number());
    command
        ->add_option("--threads", options->threads, "Threads; 0 takes all cores. Results do not depend on it")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command
        ->add_option("--batch", options->batch_members,
                     "Members that are done, and kept, at a time. Results do not depend on it")
        ->check(CLI::Range(1, sim::most_batch_members))
        ->capture_default_str()
        ->type_name("N");
    command->add_flag("--overwrite", options->overwrite,
                      "Replace earlier results in the folder, in one step");
    command->add_flag("--dry-run", options->dry_run,
                      "Read, check and build everything, say what would run, write nothing");
    command->add_flag("--fail-if-gap", options->fail_if_gap,
                      "Exit with 6 when a target is missed in more than half of the members");
    command->add_flag("--resume", options->resume,
                      "Go on with a run of the same output that was stopped: finished members are kept");
    command
        ->add_option("--shard", options->shard,
                     "Run one part of the members, counted from 1; domino merge joins the parts")
        ->type_name("N/OF");
    command->footer(
        "Examples:\n"
        "  domino run scenarios/c3p-doubled.toml -o out/c3p --members 200\n"
        "  domino run my.toml --dry-run --json\n"
        "  domino run big.toml --shard 3/16 -o s3          the third of sixteen parts\n"
        "  mpirun -n 4 domino run big.toml -o out/big      the members shared by four processes\n"
        "Results appear whole or not at all. Ctrl-C exits with 130 and keeps the members that are done in\n"
        "DIR.unfinished, as a kill does; the same command with --resume goes on from there.");
    command->callback([&session, &chosen, options] {
        chosen = [&session, options] { return run_and_tell(*options, session); };
    });
}

}  // namespace domino::cli
