#pragma once

#include "sim/world.h"

namespace domino::sim {

/// Where the course of two worlds may part.
struct WorldDifference {
    /// First month at which anything of the two may differ; `never` where they are the same. The first month
    /// of the run stands for differences that have no date: priors, undated ties, parameters.
    Month from = never;

    bool none() const { return from == never; }
};

/// Compares two worlds number by number and tells from which month on a member of `changed` may go another
/// way than the same member of `baseline`, run with `baseline` as its reference. Never too late; too early
/// where an effect is not worth telling apart: whatever acts through a year's budget counts from January.
/// Every field of a world is compared: one that is not dated differs from the start. Throws
/// std::invalid_argument where months, steps, places, countries or technologies are not the same.
/// Deterministic.
WorldDifference first_difference(const World& baseline, const World& changed);

}  // namespace domino::sim
