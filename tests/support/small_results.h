#pragma once

#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/ensemble.h"

namespace domino::test {

/// Two countries, six places, three years (2020–2022), four members, two technologies, three layers, small
/// enough to add up by hand:
///
///     AAA  (fiscal year from April)          BBB  (calendar year)
///     a1 ──agreement 2021-01, on record──── b1      b1 ─ b2 ─ b.rest by nearness
///     a.rest ─────project, hypothetical──── b2      b3 lies east of the antimeridian
///
/// Emissions of place i in year y and member m: 1000·(i+1)·(1 + 0.1·y) + 10·m t. Member 0 is silent: nobody
/// commits in it but a1, who did before the run.
struct SmallRun {
    scenarios::Scenario scenario;
    scenarios::Scenario reference;
    scenarios::BuiltWorld built;
    scenarios::BuiltWorld reference_built;
    sim::EnsembleResults results;
};

enum class WithReference : unsigned char { no, yes };

SmallRun make_small_run(WithReference reference = WithReference::yes);

/// Index of a place by id; fails the test when there is none.
std::size_t place_index(const SmallRun& run, const std::string& id);

}  // namespace domino::test
