#pragma once

#include <string>
#include <vector>

#include "scenarios/proposal/score_rows.h"

namespace domino::scenarios {

/// What bears on a criterion beside its points: claims, records of the pack, results of the simulation.
/// Evidence never becomes points by itself.
std::vector<std::string> gather_evidence(const Criterion& criterion, const ScoringFacts& facts);

}  // namespace domino::scenarios
