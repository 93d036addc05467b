#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/proposal/partnership.h"
#include "scenarios/proposal/proposal.h"
#include "scenarios/proposal/scoring_sheet.h"

namespace domino::scenarios {

enum class Verdict : std::uint8_t { pass, fail, unknown };

/// One rule of the call held against the proposal.
struct RuleCheck {
    std::string id, rule, source;
    Verdict verdict = Verdict::unknown;
    std::string reason;
    std::vector<std::string> evidence;
    std::optional<double> amount, limit;  ///< in `unit`, where the rule has a figure
    std::string unit;
};

/// The nine rules of eligibility (3.2). A fact the proposal does not state is unknown.
std::vector<RuleCheck> check_eligibility(const Proposal& proposal, const ScoringSheet& sheet,
                                         const Partnership& partnership);

/// The scope of the programme (Table 3, 2.1): country, phase and sectors.
std::vector<RuleCheck> check_scope(const Proposal& proposal, const Partnership& partnership);

/// The eleven documents (3.4): present (pass) or missing (fail).
std::vector<RuleCheck> check_documents(const Proposal& proposal, const ScoringSheet& sheet);

/// The costs (3.3, Table 5): ceilings, the line between equipment and consumables, outsourcing, tax.
std::vector<RuleCheck> check_costs(const Proposal& proposal, const ScoringSheet& sheet);

/// Whether any check fails.
bool any_fails(const std::vector<RuleCheck>& checks);

}  // namespace domino::scenarios
