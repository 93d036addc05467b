#pragma once

#include <filesystem>
#include <optional>

#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "cli/ranks.h"
#include "cli/session.h"
#include "sim/ensemble.h"
#include "viz/checkpoint/block_folder.h"

namespace domino::cli {

enum class Resume : unsigned char { no, yes };

/// Members, seed and memory as the scenario says.
sim::EnsembleOptions ensemble_options(const scenarios::Scenario& scenario);

/// What tells blocks of this run from those of any other.
std::string fingerprint_of(const Worlds& worlds, const sim::EnsembleOptions& options,
                           const std::filesystem::path& data_dir, const Session& session);

/// What a run makes ready once and then shares among its ranks.
struct SimulationPlan {
    const Worlds& worlds;
    const sim::EnsembleOptions& options;
    const viz::BlockFolder& blocks;  ///< finished members go here, and come from here on resuming
    const InterruptGuard& interrupt;
    Resume resume = Resume::no;
};

/// Runs the members of a scenario on all ranks, keeping each batch that is done, and joins them. Results on
/// the leading rank, nothing elsewhere. Throws Failure when the worlds do not match, sim::Cancelled,
/// viz::WriteError, and as Ranks::each where there are several.
std::optional<sim::EnsembleResults> simulate(const SimulationPlan& plan, Ranks& ranks, Console& console);

/// Runs the members of one shard on this process, keeping each batch that is done.
void simulate_shard(const SimulationPlan& plan, sim::SlotRange shard, Console& console);

}  // namespace domino::cli
