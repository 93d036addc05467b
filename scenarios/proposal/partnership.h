#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/proposal/proposal.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// One of the two cities as the pack knows it.
struct Actor {
    std::string id, name, iso3;
    bool unit = false;  ///< an admin-1 unit: a prefecture or province, or what stands for an absent place
    std::optional<double> ghi_kwh_m2_day;
};

/// A tie between the two cities on record in c3p_pairs.csv.
struct TieOnRecord {
    std::string id, source;
    sim::Month from;
    sim::Month last;    ///< last month of which there is evidence
    bool ends = false;  ///< the end is stated
    bool project = false;
};

/// What the pack knows of the two cities of a proposal.
struct Partnership {
    Actor japan, partner;
    std::vector<TieOnRecord> ties;                ///< by id
    std::optional<sim::Month> jcm_partner_since;  ///< of the partner's country
    bool jcm_candidate = false;
    bool leading_area = false;  ///< the Japanese city was selected in a round
    std::string country_name;
};

/// Finds both cities, by id, by name, or by their name in c3p_pairs.csv; a name that means no place or
/// several is a problem at its key. Throws geo::ProblemError for a damaged pack.
std::optional<Partnership> find_partnership(const Proposal& proposal, Pack& pack, Problems& problems);

/// City-to-city projects of the two cities in the three years before the contract year.
struct PastCollaboration {
    int at_least = 0, at_most = 0;      ///< they differ where a declared project may be one on record
    std::vector<std::string> evidence;  ///< each project, and whence
};
PastCollaboration count_past_projects(const Proposal& proposal, const Partnership& partnership);

}  // namespace domino::scenarios
