#pragma once

#include <string>
#include <vector>

#include "cli/lever_story.h"
#include "cli/load_world.h"
#include "sim/domino_share.h"
#include "sim/ensemble.h"
#include "viz/domino_chains.h"

namespace domino::cli {

/// What a whole scenario's domino consists of. Counts of commitments are means over members, of those the run
/// does not take as given.
struct ScenarioStory {
    struct Trigger {
        std::string cause;         ///< a cause id of the ledger; "layer" where a tie carried it
        std::string layer;         ///< of the tie
        double commitments = 0.0;  ///< a member
    };
    struct Source {
        std::string id, name;
        double direct = 0.0;      ///< commitments drawn to it, a member
        double downstream = 0.0;  ///< and those that lead back to it through others
        double downstream_t =
            0.0;  ///< what their places avoid since, t CO2e a member; NaN where not measured
    };
    struct Chain {
        std::vector<std::string> places;  ///< names
        std::vector<double> years;        ///< medians
        std::uint32_t members = 0;        ///< in which it ran whole
    };
    std::string scenario, reference;  ///< names; `reference` empty without one
    std::vector<scenarios::LeverChange> levers;
    int members = 0, first_year = 0, last_year = 0;
    std::uint64_t seed = 0;
    double commitments = 0.0;
    bool coupled = true;  ///< some tie may act
    sim::DominoShare of_commitments;
    sim::DominoShare of_tonnes;     ///< against the reference; not stated without one
    std::vector<Trigger> triggers;  ///< most frequent first
    std::vector<Source> sources;    ///< most commitments downstream first
    std::vector<Chain> chains;
};

/// Expects results with the run without coupling.
ScenarioStory make_scenario_story(const Worlds& worlds, const sim::EnsembleResults& results,
                                  const sim::EnsembleOptions& options);

/// The story in words, and as JSON with the levers that would move it most.
std::string tell(const ScenarioStory& story);
std::string to_json(const ScenarioStory& story, const LeverStory& levers);

}  // namespace domino::cli
