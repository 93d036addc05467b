#pragma once

#include <vector>

#include "geo/large_pages.h"
#include "sim/kernel/lane.h"

namespace domino::sim {

using geo::LargePages;

/// Lanes of places or cells.
using LaneArray = std::vector<Lanes, LargePages<Lanes>>;

}  // namespace domino::sim
