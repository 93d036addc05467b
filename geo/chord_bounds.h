#pragma once

#include <algorithm>

#include "geo/portable_math.h"

namespace domino::geo {

/// Between geodesics and straight lines on WGS 84. A geodesic's curvature stays between 1/a·b/a… of the
/// ellipsoid's least and greatest radii (b²/a = 6335.4 km, a²/b = 6399.6 km), so its chord stays between
/// those of two circles (Schur's theorem for the lower one). The greater radius carries 0.2 % for torsion;
/// the tests try both bounds on random pairs, near-antipodal ones included.
constexpr double least_radius_m = 6'335'000.0;
constexpr double greatest_radius_m = 6'412'000.0;

constexpr double degrees_per_radian = 57.295779513082320877;

/// Points nearer than this in a straight line are nearer than @p geodesic_m along the ellipsoid. Beyond
/// 18,000 km, where a small circle's chord stops growing, the bound of 18,000 km is kept.
inline double shortest_chord_m(double geodesic_m) {
    const double safe_m = std::min(geodesic_m, 18'000'000.0);
    return 2.0 * least_radius_m * portable::sin_deg(safe_m / (2.0 * least_radius_m) * degrees_per_radian);
}

/// Points farther than this in a straight line are farther than @p geodesic_m along the ellipsoid.
inline double longest_chord_m(double geodesic_m) {
    const double half_angle_deg = geodesic_m / (2.0 * greatest_radius_m) * degrees_per_radian;
    return 2.0 * greatest_radius_m * (half_angle_deg >= 90.0 ? 1.0 : portable::sin_deg(half_angle_deg));
}

/// A lower bound of the geodesic between points @p chord_m apart: the first terms, all positive, of
/// 2 R asin(chord / 2 R).
inline double shortest_geodesic_m(double chord_m) {
    const double x = std::min(1.0, chord_m / (2.0 * greatest_radius_m));
    const double x2 = x * x;
    return chord_m * (1.0 + x2 * (1.0 / 6.0 + x2 * (3.0 / 40.0 + x2 * (15.0 / 336.0))));
}

}  // namespace domino::geo
