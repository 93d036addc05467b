#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cli/lever_story.h"

namespace domino::cli {

/// One calendar year of a place, as places.csv has it.
struct PlaceYear {
    int year = 0;
    double population = 0.0;
    double emissions_mean_t = 0.0, emissions_p05_t = 0.0, emissions_p95_t = 0.0;
    double committed_probability = 0.0;
    double capacity_mean = 0.0;
    std::vector<double> adoption_mean;  ///< by PlaceStory::technologies
};

/// A cause, or a place on the other end, with the number of members it stands for.
struct Share {
    std::string what;   ///< cause id, or place id
    std::string layer;  ///< where a tie carried it
    int members = 0;    ///< members in which it happened (at least once)
};

/// What the results say of one place. Counts are of members.
struct PlaceStory {
    std::string id, name, country, admin1, kind;
    double lon = 0.0, lat = 0.0;
    std::vector<std::string> technologies;
    std::vector<PlaceYear> years;       ///< ascending
    int members = 0;                    ///< of the run
    std::vector<int> commitment_years;  ///< of the members in which it committed, ascending
    std::vector<Share> causes;          ///< why it committed, most frequent first
    std::vector<Share> followed;        ///< places it followed
    std::vector<Share> triggered;       ///< places that followed it
    int triggered_events = 0;           ///< commitments attributed to it, all members together
    int members_with_triggered = 0;
    double domino_multiplier = 0.0;  ///< commitments that lead back to it, per own commitment
    /// What the places of those commitments avoided since, against the run without coupling, per own
    /// commitment, t CO2e; NaN where the ledger does not say.
    double domino_multiplier_t = 0.0;
    std::vector<int> first_triggered_years;    ///< of members_with_triggered, ascending
    std::map<std::string, std::string> names;  ///< of the places in followed and triggered
};

/// Reads places.csv, domino_ledger.csv and manifest.json of a folder of results. @p place is a place id or a
/// name (letter case ignored). Throws Failure (usage) for a place that is not there (with did-you-mean) or a
/// name several places share (listing their ids), and geo::ProblemError for damaged or missing files.
PlaceStory read_story(const std::filesystem::path& results, const std::string& place);

/// The story in words, and as JSON with the levers that would move the place most.
std::string tell(const PlaceStory& story);
std::string to_json(const PlaceStory& story, const LeverStory& levers);

}  // namespace domino::cli
