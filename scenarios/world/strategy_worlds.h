#pragma once

#include <filesystem>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "scenarios/scenario.h"
#include "scenarios/world/plan_candidates.h"
#include "scenarios/world/world_assembly.h"

namespace domino::scenarios {

/// The world of a scenario under one strategy or another; what no strategy touches is made once. Worlds may
/// be asked for from several threads. A plan gives the world that its list gives in a scenario, bit for bit.
class StrategyWorlds {
 public:
    /// @p scenario is one of which build_world makes a world. Throws geo::ProblemError for a damaged pack.
    StrategyWorlds(const Scenario& scenario, const std::filesystem::path& data_dir,
                   const ReadingProgress& progress = {});

    /// Without any strategy.
    BuiltWorld without() const;
    /// By a rule of its own; all else is as the section says.
    BuiltWorld by(const StrategySection& section) const;
    sim::World with(const StrategyPlan& plan) const;

    /// Places a project may be begun at, or an agreement concluded where the section says so, each with the
    /// nearest Japanese municipality that has a tie on record; unsorted.
    std::vector<PlanCandidate> candidates() const;
    /// Japanese municipalities with a tie on record.
    std::vector<std::uint32_t> municipalities() const;
    /// Pairs of cities with an agreement on record.
    CityPairs agreed() const;
    /// Technologies that JCM projects may buy, ascending.
    std::vector<std::uint16_t> bought_by_projects() const;

 private:
    StrategySection section_;
    WorldAssembly ground_;
};

}  // namespace domino::scenarios
