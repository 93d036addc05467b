#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/proposal/likelihood.h"
#include "scenarios/proposal/partnership.h"
#include "scenarios/proposal/programme_checks.h"
#include "scenarios/proposal/proposal.h"
#include "scenarios/proposal/reductions.h"
#include "scenarios/proposal/scoring_sheet.h"

namespace domino::scenarios {

/// How the points of a row came about.
enum class PointsFrom : std::uint8_t {
    computed,   ///< from the proposal's facts and the sheet
    judged,     ///< a person gave them
    undefined,  ///< the sheet is silent: a range of its neighbours
    open,       ///< a person must judge, or a fact is missing: the whole range
};
constexpr std::array<std::string_view, 4> choices_of(PointsFrom) {
    return {"computed", "judged", "undefined", "open"};
}
constexpr std::array<std::string_view, 3> choices_of(Verdict) {
    return {"pass", "fail", "unknown"};
}

/// One criterion of the sheet with its points and what they rest on.
struct ScoreRow {
    std::string item, criterion, domino, source;
    double most = 0.0;
    PointsFrom from = PointsFrom::open;
    PointRange points;
    std::string reason;                 ///< the formula, the band, who judged, or why it is open
    std::vector<std::string> evidence;  ///< what bears on it
    std::string undefined;              ///< what the sheet leaves open here
};

/// A proposal held against the call of FY2025.
struct ScoreCard {
    Proposal proposal;
    Partnership partnership;
    std::vector<RuleCheck> eligibility, scope, documents, costs;
    ReductionEstimate reductions;
    std::optional<Likelihood> likelihood;
    std::vector<ScoreRow> rows;  ///< of the proposal's column, in the order of the sheet
    double most = 0.0;           ///< sum of the column

    PointRange total() const;
    /// Pass when every rule passes, fail when one fails.
    Verdict eligible() const;
};

/// Checks and scores a proposal. @p likelihood is the evidence of a simulation, where one was run. Judged
/// points for a row that follows from facts, or beyond its range, are problems. Throws geo::ProblemError for
/// a damaged pack.
std::optional<ScoreCard> score_proposal(const Proposal& proposal, const Partnership& partnership, Pack& pack,
                                        std::optional<Likelihood> likelihood, Problems& problems);

}  // namespace domino::scenarios
