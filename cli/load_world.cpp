#include "cli/load_world.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/failure.h"
#include "cli/reading.h"
#include "scenarios/reading_progress.h"
#include "viz/check_maps.h"

namespace domino::cli {
namespace {

using scenarios::Problem;
using scenarios::Problems;
using scenarios::Severity;

/// Overrides of parameters that the world never asked for: levers that move nothing.
void warn_of_idle_parameters(const ScenarioWorld& made, Problems& problems) {
    for (const auto& [id, prior] : made.scenario.parameters) {
        const bool used = std::any_of(made.built.inputs.begin(), made.built.inputs.end(),
                                      [&id = id](const auto& input) { return input.key == id; });
        if (used) continue;
        const auto at = made.scenario.set_at.find("parameters." + id);
        problems.push_back({at == made.scenario.set_at.end() ? scenarios::SourceLocation{} : at->second,
                            fmt::format("parameters.{} changes nothing", id),
                            "this world has nothing that depends on it", "delete it", Severity::warning});
    }
}

/// What run_ensemble demands of a pair of worlds, said before hours are spent.
void check_pair(const ScenarioWorld& scenario, const ScenarioWorld& reference, Problems& problems) {
    const auto reject = [&](const std::string& key, std::string what) {
        const auto& set_at = scenario.scenario.set_at;
        const auto at = set_at.contains(key) ? set_at.at(key) : set_at.at("reference");
        problems.push_back(
            {at, fmt::format("{} differ{} from the reference's", key, key.ends_with('s') ? "" : "s"),
             std::move(what), "give both the same, most simply by extending the reference"});
    };
    const auto& a = scenario.built;
    const auto& b = reference.built;
    const auto same_place = [](const geo::Place& x, const geo::Place& y) { return x.id == y.id; };
    if (!std::equal(a.places.places.begin(), a.places.places.end(), b.places.places.begin(),
                    b.places.places.end(), same_place))
        reject("places", "a difference is measured place by place");
    if (scenario.scenario.technologies != reference.scenario.technologies)
        reject("technologies", "a difference is measured technology by technology");
    if (a.world.calendar.first != b.world.calendar.first || a.world.calendar.steps != b.world.calendar.steps)
        reject("run.start and run.end", "a difference is measured month by month");
    if (a.world.calendar.parts_per_month != b.world.calendar.parts_per_month ||
        a.world.calendar.months_per_step != b.world.calendar.months_per_step)
        reject("run.parts_per_month and run.months_per_step",
               "the error of the step would show as a difference");
}

std::optional<ScenarioWorld> make(const std::filesystem::path& file, const std::filesystem::path& data_dir,
                                  const RunOverrides& overrides, Problems& problems, Console& console,
                                  const std::function<void()>& check_interrupt) {
    scenarios::LoadedScenario loaded = scenarios::load_scenario(file, data_dir);
    std::move(loaded.problems.begin(), loaded.problems.end(), std::back_inserter(problems));
    if (!loaded.scenario) return std::nullopt;
    check_interrupt();
    const scenarios::SourceLocation command_line{"the command line", 0, 0};
    if (overrides.members && *overrides.members != loaded.scenario->run.members) {
        loaded.scenario->run.members = *overrides.members;
        loaded.scenario->set_at["run.members"] = command_line;
    }
    if (overrides.seed && *overrides.seed != loaded.scenario->run.seed) {
        loaded.scenario->run.seed = *overrides.seed;
        loaded.scenario->set_at["run.seed"] = command_line;
    }
    scenarios::WorldResult world = [&] {
        Reading reading(console, check_interrupt);
        return scenarios::build_world(*loaded.scenario, data_dir, reading.listener());
    }();
    std::move(world.problems.begin(), world.problems.end(), std::back_inserter(problems));
    if (!world.built || scenarios::has_errors(problems)) return std::nullopt;
    check_interrupt();
    ScenarioWorld made{std::move(*loaded.scenario), std::move(*world.built)};
    warn_of_idle_parameters(made, problems);
    return made;
}

/// Warnings that a key of [strategy] changes nothing.
void drop_idle_strategy(Problems& problems) {
    std::erase_if(problems, [](const Problem& problem) {
        return problem.severity == Severity::warning && problem.what.starts_with("strategy.") &&
               problem.what.ends_with("changes nothing");
    });
}

struct Attempt {
    std::optional<ScenarioWorld> scenario, reference;
    Problems problems;
};

/// One line for each problem: what a scenario and its reference share would be told twice.
void drop_repeats(Problems& problems) {
    Problems once;
    for (Problem& problem : problems) {
        const bool told = std::any_of(once.begin(), once.end(),
                                      [&](const Problem& p) { return format(p) == format(problem); });
        if (!told) once.push_back(std::move(problem));
    }
    problems = std::move(once);
}

Attempt attempt(const std::filesystem::path& file, const std::filesystem::path& data_dir,
                const RunOverrides& overrides, Console& console,
                const std::function<void()>& check_interrupt) {
    Attempt result;
    result.scenario = make(file, data_dir, overrides, result.problems, console, check_interrupt);
    if (result.scenario && result.scenario->scenario.reference) {
        result.reference = make(*result.scenario->scenario.reference, data_dir, overrides, result.problems,
                                console, check_interrupt);
        if (result.reference) check_pair(*result.scenario, *result.reference, result.problems);
    }
    if (result.scenario && !scenarios::has_errors(result.problems)) {
        const Problems of_maps = viz::check_maps(result.scenario->scenario, result.scenario->built, data_dir);
        result.problems.insert(result.problems.end(), of_maps.begin(), of_maps.end());
    }
    drop_repeats(result.problems);
    if (overrides.strategy == StrategyUse::search) drop_idle_strategy(result.problems);
    return result;
}

}  // namespace

Worlds load_worlds(const std::filesystem::path& file, const std::filesystem::path& data_dir,
                   const RunOverrides& overrides, Console& console,
                   const std::function<void()>& check_interrupt) {
    Attempt result = attempt(file, data_dir, overrides, console, check_interrupt);
    console.show(result.problems);
    if (!result.scenario || scenarios::has_errors(result.problems))
        throw Rejected{exit_code_of(result.problems)};
    return Worlds{std::move(*result.scenario), std::move(result.reference)};
}

Findings find_problems(const std::filesystem::path& file, const std::filesystem::path& data_dir,
                       Console& console) {
    Attempt result = attempt(file, data_dir, {}, console, [] {});
    std::string urban;
    if (result.scenario) urban = scenarios::describe_urban_shares(result.scenario->built.urban);
    return {std::move(result.problems), std::move(urban)};
}

}  // namespace domino::cli
