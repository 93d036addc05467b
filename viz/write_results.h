#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/problem.h"
#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "scenarios/scenario.h"
#include "sim/ensemble.h"
#include "viz/lever_trials.h"

namespace domino::viz {

/// What produced the results. Only manifest.json tells of it, but for `version` and `commit`.
struct ProgramInfo {
    std::string version;                 ///< "0.1.0"
    std::string commit;                  ///< abbreviated, empty where not known
    std::vector<std::string> arguments;  ///< the command as given, program name first
    std::string started_at;              ///< UTC, "2026-11-22T15:00:00Z"; empty: the time of writing
    int ranks = 1;                       ///< processes of one MPI run, or shards that were merged
};

/// Everything a writer may use. The reference pointers are all set or all null, as
/// `results.reference` is; both worlds then have the same places, countries, technologies and calendar.
struct RunContext {
    const scenarios::Scenario& scenario;
    const scenarios::BuiltWorld& built;
    const sim::EnsembleResults& results;
    const scenarios::Scenario* reference = nullptr;
    const scenarios::BuiltWorld* reference_built = nullptr;
    sim::EnsembleOptions options = {};  ///< members, seed and threads as used
    ProgramInfo program = {};
    std::vector<scenarios::LeverChange> levers = {};  ///< differences(reference, scenario)
    std::vector<LeverTrial> lever_trials = {};        ///< each lever by itself; empty where none was tried
    std::filesystem::path data_dir = {};  ///< the pack, for boundaries, population grid and credits
    /// Called before each file by any thread, one at a time: its name, how many were begun, of how many.
    std::function<void(std::string_view file, int done, int total)> progress = {};
    /// Told of the rasters and layers that are read for the maps; by one thread, but beside `progress`.
    scenarios::ReadingProgress reading = {};
};

/// A result that could not be written: a full disk, a missing folder, no permission.
class WriteError : public geo::ProblemError {
 public:
    using geo::ProblemError::ProblemError;
};

/// Writes the files of a run into @p dir, which exists and is empty: pathways.csv, targets.csv, places.csv,
/// domino_ledger.csv, results.gpkg, three maps with styles, report.html, scenario_resolved.toml and, last,
/// manifest.json. `scenario.output` leaves files out. The same context gives the same bytes in every file
/// but manifest.json, whatever the number of threads. Throws WriteError when a file cannot be written,
/// geo::ProblemError when the pack's boundaries or grid cannot be read, sim::IdentityBroken when sums differ
/// by more than 1e-6 between places, countries, table and map. The caller removes a half-written folder.
void write_results(const RunContext& context, const std::filesystem::path& dir);

}  // namespace domino::viz
