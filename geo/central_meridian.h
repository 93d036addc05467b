#pragma once

#include <span>
#include <utility>

#include "geo/lonlat.h"

namespace domino::geo {

/// World maps are cut in an ocean: through the Bering Strait, or through the Atlantic between Brazil and
/// Senegal.
inline constexpr double pacific_cut_deg = -169.0;
inline constexpr double atlantic_cut_deg = -30.0;

/// The meridian in the middle of a map of the whole world, degrees in [−180, 180): opposite to the cut that
/// fewer ties cross, each taken the shorter way round; the Pacific's where both are crossed by as many.
/// Deterministic.
double central_meridian(std::span<const std::pair<LonLat, LonLat>> ties);

}  // namespace domino::geo
