#include "scenarios/proposal/score_evidence.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/month_text.h"

namespace domino::scenarios {
namespace {

using Lines = std::vector<std::string>;

std::string percent(double share) {
    return fmt::format("{:.1f} %", 100.0 * share);
}
/// Percentage points with their sign.
std::string points(double share) {
    return fmt::format("{:+.1f}", 100.0 * share);
}

std::string describe(const MonthlyShare& s) {
    return fmt::format("{} ({}): {} with the project ({} to {}), {} without; difference {} points ({} to {})",
                       s.what, format_month(s.month), percent(s.share.with), percent(s.share.with_low),
                       percent(s.share.with_high), percent(s.share.without), points(s.share.difference),
                       points(s.share.difference_low), points(s.share.difference_high));
}

std::string describe(const PairedMean& m) {
    return fmt::format("{} at the end of {}: {:.3f} with the project, {:.3f} without", m.what, m.year, m.with,
                       m.without);
}

std::string claim(std::string_view words, const std::optional<OnOff>& fact) {
    return fmt::format("{}: {}; the sheet states no points for it", words,
                       !fact                ? "not stated"
                       : *fact == OnOff::on ? "claimed"
                                            : "not claimed");
}

/// The sheet's additions in its order, each with what the proposal claims.
void add_claims(const Criterion& criterion, std::initializer_list<std::optional<OnOff>> claims,
                Lines& lines) {
    std::size_t i = 0;
    for (const auto& fact : claims) {
        if (i < criterion.additional.size())
            lines.push_back("additional: " + claim(criterion.additional[i], fact));
        ++i;
    }
}

void add_overall(const Criterion& criterion, const ScoringFacts& facts, Lines& lines) {
    const ClaimsSection& claims = facts.proposal.claims;
    add_claims(criterion, {claims.local_companies, claims.fits_partner_plans, claims.leading_area_transfer},
               lines);
    lines.push_back(fmt::format("leading_areas.csv: {} {} selected as a Decarbonization Leading Area",
                                facts.partnership.japan.name,
                                facts.partnership.leading_area ? "was" : "is not listed as"));
}

void add_past_achievement(const ScoringFacts& facts, Lines& lines) {
    for (const TieOnRecord& tie : facts.partnership.ties)
        if (tie.project)
            lines.push_back(fmt::format("on record: {} from {} to {} ({})", tie.id, format_month(tie.from),
                                        format_month(tie.last), tie.source));
    if (facts.proposal.phase > 1 && facts.proposal.year_of_phase == 1)
        lines.emplace_back("first year of a second phase: a higher standard of novelty is asked for");
}

void add_simulation_note(const ScoringFacts& facts, Lines& lines) {
    if (facts.likelihood == nullptr) {
        lines.emplace_back("not simulated");
        return;
    }
    lines.insert(lines.end(), facts.likelihood->conventions.begin(), facts.likelihood->conventions.end());
}

void add_commitment(const ScoringFacts& facts, Lines& lines) {
    if (facts.likelihood != nullptr)
        for (const MonthlyShare& share : facts.likelihood->declared) lines.push_back(describe(share));
    if (facts.likelihood != nullptr && facts.likelihood->declared.front().share.without >= 1.0)
        lines.emplace_back("the city has declared: the sheet asks how its commitment may be strengthened");
    add_simulation_note(facts, lines);
}

void add_infrastructure(const Criterion& criterion, const ScoringFacts& facts, Lines& lines) {
    add_claims(criterion, {facts.proposal.claims.expansion_plans}, lines);
    if (facts.likelihood == nullptr) return lines.emplace_back("not simulated"), void();
    for (const PairedMean& mean : facts.likelihood->capacity) lines.push_back(describe(mean));
    lines.push_back(describe(facts.likelihood->stages.front()));
}

void add_technology(const Criterion& criterion, const ScoringFacts& facts, Lines& lines) {
    add_claims(criterion, {facts.proposal.claims.expansion_plans}, lines);
    for (const TechnologyReduction& one : facts.reductions.technologies)
        lines.push_back(fmt::format("planned: {}, {:.6g} t/yr", one.name, one.tonnes_per_year));
    if (facts.likelihood == nullptr) return lines.emplace_back("not simulated"), void();
    lines.push_back(describe(facts.likelihood->stages.back()));
    for (const PairedMean& mean : facts.likelihood->adoption)
        lines.push_back(describe(mean) + " (share of the potential in use)");
}

/// The benefits of guidebook Tables 1 and 2 that the planned technologies bear on.
void add_guidebook_benefits(const ScoringFacts& facts, Lines& lines) {
    Lines labels;
    for (const PartnershipBenefit& benefit : facts.benefits) {
        if (benefit.technologies.empty()) continue;
        labels.push_back(fmt::format(
            "{} ({})", benefit.label,
            benefit.beneficiary == Beneficiary::partner_city ? "partner city" : "companies there"));
    }
    if (!labels.empty())
        lines.push_back(
            fmt::format("benefits of guidebook Tables 1 and 2 the planned technologies bear on "
                        "(benefit_technologies.csv, a guess): {}",
                        fmt::join(labels, "; ")));
}

void add_benefits(const Criterion& criterion, const ScoringFacts& facts, Lines& lines) {
    const ClaimsSection& claims = facts.proposal.claims;
    add_claims(criterion, {claims.digital_technologies}, lines);
    std::set<int> served;
    for (const auto& [technology, goal] : facts.sdgs)
        for (const PlannedTechnology& planned : facts.proposal.technologies)
            if (planned.technology == technology) served.insert(std::stoi(goal));
    if (!served.empty())
        lines.push_back(fmt::format("SDGs the planned technologies serve (co_benefits.csv): {}",
                                    fmt::join(served, ", ")));
    if (!claims.sdgs.empty()) lines.push_back(fmt::format("SDGs claimed: {}", fmt::join(claims.sdgs, ", ")));
    for (const std::string& goal : claims.sdgs)
        if (!served.empty() && !served.contains(std::stoi(goal)))
            lines.push_back(
                fmt::format("SDG {} is claimed; no planned technology serves it in the table", goal));
    add_guidebook_benefits(facts, lines);
    if (!claims.benefits.empty())
        lines.push_back(fmt::format("benefits claimed: {}", fmt::join(claims.benefits, ", ")));
}

}  // namespace

std::vector<std::string> gather_evidence(const Criterion& criterion, const ScoringFacts& facts) {
    Lines lines;
    const std::string& item = criterion.item;
    if (item == "overall") add_overall(criterion, facts, lines);
    if (item == "past_achievement") add_past_achievement(facts, lines);
    if (item == "commitment") add_commitment(facts, lines);
    if (item == "infrastructure") add_infrastructure(criterion, facts, lines);
    if (item == "technology") add_technology(criterion, facts, lines);
    if (item == "multiple_benefits") add_benefits(criterion, facts, lines);
    if (item == "engineer_suitability" && !facts.proposal.engineer.name.empty())
        lines.push_back("designated: " + facts.proposal.engineer.name);
    return lines;
}

}  // namespace domino::scenarios
