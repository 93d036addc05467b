#pragma once

#include <vector>

#include "geo/grid.h"

namespace domino::geo {

/// One band in memory: a value per cell, row-major from the north-west corner; NaN where there is no value.
struct RasterBand {
    GeoGrid grid;
    std::vector<double> values;
};

/// A band drawn together over a zone.
struct ZonalValue {
    double sum = 0.0;             ///< Σ value · fraction of the cell inside (for counts per cell)
    double mean = 0.0;            ///< Σ value · area inside / Σ area inside; NaN where no cell has a value
    double valid_area_km2 = 0.0;  ///< area inside whose cells have a value
    double missing_area_km2 = 0.0;  ///< area inside whose cells have none
};

}  // namespace domino::geo
