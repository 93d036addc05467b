#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/world/layer_assembly.h"
#include "scenarios/world/named_places.h"
#include "scenarios/world/pack.h"
#include "scenarios/world/technology_tags.h"

namespace domino::scenarios {

/// A tie of the pack between a Japanese municipality and a partner abroad.
struct PairRecord {
    std::string id, overseas_place_id, overseas_admin1_id, overseas_iso3, japan_place_id, japan_admin1_id,
        source;
    sim::Month from;
    std::optional<sim::Month> to;         ///< last month, where stated
    std::optional<int> last_fiscal_year;  ///< last year of which there is evidence
    bool project = false;
    double weight = 1.0;
    std::string archetype = {};  ///< kind of collaboration, for the guidebook's cases
};

std::vector<PairRecord> read_pairs(Pack& pack);

/// First month a country is a JCM partner, by iso3; candidates and partners without any date are absent. A
/// missing printed date is replaced by the table's alternative.
std::map<std::string, sim::Month> read_jcm_partners(Pack& pack);

/// Place and region ids the ties need, for CoverageRequest::keep: both ends of the pack's pairs and of the
/// scenario's agreements. Names that cannot be resolved, and ends on the wrong side of Japan's border, are
/// problems at the agreement.
struct ResolvedAgreement {
    AgreementEntry entry;
    PlaceNames::Match japan, partner;
};
std::vector<ResolvedAgreement> resolve_agreements(const CollaborationSection& section,
                                                  const NamedPlaces& names, Problems& problems);

/// What the collaboration of a run consists of.
struct Collaboration {
    std::vector<Agreement> agreements;
    std::vector<PlannedProject> projects;
    std::vector<std::uint32_t> japanese;  ///< municipalities with ties on record, ascending
};

struct CollaborationInputs {
    const Scenario& scenario;
    const std::vector<PairRecord>& pairs;
    const std::vector<ResolvedAgreement>& resolved;
    const std::map<std::string, sim::Month>& partners;
    const geo::PlaceTable& table;
    const std::map<std::string, std::string>& authority;
};

/// Agreements and projects among the places of the world, hypothetical ones by the expansion rule. Ties with
/// an end outside the world are left out; those of the scenario are noted.
Collaboration plan_collaboration(const CollaborationInputs& inputs, const sim::World& world,
                                 std::vector<std::string>& notes);

/// Whether a JCM model project may buy a technology: it has to cut energy-related CO2 (guidebook Box 3) and
/// to be of the scenario's sectors.
bool may_buy(const JcmSection& jcm, const std::string& technology,
             const std::map<std::string, TechnologyTags>& tags);

/// Technologies a project on record is known to be about, by pair id: c3p_project_technologies, as far as the
/// run simulates them; ascending.
std::map<std::string, std::vector<std::uint16_t>> read_project_technologies(Pack& pack,
                                                                            const sim::World& world);

/// Adds the C3P programme with its budget and support windows to @p world: how intensely the phases carry out
/// each activity, and what their JCM projects buy where that is known.
void add_c3p(const Scenario& scenario, const std::vector<PlannedProject>& projects,
             const std::map<std::string, std::vector<std::uint16_t>>& technologies, sim::World& world);

/// What fill_credits needs beside the world.
struct CreditInputs {
    const Scenario& scenario;
    const std::map<std::string, sim::Month>& partners;
    const std::map<std::string, TechnologyTags>& tags;
    const Parameters& parameters;
};

/// Fills world.credits: partners by signing date; projects a year by the country's share in the pack's
/// project list (half a project added to each partner, so that new partners have some); mix of technologies
/// of that list among the run's technologies that cut energy CO2 and are of the scenario's sectors.
void fill_credits(Pack& pack, const CreditInputs& inputs, sim::World& world, std::vector<std::string>& notes,
                  Problems& problems);

/// Fills world.eco_lease: countries and mix of world.credits (which is filled already), from the scenario's
/// first month, with leases of their own size, share, budget and payments.
void fill_eco_lease(const Scenario& scenario, const Parameters& parameters, sim::World& world,
                    Problems& problems);

/// Adds the scenario's price schemes; unknown technologies or countries are problems at the scheme.
void add_price_schemes(const Scenario& scenario, sim::World& world, Problems& problems);

}  // namespace domino::scenarios
