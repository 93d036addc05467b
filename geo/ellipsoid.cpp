#include "geo/ellipsoid.h"

#include <cmath>

#include "geo/portable_math.h"

namespace domino::geo {

namespace {
constexpr double radians_per_degree = 0.017453292519943295769;
}

EcefPoint to_ecef(LonLat point) {
    const double sin_lat = portable::sin_deg(point.lat_deg);
    const double cos_lat = portable::cos_deg(point.lat_deg);
    const double normal_radius_m =
        Wgs84::semi_major_m / std::sqrt(1.0 - Wgs84::eccentricity_squared * sin_lat * sin_lat);
    return {normal_radius_m * cos_lat * portable::cos_deg(point.lon_deg),
            normal_radius_m * cos_lat * portable::sin_deg(point.lon_deg),
            normal_radius_m * (1.0 - Wgs84::eccentricity_squared) * sin_lat};
}

double chord_squared_m2(const EcefPoint& a, const EcefPoint& b) {
    const double dx = a.x_m - b.x_m;
    const double dy = a.y_m - b.y_m;
    const double dz = a.z_m - b.z_m;
    return dx * dx + dy * dy + dz * dz;
}

double zone_area_m2_per_radian(double lat_deg) {
    const double s = portable::sin_deg(lat_deg);
    const double e2s2 = Wgs84::eccentricity_squared * s * s;
    // atanh(e s)/e = s Σ (e² s²)^k / (2k + 1); e² < 0.0067, so eight terms reach 1e-17.
    double series = 1.0 / 15.0;
    for (int odd = 13; odd >= 1; odd -= 2) series = series * e2s2 + 1.0 / odd;
    return 0.5 * Wgs84::semi_minor_m * Wgs84::semi_minor_m * (s / (1.0 - e2s2) + s * series);
}

double zone_area_density(double lat_deg) {
    const double s = portable::sin_deg(lat_deg);
    const double root = 1.0 - Wgs84::eccentricity_squared * s * s;
    return portable::cos_deg(lat_deg) / (root * root);
}

double rectangle_area_km2(double west_deg, double south_deg, double east_deg, double north_deg) {
    const double width_rad = std::abs(east_deg - west_deg) * radians_per_degree;
    const double zone_m2 = std::abs(zone_area_m2_per_radian(north_deg) - zone_area_m2_per_radian(south_deg));
    return width_rad * zone_m2 * 1e-6;
}

double wrap_longitude(double lon_deg) {
    if (lon_deg >= -180.0 && lon_deg < 180.0) return lon_deg;
    const double wrapped = lon_deg - 360.0 * std::floor((lon_deg + 180.0) / 360.0);
    return wrapped >= 180.0 ? -180.0 : wrapped;
}

}  // namespace domino::geo
