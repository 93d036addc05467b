#pragma once

#include <span>
#include <utility>
#include <vector>

#include "sim/credits/credit_results.h"
#include "sim/credits/project_credits.h"

namespace domino::sim {

/// The credits of one member. Years are the whole years of the run; empty where credits are off.
struct MemberCredits {
    std::vector<std::pair<CreditFlow, Tonnes>> flows;  ///< ascending
    std::vector<Tonnes> first_transferred;             ///< [party][year]
    std::vector<Tonnes> used;                          ///< [party][year]
    std::vector<Tonnes> supply;                        ///< [year], cumulative
    std::vector<double> monitored_t;                   ///< [year]
    std::vector<double> uncredited_t;                  ///< [year]
    double error = 0.0;  ///< largest relative error of the ledger's identities and of credits ≤ reduction
};

/// Keeps the books of one member, year by year (model §6): existing projects and those of the run are
/// credited, the buyer's share is authorised, first-transferred and acquired, the host keeps the rest;
/// the scenario's shares go to other purposes and to cancellation; the buyer uses what it may. Reductions of
/// years before the first contribution are held without authorisation and adjust nobody. `projects` in order
/// of installation with the reductions of their places. Deterministic. Throws std::logic_error if the ledger
/// refuses a transaction, which would be a defect.
MemberCredits account_credits(const World& world, double buyer_share,
                              std::span<const InstalledProject> projects,
                              std::span<const PlaceReductions* const> reductions);

}  // namespace domino::sim
