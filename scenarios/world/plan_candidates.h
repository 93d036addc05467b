#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/scenario.h"
#include "sim/calendar.h"
#include "sim/world.h"

namespace domino::scenarios {

/// A place that may be chosen for a project nobody has planned yet.
struct PlanCandidate {
    std::uint32_t place = 0;
    std::string place_id, admin1_id;
    sim::Month eligible_from;                   ///< JCM partner since; `never` where not
    double rank = 0.0;                          ///< larger goes first; ties by `second`, then by place id
    double second = 0.0;                        ///< larger goes first
    std::optional<std::uint32_t> partner = {};  ///< who works with it; none: municipalities on record in turn
    std::string reason = {};                    ///< what its rank rests on, for a planner
};

/// The order in which candidates are chosen; the same for any order of input.
void sort_by_rank(std::vector<PlanCandidate>& candidates);

struct CandidateInputs {
    const geo::PlaceTable& table;
    const sim::World& world;
    const std::map<std::string, sim::Month>& partners;  ///< JCM partner since, by iso3
    const std::vector<std::uint32_t>& japanese;         ///< municipalities on record
    std::span<const double> centrality;                 ///< by place, for StrategyRule::hubs
    sim::Month at;                                      ///< when GDP and people are looked at
};

/// Every city of a JCM partner country with its rank by one of the rules that measure places: largest
/// (people), highest_emissions (t CO2e of its own sectors in the country's base year), nearest (geodesic to
/// the nearest Japanese municipality on record, which becomes its partner), hubs (@p centrality), equity (the
/// country's GDP a head, lowest first, its largest cities first). Unsorted. GDP is purchasing power, divided
/// by the people of the country's places.
std::vector<PlanCandidate> rank_candidates(StrategyRule rule, const CandidateInputs& inputs);

}  // namespace domino::scenarios
