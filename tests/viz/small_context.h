#pragma once

#include <filesystem>

#include "tests/support/small_results.h"
#include "viz/write_results.h"

namespace domino::test {

/// The context of a small run with the pack in @p data_dir. Keeps references to @p run.
inline viz::RunContext make_context(const SmallRun& run, const std::filesystem::path& data_dir) {
    viz::RunContext context{run.scenario, run.built, run.results};
    if (run.results.reference) {
        context.reference = &run.reference;
        context.reference_built = &run.reference_built;
        context.levers = {{"c3p.projects_scale", "1", "2", "2021-04"}};
    }
    context.options.members = run.results.scenario.members;
    context.options.seed = 7;
    context.program = {"0.1.0", "abc1234", {"domino", "run", "more-pairs.toml"}, "2026-01-02T03:04:05Z"};
    context.data_dir = data_dir;
    return context;
}

}  // namespace domino::test
