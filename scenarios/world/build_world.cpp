#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "scenarios/world/problems.h"
#include "scenarios/world/world_assembly.h"

namespace domino::scenarios {

WorldResult build_world(const Scenario& scenario, const std::filesystem::path& data_dir) {
    return build_world(scenario, data_dir, {});
}

WorldResult build_world(const Scenario& scenario, const std::filesystem::path& data_dir,
                        const ReadingProgress& progress) {
    try {
        WorldAssembly assembly(scenario, data_dir, progress);
        if (!assembly.make_ground()) return {std::nullopt, assembly.problems()};
        return assembly.finish();
    } catch (const geo::ProblemError& error) {
        WorldResult result;
        append_data_problems(result.problems, error, {});
        return result;
    }
}

}  // namespace domino::scenarios
