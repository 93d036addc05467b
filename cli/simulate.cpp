#include "cli/simulate.h"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

#include "cli/failure.h"
#include "cli/progress.h"
#include "cli/publish.h"
#include "geo/problem.h"
#include "sim/block_bytes.h"
#include "sim/ensemble_join.h"
#include "viz/checkpoint/run_fingerprint.h"

namespace domino::cli {
namespace {

sim::EnsembleRun prepare_run(const SimulationPlan& plan, const sim::EnsembleOptions& options) {
    const sim::World* reference = plan.worlds.reference ? &plan.worlds.reference->built.world : nullptr;
    try {
        return sim::EnsembleRun(plan.worlds.scenario.built.world, reference, options);
    } catch (const std::invalid_argument& error) {
        throw Failure(ExitCode::scenario_invalid, error.what());
    }
}

/// Hands on the blocks that an earlier run left. One that cannot be used is run again, and said.
template <class Take>
void resume_blocks(const SimulationPlan& plan, const sim::EnsembleRun& run, Console& console, Take take) {
    if (plan.resume == Resume::no) return;
    int members = 0;
    for (const auto& file : plan.blocks.files()) {
        try {
            sim::EnsembleBlock block = plan.blocks.read(file, run);
            const int held = block.slots().size();
            take(std::move(block));
            members += held;
        } catch (const std::invalid_argument& error) {
            console.warn(fmt::format("{}: {}; it is left aside", file.string(), error.what()));
        } catch (const geo::ProblemError& error) {
            console.warn(fmt::format("{}; its members are run again", error.what()));
        }
    }
    console.info(fmt::format("{} of {} members were done", members, plan.options.members));
}

}  // namespace

sim::EnsembleOptions ensemble_options(const scenarios::Scenario& scenario) {
    constexpr std::size_t megabyte = 1'000'000;
    sim::EnsembleOptions options;
    options.members = scenario.run.members;
    options.seed = scenario.run.seed;
    options.place_memory_bytes = static_cast<std::size_t>(scenario.run.place_results_memory_mb) * megabyte;
    return options;
}

std::string fingerprint_of(const Worlds& worlds, const sim::EnsembleOptions& options,
                           const std::filesystem::path& data_dir, const Session& session) {
    const viz::RunInputs inputs{worlds.scenario.scenario, worlds.scenario.built,
                                worlds.reference ? &worlds.reference->scenario : nullptr, data_dir};
    return viz::run_fingerprint(inputs, options, describe_program(session));
}

std::optional<sim::EnsembleResults> simulate(const SimulationPlan& plan, Ranks& ranks, Console& console) {
    Progress progress(console, "simulating", "members");
    sim::EnsembleOptions options = plan.options;
    options.progress = [&](int done, int total) {
        if (ranks.leads()) progress.update(done, total);
    };
    const sim::EnsembleRun run = prepare_run(plan, options);
    std::optional<sim::EnsembleJoin> join;
    const auto missing = slots_of(ranks.lead([&] {
        join.emplace(run);
        resume_blocks(plan, run, console, [&](sim::EnsembleBlock&& block) { join->add(std::move(block)); });
        return text_of(join->missing());
    }));
    std::vector<std::string> others;
    ranks.each([&] {
        run.run(slots_of_rank(missing, ranks.rank(), ranks.count()), [&](sim::EnsembleBlock&& block) {
            std::string bytes = sim::block_bytes(block);
            plan.blocks.keep(bytes, block.slots());
            if (join) {
                join->add(std::move(block));
            } else {
                others.push_back(std::move(bytes));
            }
            if (ranks.others_failed()) plan.interrupt.request();
        });
    });
    if (!ranks.leads()) {
        ranks.send(others);
        ranks.part();
        return std::nullopt;
    }
    for (int rank = 1; rank < ranks.count(); ++rank) {
        for (const std::string& bytes : ranks.receive(rank)) join->add(sim::read_block(bytes, run));
    }
    ranks.part();
    return join->finish();
}

void simulate_shard(const SimulationPlan& plan, sim::SlotRange shard, Console& console) {
    Progress progress(console, "simulating", "members");
    sim::EnsembleOptions options = plan.options;
    const int elsewhere = options.members - shard.size();
    options.progress = [&](int done, int) { progress.update(done - elsewhere, shard.size()); };
    const sim::EnsembleRun run = prepare_run(plan, options);
    sim::SlotCoverage coverage(options.members);
    resume_blocks(plan, run, console, [&](sim::EnsembleBlock&& block) { coverage.add(block.slots()); });
    run.run(coverage.missing(shard), [&](sim::EnsembleBlock&& block) { plan.blocks.keep(block); });
}

}  // namespace domino::cli
