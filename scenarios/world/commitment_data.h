#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/built_world.h"
#include "scenarios/world/pack.h"
#include "scenarios/world/parameters.h"

namespace domino::scenarios {

/// A dated count of Japan's Zero Carbon City declarations among prefectures and cities.
struct DeclarationCount {
    sim::Month month;         ///< the end of this month lies nearest to the date of the count
    double share = 0.0;       ///< of the 47 prefectures and 792 cities
    bool solved_for = false;  ///< the trend is solved to pass it; others are held against the run
    std::string source;
};

/// Counts of zero_carbon_city_counts that state prefectures and cities, ascending, one a month. The first and
/// the last of them are solved for. Places of the world are cities and prefectures, so the share of these two
/// classes is the one that is matched.
std::vector<DeclarationCount> read_declaration_counts(Pack& pack);

/// Gives every country its commitment trend: Japan the counts and its own forecast and block rate, others the
/// hazard of a place of 100,000.
void fill_commitment(const Scenario& scenario, const std::vector<DeclarationCount>& counts,
                     const Parameters& parameters, sim::World& world);

/// Commitments before the run's first month, taken as given (observed_commitments; proposals are none).
void fill_observed_commitments(Pack& pack, const geo::PlaceTable& table,
                               const std::map<std::string, std::string>& authority, sim::World& world);

/// Row of the place with an id, or of the place that carries a unit's authority; nullopt where the world has
/// neither.
std::optional<std::uint32_t> find_actor(const geo::PlaceTable& table,
                                        const std::map<std::string, std::string>& authority,
                                        const std::string& place_id, const std::string& admin1_id);

}  // namespace domino::scenarios
