#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/load_world.h"
#include "sim/ensemble.h"
#include "sim/targets.h"
#include "viz/write_results.h"

namespace domino::cli {

/// One line for a person: places, countries, ties, and how long it took to build them.
std::string describe_world(const Worlds& worlds, double seconds);

/// What a run would do, for --dry-run. Memory is that of the results, by their declared shapes.
std::string plan_text(const Worlds& worlds, const sim::EnsembleOptions& options);
std::string plan_json(const Worlds& worlds, const sim::EnsembleOptions& options);

/// How a run's targets stand: met means met in more than half of the members.
struct TargetSummary {
    struct Row {
        std::string id;
        bool assessed = false;
        double probability = 0.0;
        std::string reason;  ///< why it is not assessable
    };
    std::vector<Row> rows;
    int met = 0;
    int missed = 0;
    int not_assessable = 0;

    std::string text() const;
};
TargetSummary summarize_targets(const std::vector<sim::Target>& targets,
                                const std::vector<sim::TargetResult>& results);

std::string outcome_json(const std::filesystem::path& folder, const viz::RunContext& context,
                         const TargetSummary& targets, double seconds);

}  // namespace domino::cli
