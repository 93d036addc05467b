#pragma once

#include <filesystem>
#include <string>

#include "sim/ensemble.h"
#include "viz/manifest_json.h"
#include "viz/write_results.h"

namespace domino::viz {

/// SHA-256 over everything that decides the bytes of a run's members: the program's version and commit, both
/// scenarios with every default filled in, the contents of all input files, members, seed and how places are
/// kept. Blocks of members belong together where it is the same. Paths do not enter, so that shards of
/// several machines agree. Throws geo::ProblemError when an input cannot be read.
std::string run_fingerprint(const RunInputs& inputs, const sim::EnsembleOptions& options,
                            const ProgramInfo& program);

}  // namespace domino::viz
