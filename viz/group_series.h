#pragma once

#include <vector>

#include "viz/pathways.h"

namespace domino::viz {

/// Series of every group of places (members of a network, leading areas, a coalition) under its name as
/// region: emissions, the level its implied targets lead to, people, share of places that have committed.
std::vector<PathwaySeries> build_group_series(const scenarios::BuiltWorld& built,
                                              const sim::RunResults& results,
                                              MemberValues keep = MemberValues::drop);

/// Partnerships as SDG 17 counts them, by country and for all: ties of collaboration (agreements and
/// projects, those a rule chose among them) and contacts of events that are alive in any month of a year. A
/// tie counts once in the country of each end, and once for all countries together.
std::vector<PathwaySeries> build_partnership_series(const scenarios::BuiltWorld& built,
                                                    const sim::RunResults& results);

}  // namespace domino::viz
