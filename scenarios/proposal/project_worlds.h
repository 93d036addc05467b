#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/proposal/partnership.h"
#include "scenarios/proposal/proposal.h"

namespace domino::scenarios {

/// A scenario's world with a proposed project and without it; everything else is the same.
struct ProjectWorlds {
    BuiltWorld with, without;
    std::uint32_t partner = 0;  ///< the partner city's row of both
    std::vector<std::string> countries;
    std::vector<std::string> conventions;
};

/// Builds both worlds for a run up to @p last. See simulate_likelihood for what they hold. Nullopt with
/// problems where the scenario does not build, or ends before the project begins.
std::optional<ProjectWorlds> build_project_worlds(const Proposal& proposal, const Partnership& partnership,
                                                  Scenario scenario, sim::Month last,
                                                  const std::filesystem::path& data_dir, Problems& problems);

}  // namespace domino::scenarios
