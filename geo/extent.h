#pragma once

#include <span>

#include "geo/lonlat.h"

namespace domino::geo {

/// A lon/lat rectangle on the sphere. It runs eastward from `west_deg` to `east_deg`; east < west means that
/// it crosses the antimeridian (Fiji: west 177, east -178).
struct LonLatExtent {
    double west_deg = -180.0;
    double south_deg = -90.0;
    double east_deg = 180.0;
    double north_deg = 90.0;

    bool crosses_antimeridian() const { return east_deg < west_deg; }
    double width_deg() const {
        return crosses_antimeridian() ? east_deg - west_deg + 360.0 : east_deg - west_deg;
    }
    double height_deg() const { return north_deg - south_deg; }
    bool contains(LonLat point) const;

    friend bool operator==(const LonLatExtent&, const LonLatExtent&) = default;
};

/// The narrowest extent that holds every point: the widest gap between their longitudes is left out, so it
/// crosses the antimeridian where that is shorter. Throws std::invalid_argument for no points.
LonLatExtent extent_of(std::span<const LonLat> points);

/// @p extent with @p margin_deg added on every side, cut at the poles; a full turn becomes -180…180.
LonLatExtent grow(const LonLatExtent& extent, double margin_deg);

}  // namespace domino::geo
