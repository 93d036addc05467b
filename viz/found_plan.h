#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "scenarios/search/strategy_search.h"

namespace domino::viz {

/// A plan as it was searched for, ready to be told and written.
struct FoundPlan {
    const scenarios::Scenario& scenario;
    const scenarios::BuiltWorld& without;  ///< the world without a strategy
    const scenarios::SearchResult& result;
    const scenarios::SearchOptions& options;
    double budget_jpy_per_year = 0.0;
};

/// What gains are told in: "Mt CO2e" or "places", and how many of the search's own unit one of it is.
struct GainUnit {
    std::string name;
    double in_one = 1.0;
};
GainUnit gain_unit(sim::Aim aim);
/// What is maximised, in words: "CO2e avoided from 2020 to 2040".
std::string describe_aim(const FoundPlan& plan);

/// Whether the plan beats the highest emissions for the same money beyond the noise, in a sentence.
std::string describe_verdict(const FoundPlan& plan);
/// What each project (or agreement alone) of the full plan is and adds, in the order of the plan.
std::vector<std::string> project_remarks(const FoundPlan& plan);

/// All of it for a person to read, and as JSON.
std::string plan_text(const FoundPlan& plan);
std::string plan_json(const FoundPlan& plan);

/// projects.csv: a row a project, in order of choice. frontier.csv: a row a budget (docs/optimize.md). Throw
/// WriteError.
void write_projects_csv(const FoundPlan& plan, const std::filesystem::path& path);
void write_frontier_csv(const FoundPlan& plan, const std::filesystem::path& path);

}  // namespace domino::viz
