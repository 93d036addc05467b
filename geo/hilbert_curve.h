#pragma once

#include <cstdint>

#include "geo/lonlat.h"

namespace domino::geo {

/// Where a point lies along Hilbert's curve through a map of the world: longitudes and latitudes cut into
/// 2^24 steps each (2 m), [0, 2^48). Points near along the curve are near on the map; the reverse holds
/// mostly. Longitudes are taken modulo 360°, latitudes beyond the poles as the poles. Source: D. Hilbert
/// 1891.
std::uint64_t hilbert_index(LonLat point);

/// The same on a square of 2^order by 2^order cells, order ≤ 31; the curve begins at (0, 0) and ends at
/// (2^order − 1, 0).
std::uint64_t hilbert_index(std::uint32_t column, std::uint32_t row, int order);

}  // namespace domino::geo
