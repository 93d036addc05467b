#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/coupling.h"
#include "sim/credits/member_credits.h"
#include "sim/kernel/instruction_set.h"
#include "sim/member_constants.h"
#include "sim/member_draws.h"
#include "sim/place_years.h"
#include "sim/prepared_world.h"
#include "sim/reference_trace.h"
#include "sim/results.h"

namespace domino::sim {

/// Largest relative errors of the identities of one member.
struct MemberIdentities {
    double emissions = 0.0;  ///< places together against sectors together, per country and year
    double stock = 0.0;      ///< stock against sales and retirements
    double money = 0.0;      ///< spent above budget, relative to the budget
    double credits = 0.0;    ///< debits against credits, balances, credits above the modelled reduction
    /// Subsidy + private share against a project's cost, and payments against the subsidies of leases.
    double money_shares = 0.0;
};

/// Everything one member of one world leaves behind. Touched years unless said. A run without coupling is
/// asked only for what it is compared by: what is said to be of coupled runs it leaves empty, or never_step.
struct MemberOutcome {
    std::vector<CommitmentEvent> events;
    std::vector<std::uint16_t> stage_step;  ///< [stage][place]; enabled and implementing: of coupled runs
    std::vector<double> stock_units;        ///< [technology][country][year], of coupled runs
    std::vector<double> added_units;        ///< [technology][country][cause][year], of coupled runs
    std::vector<double> sector_year_t;      ///< [country][sector][year]
    std::vector<double> month_t;            ///< [country][step]
    std::vector<CountryPaths> paths;
    std::vector<double> relative_cost;     ///< [technology][year]
    std::vector<double> credit_spent_jpy;  ///< [year]
    std::vector<double> lease_spent_jpy;   ///< [year], payments to leases
    std::vector<double> credit_started_t;  ///< [year]
    std::vector<double> scheme_spent_jpy;  ///< [scheme][year]
    MemberCredits credits;                 ///< of coupled runs
    ReferenceTrace trace;                  ///< for the scenario that has this run as reference
    MemberIdentities identities;
};

struct BatchSnapshot;
class EmissionLanes;
class Threads;

/// One member of a batch.
struct MemberInput {
    const MemberDraws* draws = nullptr;
    MemberId id;
    const ReferenceTrace* reference = nullptr;  ///< what the same member of the reference run left, or none
    const Trend* trend = nullptr;  ///< to use instead of solving one (a run without coupling keeps the
                                   ///< coupled run's), or none
    const MemberConstants* constants = nullptr;  ///< where they are known, or none
};

/// Where a batch starts, what it leaves on its way, and who helps it along.
struct BatchRoute {
    const BatchSnapshot* from = nullptr;  ///< of the same members; none: from the first step
    /// Called at the start of each calendar year but the first.
    std::function<void(BatchSnapshot&&)> keep;
    /// Called at the end of each calendar year, before the emissions account closes it; or none.
    std::function<void(std::size_t touched_year, const EmissionLanes&)> see_year;
    const Threads* threads = nullptr;  ///< share the work of a step, or none
};

/// Runs 1 to lane_count members from first to last step, side by side. Outcomes stand in the order of the
/// members; empty when `cancelled` was set, which is looked at once a simulated year. `places`, of as many
/// members, is filled with what is published of places; without it that is not kept. What comes out for a
/// member does not depend on its company, nor on the instruction set, nor on the route. Deterministic;
/// touches nothing shared.
std::vector<MemberOutcome> run_members(const PreparedWorld& prepared, std::span<const MemberInput> members,
                                       CouplingSwitch coupling, PlaceYears* places,
                                       const std::atomic<bool>* cancelled = nullptr,
                                       InstructionSet instructions = best_instruction_set(),
                                       const BatchRoute& route = {});

/// The same for one member.
MemberOutcome run_member(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id,
                         CouplingSwitch coupling, const ReferenceTrace* reference, const Trend* trend_of,
                         PlaceYears* places = nullptr);

}  // namespace domino::sim
