#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "cli/session.h"
#include "sim/ensemble.h"
#include "viz/comparison.h"

namespace domino::cli {

/// A scenario that is compared with others, ready to be run.
struct ComparedScenario {
    std::string name;            ///< no other of them has it
    std::filesystem::path file;  ///< what is read: of a folder of results, its resolved scenario
    Worlds worlds;
    std::shared_ptr<const sim::RunResults> results,
        reference;  ///< filled by run_compared; no reference: null
    std::optional<viz::ProgramVersion> written_by = std::nullopt;  ///< of a folder of results
};

/// Reads scenarios, or folders of results, of which the resolved scenario is taken with the seed and members
/// of their manifest. Seeds must agree unless @p overrides name one; the fewest members count. Throws
/// Rejected, geo::ProblemError where a folder holds no results, and Failure where seeds differ, or two worlds
/// cannot be paired: places, technologies or months differ. Warns where scenarios are not measured against
/// the same reference, and of results that another version of domino wrote.
std::vector<ComparedScenario> load_compared(const std::vector<std::string>& inputs,
                                            const std::filesystem::path& data_dir,
                                            const RunOverrides& overrides, Console& console,
                                            const std::function<void()>& check_interrupt);

/// What all of them are run with, as domino run would: the same members and seed, no runs without coupling,
/// and the memory for places shared out.
sim::EnsembleOptions comparison_options(const std::vector<ComparedScenario>& compared);

/// Runs each, with its reference; one that is the reference of another is run once. The comparison refers to
/// @p compared. Throws as run_ensemble.
viz::Comparison run_compared(std::vector<ComparedScenario>& compared, int threads,
                             const InterruptGuard& interrupt, Console& console);

}  // namespace domino::cli
