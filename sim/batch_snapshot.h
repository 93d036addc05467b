#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/credit_projects.h"
#include "sim/kernel/capacity_lanes.h"
#include "sim/kernel/commitment_lanes.h"
#include "sim/kernel/emission_lanes.h"
#include "sim/kernel/packed_lanes.h"
#include "sim/kernel/stock_lanes.h"
#include "sim/member_run.h"

namespace domino::sim {

/// Where one member stands at the start of a calendar year: what its coming years depend on.
struct CourseSnapshot {
    std::vector<CreditProject> projects;
    std::size_t installed = 0;
    std::vector<InstalledProject> installed_projects;
    std::vector<double> model_promised_jpy, lease_promised_jpy;
    double lease_subsidy_jpy = 0.0;
    std::size_t labelled = 0;
    MemberOutcome outcome;  ///< what has been put down so far
};

/// Where a batch stands at the start of a calendar year, before anything of that year. A batch of the same
/// members that starts from here runs on as if it had run all the way, in any world that does not differ from
/// the snapshot's before (first_difference).
struct BatchSnapshot {
    int step = 0;
    std::vector<CourseSnapshot> courses;  ///< by member
    CommitmentLanes::State commitment;
    PackedLanes capacity;  ///< by position
    StockLanes::State stock;
    EmissionLanes::State emissions;

    /// Memory it takes, without what it shares with other snapshots.
    std::size_t bytes() const;
};

}  // namespace domino::sim
