#pragma once

#include "geo/lonlat.h"

namespace domino::geo::io {

/// Length in metres of the shortest line on the WGS 84 ellipsoid (Karney 2013, through PROJ), accurate to
/// nanometres. Round it before it enters a result: its last bits follow libm.
double geodesic_distance_m(LonLat a, LonLat b);

}  // namespace domino::geo::io
