#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "cli/progress.h"
#include "cli/publish.h"
#include "cli/run_summary.h"
#include "cli/simulate.h"
#include "cli/unfinished_run.h"
#include "geo/problem.h"
#include "sim/ensemble_join.h"
#include "viz/checkpoint/block_folder.h"
#include "viz/checkpoint/shard_note.h"

namespace domino::cli {
namespace {

struct MergeOptions {
    std::vector<std::string> shards;
    std::string output;
    std::string scenario;
    int threads = 0;
    bool overwrite = false;
    bool fail_if_gap = false;
};

struct FoundShard {
    std::filesystem::path folder;
    viz::ShardNote note;
};

/// Reads what every shard is of. All that do not belong together are told at once.
std::vector<FoundShard> find_shards(const MergeOptions& options) {
    std::vector<geo::Problem> problems;
    std::vector<FoundShard> found;
    for (const std::string& folder : options.shards) {
        try {
            found.push_back({folder, viz::read_shard_note(folder)});
        } catch (const geo::ProblemError& error) {
            problems.insert(problems.end(), error.problems().begin(), error.problems().end());
        }
    }
    for (const FoundShard& shard : found) {
        const viz::ShardNote& first = found.front().note;
        if (shard.note.fingerprint == first.fingerprint) continue;
        const std::string why =
            shard.note.version + shard.note.commit != first.version + first.commit
                ? fmt::format("it was run by domino {} ({}), the first by {} ({})", shard.note.version,
                              shard.note.commit, first.version, first.commit)
            : shard.note.members != first.members || shard.note.seed != first.seed
                ? fmt::format("it has {} members from seed {}, the first {} from {}", shard.note.members,
                              shard.note.seed, first.members, first.seed)
                : std::string("its scenario or data differ from the first's");
        problems.push_back({shard.folder.string(), "this shard is of another run", why,
                            "merge shards of one scenario, data, seed and version of domino"});
    }
    if (!problems.empty()) throw geo::ProblemError(std::move(problems));
    return found;
}

void check_version(const viz::ShardNote& note, const viz::ProgramInfo& program) {
    if (note.version == program.version && note.commit == program.commit) return;
    throw Failure(ExitCode::data,
                  fmt::format("the shards were run by domino {} ({}), this is {} ({}); merge with "
                              "the version that ran them",
                              note.version, note.commit, program.version, program.commit));
}

/// "members 33 to 48 (shard 3 of 16)" for everything that no shard brought.
void require_all(const sim::EnsembleJoin& join, const viz::ShardNote& note) {
    const auto missing = join.missing();
    if (missing.empty()) return;
    std::string list;
    for (int shard = 1; shard <= note.shards; ++shard) {
        const sim::SlotRange slots = viz::shard_slots(note.members, shard, note.shards);
        const bool touched = std::any_of(missing.begin(), missing.end(), [&](const sim::SlotRange& gap) {
            return gap.begin < slots.end && slots.begin < gap.end;
        });
        if (touched) list += (list.empty() ? "" : ", ") + std::to_string(shard);
    }
    throw Failure(ExitCode::data, fmt::format("not all members are there: shards {} of {} are missing or "
                                              "unfinished; run them, and name them all",
                                              list, note.shards));
}

void join_shards(const std::vector<FoundShard>& shards, const sim::EnsembleRun& run, sim::EnsembleJoin& join,
                 const InterruptGuard& interrupt, Console& console) {
    Progress progress(console, "merging", "shards");
    int done = 0;
    for (const FoundShard& shard : shards) {
        const viz::BlockFolder blocks(shard.folder / "blocks", shard.note.fingerprint);
        for (const auto& file : blocks.files()) {
            interrupt.check();
            try {
                join.add(blocks.read(file, run));
            } catch (const std::invalid_argument& error) {
                throw geo::ProblemError({file.string(), "these members cannot be joined", error.what(),
                                         "name each shard once, and no two with the same number"});
            }
        }
        progress.update(++done, static_cast<int>(shards.size()));
    }
}

ExitCode merge(const MergeOptions& options, Session& session) {
    const auto start = std::chrono::steady_clock::now();
    const InterruptGuard interrupt;
    const Overwrite overwrite = options.overwrite ? Overwrite::replace : Overwrite::refuse;
    OutputFolder::check(options.output, overwrite);
    const std::vector<FoundShard> shards = find_shards(options);
    const viz::ShardNote& note = shards.front().note;
    check_version(note, describe_program(session));
    const auto data_dir = find_data_folder(session.data);
    const std::filesystem::path scenario =
        options.scenario.empty() ? note.scenario : std::filesystem::path(options.scenario);
    RunOverrides overrides;
    overrides.members = note.members;
    overrides.seed = note.seed;
    const Worlds worlds =
        load_worlds(scenario, data_dir, overrides, session.console, [&] { interrupt.check(); });
    sim::EnsembleOptions ensemble = ensemble_options(worlds.scenario.scenario);
    ensemble.threads = options.threads > 0
                           ? options.threads
                           : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    ensemble.cancelled = &interrupt.requested();
    if (fingerprint_of(worlds, ensemble, data_dir, session) != note.fingerprint)
        throw Failure(
            ExitCode::data,
            fmt::format("\"{}\" or the data it reads are not what the shards were run with; name the "
                        "scenario they were run with by --scenario, and its data by --data",
                        scenario.string()));
    UnfinishedRun folder(options.output, overwrite);
    folder.drop_blocks();
    const sim::World* reference = worlds.reference ? &worlds.reference->built.world : nullptr;
    const sim::EnsembleRun run(worlds.scenario.built.world, reference, ensemble);
    sim::EnsembleJoin join(run);
    join_shards(shards, run, join, interrupt, session.console);
    require_all(join, note);
    const sim::EnsembleResults results = join.finish();
    return publish({worlds, results, ensemble, data_dir, static_cast<int>(shards.size()),
                    options.fail_if_gap ? OnGap::fail : OnGap::fine, start},
                   folder, interrupt, session);
}

}  // namespace

void add_merge_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command = app.add_subcommand(
        "merge", "Join the shards of a run into its results: the bytes one process would write");
    const auto options = std::make_shared<MergeOptions>();
    command->add_option("SHARDS", options->shards, "Folders that domino run --shard has written")
        ->required()
        ->type_name("");
    command->add_option("-o,--output", options->output, "New folder for the results")
        ->required()
        ->type_name("DIR");
    command
        ->add_option("--scenario", options->scenario,
                     "The scenario the shards were run with, where it lies elsewhere now")
        ->type_name("FILE");
    command->add_option("--threads", options->threads, "Threads for the maps; 0 takes all cores")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command->add_flag("--overwrite", options->overwrite,
                      "Replace earlier results in the folder, in one step");
    command->add_flag("--fail-if-gap", options->fail_if_gap,
                      "Exit with 6 when a target is missed in more than half of the members");
    command->footer("Example: domino merge s1 s2 s3 s4 -o out/big");
    command->callback(
        [&session, &chosen, options] { chosen = [&session, options] { return merge(*options, session); }; });
}

}  // namespace domino::cli
