#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/lever_trials.h"
#include "viz/write_results.h"

namespace domino::viz {

/// Compares every member's results bit by bit. Expects a reference.
ChangeSummary compare_with_reference(const sim::EnsembleResults& results);

/// What became of one lever.
struct LeverEffect {
    scenarios::LeverChange change;
    std::string label;                  ///< in words
    std::optional<std::size_t> places;  ///< places changed; empty when it cannot be told apart from others
    std::optional<int> first_year;
    std::string reason;  ///< why nothing changed, or any remark
};

/// Did each lever act, and where? Where levers were tried one by one (RunContext::lever_trials), each is told
/// by itself: where it acts alone, or only together with the others. Without trials, levers that act through
/// the same part of the world (projects with their budget, credits, price schemes, layers and couplings,
/// other) are counted together; where several parts differ, single counts would need a run each and are left
/// out, saying so. A lever whose part of the world equals the reference's, or that changed the world but no
/// result, has 0 places and the reason.
std::vector<LeverEffect> measure_lever_effects(const RunContext& context, const ChangeSummary& changes);

}  // namespace domino::viz
