#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/results.h"
#include "viz/write_results.h"

namespace domino::viz {

inline constexpr const char* manifest_name = "manifest.json";

/// Writes manifest.json into @p dir: JSON-LD with RO-Crate terms (a Dataset that has parts, Files with size
/// and SHA-256, the CreateAction that made them from scenario and inputs with a SoftwareApplication), and
/// under "domino" seed, members, threads and the identities with their largest relative errors. @p files are
/// the outputs, relative to @p dir. Carries the time of the run, so two runs differ here and nowhere else.
/// Throws WriteError, or geo::ProblemError when an input can no longer be read.
void write_manifest(const RunContext& context, const std::vector<std::string>& files,
                    const std::vector<sim::IdentityCheck>& identities, const std::filesystem::path& dir);

/// SHA-256 over the inputs' names and sums, for short: the scenario files and everything read for them.
struct InputDigest {
    std::string name;  ///< as in the manifest: relative to the pack ("data/…") or the file's own name
    std::string role;
    std::string sha256;
    std::uintmax_t bytes = 0;
};

/// What a run reads.
struct RunInputs {
    const scenarios::Scenario& scenario;
    const scenarios::BuiltWorld& built;
    const scenarios::Scenario* reference = nullptr;
    std::filesystem::path data_dir;
};

/// Every input file once, ordered by name.
std::vector<InputDigest> digest_inputs(const RunInputs& inputs);

}  // namespace domino::viz
