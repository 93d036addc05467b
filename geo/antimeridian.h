#pragma once

#include <vector>

#include "geo/lonlat.h"

namespace domino::geo {

using Line = std::vector<LonLat>;

/// Cuts a line where it steps across the antimeridian (a step of more than 180° of longitude is read as the
/// short way round), so that maps do not draw it across the whole world. Each part keeps its order; the cut
/// points lie on
/// +-180 at the latitude interpolated along the step.
std::vector<Line> split_at_antimeridian(const Line& line);

}  // namespace domino::geo
