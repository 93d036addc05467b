#pragma once

#include <vector>

#include "geo/lonlat.h"

namespace domino::geo {

/// A closed ring; the last point need not repeat the first.
using Ring = std::vector<LonLat>;

/// An area on the earth: edges are straight in longitude and latitude (as GIS layers in WGS 84 mean them).
struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
};

/// Longitudes lie in [-180, 180]: an area across the antimeridian comes as several polygons.
using MultiPolygon = std::vector<Polygon>;

}  // namespace domino::geo
