#pragma once

#include <functional>
#include <span>
#include <vector>

#include "geo/portable_math.h"

namespace domino::geo {

/// Radiation model (Simini et al. 2012): share of i's trips that go to j,
///   p_ij = m_i m_j / [(m_i + s)(m_i + m_j + s)].
/// @param origin_population m_i, persons
/// @param destination_population m_j, persons
/// @param intervening_population s_ij: everybody within r_ij of i, ties at r_ij included, without i and j
/// @return in [0, 1]; 0 where nobody lives at i or j. Arguments must be finite and >= 0. Deterministic.
constexpr double radiation_share(double origin_population, double destination_population,
                                 double intervening_population) {
    if (origin_population <= 0.0 || destination_population <= 0.0) return 0.0;
    const double origin_and_between = origin_population + intervening_population;
    return (origin_population / origin_and_between) *
           (destination_population / (origin_and_between + destination_population));
}

/// Radiation shares between all pairs of a small set of places whose distances are given, row i the trips
/// from i: p_ij at [i · n + j], the diagonal 0. Everybody within the distance of i and j counts as
/// intervening, ties included; so without ties Σ_j p_ij = 1 − m_i/M. Places without people neither send nor
/// receive.
/// @param populations persons, finite and >= 0
/// @param distance of rows i and j, any unit, finite and >= 0; asked once for each ordered pair
/// Throws std::invalid_argument for a population or distance that is negative or not finite. O(n² log n),
/// deterministic. geo/proximity.h does the same for many places on the earth, near ones only.
std::vector<double> radiation_shares(std::span<const double> populations,
                                     const std::function<double(std::size_t, std::size_t)>& distance);

/// Gravity with an exponential kernel: m_j exp(−d / r0), persons. @p decay_m is r0 > 0.
inline double gravity_pull(double destination_population, double distance_m, double decay_m) {
    return destination_population * portable::exp(-distance_m / decay_m);
}

}  // namespace domino::geo
