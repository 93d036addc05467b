#include "scenarios/world/strategy_worlds.h"

#include <stdexcept>
#include <utility>

namespace domino::scenarios {

StrategyWorlds::StrategyWorlds(const Scenario& scenario, const std::filesystem::path& data_dir,
                               const ReadingProgress& progress)
    : section_(scenario.strategy), ground_(scenario, data_dir, progress) {
    if (!ground_.make_ground())
        throw std::invalid_argument("strategies are tried on a scenario that has a world");
}

BuiltWorld StrategyWorlds::without() const {
    StrategySection section = section_;
    section.rule = StrategyRule::none;
    return by(section);
}

BuiltWorld StrategyWorlds::by(const StrategySection& section) const {
    WorldAssembly assembly = ground_;
    assembly.choose(section);
    WorldResult result = assembly.finish();
    if (!result.built) throw std::invalid_argument(format(result.problems.front()));
    return std::move(*result.built);
}

sim::World StrategyWorlds::with(const StrategyPlan& plan) const {
    WorldAssembly assembly = ground_;
    assembly.choose(plan);
    return assembly.finish_world();
}

std::vector<PlanCandidate> StrategyWorlds::candidates() const {
    return ground_.candidates(StrategyRule::nearest);
}

std::vector<std::uint32_t> StrategyWorlds::municipalities() const {
    return ground_.municipalities();
}

CityPairs StrategyWorlds::agreed() const {
    return ground_.agreed();
}

std::vector<std::uint16_t> StrategyWorlds::bought_by_projects() const {
    return ground_.bought_by_projects();
}

}  // namespace domino::scenarios
