#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "viz/picture/canvas.h"
#include "viz/picture/graticule.h"

namespace domino::viz {

/// Where the map is in a picture, pixels.
struct MapWindow {
    double left = 0.0, top = 0.0, right = 0.0, bottom = 0.0;
};

/// A line of the graticule in a picture, cut off nowhere.
struct DrawnLine {
    GraticuleLine line;
    std::vector<std::vector<CanvasPoint>> parts;
    double name_width = 0.0;  ///< of its label, pixels
};

/// Where the name of a line is written.
struct LineName {
    std::size_t line = 0;
    CanvasPoint at;  ///< on the letters' base line
    TextAnchor anchor = TextAnchor::middle;
    bool is_within = false;  ///< over the map, not under it
};

/// Names of lines where they leave the map: meridians under it, parallels at its western edge; a curved line
/// that leaves elsewhere alone, there. None where a name would lie on another or reach out of the map;
/// letters are @p size pixels high.
std::vector<LineName> place_names(std::span<const DrawnLine> lines, const MapWindow& map, double size);

}  // namespace domino::viz
