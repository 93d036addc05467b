#pragma once

#include <string>

#include "scenarios/proposal/proposal.h"
#include "scenarios/proposal/scoring_sheet.h"

namespace domino::scenarios {

/// What must hold between the keys of a proposal and the words of the sheet: phase and kind, certificates,
/// goals, judged points within their range, dates in order, each technology with one measure. @p shown is
/// the file, for keys that were not written.
void check_proposal(const Proposal& proposal, const ScoringSheet& sheet, const std::string& shown,
                    Problems& problems);

}  // namespace domino::scenarios
