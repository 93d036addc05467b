#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/proposal/proposal.h"
#include "scenarios/proposal/score_bands.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// A row of the scoring sheet (c3p_scoring.csv).
struct Criterion {
    std::string item, criterion, domino, source;
    double points_new = 0.0, points_ongoing = 0.0;  ///< most points; 0 where the column is blank
    std::string bands_text;
    std::optional<ScoreBands> bands;
    std::optional<NamedPoints> named;
    std::vector<std::string> additional;  ///< what earns additional points of unknown size
    std::string undefined;                ///< what the sheet leaves open

    double most(ProposalKind kind) const {
        return kind == ProposalKind::new_project ? points_new : points_ongoing;
    }
};

/// A row of c3p_rules.csv.
struct ProgrammeRule {
    std::string id, kind, rule, unit, source;
    int number = 0;
    std::optional<double> value;
};

/// What a proposal is held against: the sheet of FY2025 and the rules of the call, as the pack has them.
struct ScoringSheet {
    std::vector<Criterion> criteria;  ///< in the order of the sheet
    std::vector<ProgrammeRule> rules;
    std::vector<std::string> sectors;  ///< words of Box 5; empty where the pack has no such table

    const Criterion* find(std::string_view item) const;
    /// Throws geo::ProblemError where the pack lacks the rule.
    const ProgrammeRule& rule(std::string_view id) const;
    /// Figure of a rule; throws geo::ProblemError where it has none.
    double figure(std::string_view id) const;
    std::vector<const ProgrammeRule*> rules_of(std::string_view kind) const;
};

/// Reads both tables. Throws geo::ProblemError for a damaged table, bands that cannot be read, an item
/// missing, or a column that does not sum to 185 points.
ScoringSheet read_scoring_sheet(Pack& pack);

}  // namespace domino::scenarios
