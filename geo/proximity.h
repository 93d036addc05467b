#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "geo/edge_list.h"
#include "geo/lonlat.h"
#include "geo/place_table.h"

namespace domino::geo {

/// Geodesic distance on WGS 84 in metres; io::geodesic_distance_m is one. It must not be off by more than a
/// metre, because the search for neighbours prunes with straight-line bounds on the ellipsoid.
using DistanceFunction = std::function<double(LonLat, LonLat)>;

enum class ProximityKernel : std::uint8_t {
    radiation,  ///< w_ij = p_ij, the share of i's trips that go to j
    gravity     ///< w_ij = population_j · exp(−d_ij / decay_m)
};

struct ProximityOptions {
    ProximityKernel kernel = ProximityKernel::radiation;
    std::uint32_t nearest = 12;  ///< k; PARAMETERS "k": 6–24 by scenario
    /// Far places each place also looks to: those with the largest population_j / d² beyond
    /// `long_range_beyond_m` (a guess [G]: four a place as in the benchmark graph; exponent 2 is the
    /// classical gravity law).
    std::uint32_t long_range = 4;
    double long_range_beyond_m = 100'000.0;
    double decay_m = 100'000.0;  ///< r0 of the gravity kernel; PARAMETERS "kernel": 30–300 km
};

/// Edges j → i of the proximity layer: for each place i its `nearest` nearest places and `long_range` far
/// ones, `Edge{from = j, to = i, weight = w_ij}`, indices into @p places, ordered by (to, from), rows not
/// normalised.
///
/// Distances are rounded to 1 m before use; equal distances are ordered by place id. s_ij of the radiation
/// model counts every connected place within r_ij of i, ties included. The antimeridian is no border.
/// Isolated places have no edges and are not counted. Edges of weight 0 (nobody lives there, or exp
/// underflows) are left out. The set of edges (by id) does not depend on the order of the rows; weights are
/// the same to the bit. Throws std::invalid_argument for duplicate ids, positions off the earth, populations
/// negative or not finite, decay_m <= 0 or long_range_beyond_m < 0. Cost: O(n log n) plus one range sum per
/// long-range link.
EdgeList build_proximity(std::span<const Place> places, const ProximityOptions& options,
                         const DistanceFunction& distance_m);

}  // namespace domino::geo
