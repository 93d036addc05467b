#include "geo/io/geodesic.h"

#include <geodesic.h>

#include "geo/ellipsoid.h"

namespace domino::geo::io {

double geodesic_distance_m(LonLat a, LonLat b) {
    // Setting up costs as much as one distance, so each thread keeps the ellipsoid's coefficients.
    thread_local const geod_geodesic ellipsoid = [] {
        geod_geodesic g;
        geod_init(&g, Wgs84::semi_major_m, Wgs84::flattening);
        return g;
    }();
    double distance_m = 0.0;
    geod_inverse(&ellipsoid, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &distance_m, nullptr, nullptr);
    return distance_m;
}

}  // namespace domino::geo::io
