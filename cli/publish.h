#pragma once

#include <chrono>
#include <filesystem>

#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "cli/session.h"
#include "cli/unfinished_run.h"
#include "sim/ensemble.h"
#include "viz/write_results.h"

namespace domino::cli {

enum class OnGap : unsigned char { fine, fail };

/// What becomes files, and how.
struct Publication {
    const Worlds& worlds;
    const sim::EnsembleResults& results;
    const sim::EnsembleOptions& options;
    std::filesystem::path data_dir;
    int ranks = 1;
    OnGap on_gap = OnGap::fine;
    std::chrono::steady_clock::time_point started;
};

/// Tries the levers, writes every file of the results, puts the folder in place and tells how the targets
/// stand. Throws Interrupted, viz::WriteError and Failure.
ExitCode publish(const Publication& publication, UnfinishedRun& folder, const InterruptGuard& interrupt,
                 Session& session);

/// How this program is named in manifests and fingerprints.
viz::ProgramInfo describe_program(const Session& session);

}  // namespace domino::cli
