#pragma once

#include <string>
#include <vector>

#include "geo/io/map_projection.h"
#include "geo/lonlat.h"

namespace domino::viz {

enum class GraticuleKind : unsigned char { meridian, parallel };

/// A meridian or parallel within a part of a map.
struct GraticuleLine {
    GraticuleKind kind = GraticuleKind::meridian;
    std::string label;                            ///< "150°E", "2.5°S", "0°"
    std::vector<std::vector<geo::LonLat>> parts;  ///< in the map's coordinates; torn where a projection is
};

/// Lines at round degrees, three to nine along the longer side of what is shown.
std::vector<GraticuleLine> make_graticule(const geo::io::MapRectangle& shown,
                                          const geo::io::MapProjection& projection);

}  // namespace domino::viz
