#pragma once

namespace domino::geo {

/// A point on WGS 84, in degrees: longitude in [-180, 180], latitude in [-90, 90].
struct LonLat {
    double lon_deg = 0.0;
    double lat_deg = 0.0;

    friend bool operator==(const LonLat&, const LonLat&) = default;
};

}  // namespace domino::geo
