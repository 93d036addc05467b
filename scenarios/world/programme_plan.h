#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/world/plan_candidates.h"
#include "sim/calendar.h"

namespace domino::scenarios {

/// A project on record: its window is taken as given.
struct RecordedProject {
    std::string id, source;
    std::uint32_t place = 0;
    std::optional<std::uint32_t> partner;
    sim::Month from, to;
    double weight = 1.0;  ///< share of the tie, where one project spans several places
    std::string archetype = {};
};

struct PlanRequest {
    sim::Calendar calendar;
    C3pSection c3p;
    std::vector<RecordedProject> recorded;
    std::vector<PlanCandidate> candidates;
    std::vector<std::uint32_t> japanese_partners;  ///< municipalities on record, in order of id; may be empty
};

/// Whose budget pays a project.
enum class Payer : std::uint8_t { c3p, strategy };

struct PlannedProject {
    std::string id, source;
    std::uint32_t place = 0;
    std::optional<std::uint32_t> partner;
    sim::Month from, to;  ///< `to` is the first month without support
    double weight = 1.0;
    bool hypothetical = false;   ///< chosen by a rule or the planner, not on record
    std::string archetype = {};  ///< kind of collaboration, where the documents describe it
    Payer payer = Payer::c3p;
};

/// How often the two sides of a project meet, relative to the duties of the guidebook's Table 3 (two visits,
/// one workshop, about three report sessions a year): what the scenario states, else its meetings over those.
double contact_intensity(const C3pSection& c3p);

/// End of a project on record: the stated end; else whole phases from its start, at least all that one
/// project may have, and more where it is evidenced to have gone on (a follow-up project).
sim::Month recorded_end(sim::Month from, std::optional<sim::Month> stated_end,
                        std::optional<int> last_fiscal_year, const C3pSection& c3p);

/// Who is supported when. Projects on record run as recorded. Beyond them every April (Japan's fiscal year)
/// is filled up to projects_per_year with the best candidates that never had a project, are partners by then,
/// and at most one per admin-1 unit a round; each runs phase_years × max_phases, with the candidate's
/// Japanese municipality or those on record in rotation. Projects that fill the first round are of staggered
/// age, as in a programme that has long run.
///
/// A scale above 1 adds round(projects × (scale − 1)) further projects from `scaled_from` on, chosen among
/// candidates the unscaled plan never uses: the unscaled plan is part of the scaled one. A scale below 1
/// admits nobody from then on until enough have ended. Before `scaled_from` both plans are the same. Sorted
/// by start, then id. Deterministic for any order of candidates.
std::vector<PlannedProject> plan_c3p(const PlanRequest& request);

}  // namespace domino::scenarios
