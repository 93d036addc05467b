#pragma once

#include "geo/lonlat.h"

namespace domino::geo {

/// The WGS 84 ellipsoid (NIMA TR8350.2): semi-major axis and flattening define it.
struct Wgs84 {
    static constexpr double semi_major_m = 6378137.0;
    static constexpr double flattening = 1.0 / 298.257223563;
    static constexpr double semi_minor_m = semi_major_m * (1.0 - flattening);
    static constexpr double eccentricity_squared = flattening * (2.0 - flattening);
};

/// Earth-centred, earth-fixed coordinates of a point at height zero, metres.
struct EcefPoint {
    double x_m = 0.0;
    double y_m = 0.0;
    double z_m = 0.0;
};

/// Position of @p point on WGS 84. Deterministic to the bit on every machine.
EcefPoint to_ecef(LonLat point);

/// Squared straight-line distance, m². Never longer than the geodesic squared.
double chord_squared_m2(const EcefPoint& a, const EcefPoint& b);

/// Area between the equator and @p lat_deg for one radian of longitude, m², negative in the south: the
/// authalic formula b²/2 [sin φ/(1 − e² sin² φ) + atanh(e sin φ)/e] (Snyder 1987, eq. 3-12).
/// The series for atanh is cut where its terms fall below 1e-17. Same bits on every machine.
double zone_area_m2_per_radian(double lat_deg);

/// d zone_area_m2_per_radian / dφ over b²: cos φ / (1 − e² sin² φ)² (Snyder 1987).
double zone_area_density(double lat_deg);

/// Area on WGS 84 of the lon/lat rectangle between two parallels and two meridians, km². The two latitudes
/// and the two longitudes may come in either order. Relative error below 1e-12 for cells of 1 arcminute.
double rectangle_area_km2(double west_deg, double south_deg, double east_deg, double north_deg);

/// @p lon_deg shifted by whole turns into [-180, 180).
double wrap_longitude(double lon_deg);

}  // namespace domino::geo
