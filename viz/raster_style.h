#pragma once

#include <string>
#include <vector>

namespace domino::viz {

enum class RampKind : unsigned char { interpolated, discrete };

struct ColourStop {
    double value = 0.0;  ///< of the stop, or the upper end of a discrete class
    std::string colour;  ///< "#rrggbb"
    std::string label;
};

/// How a raster with a band a year is drawn: the same colours for every year.
struct RasterStyle {
    RampKind kind = RampKind::interpolated;
    double minimum = 0.0;
    double maximum = 1.0;
    std::vector<ColourStop> stops;
    int first_year = 2020;
    int years = 1;
};

/// A QGIS layer style: single-band pseudocolour on the first band, limits fixed, and a temporal range per
/// band (QGIS ≥ 3.38 plays them; older versions ignore the ranges and show the first year).
std::string qgis_raster_style(const RasterStyle& style);

/// The <pipe> and <blendMode> of such a layer, as a .qml and a project hold them.
std::string qgis_raster_pipe(const RasterStyle& style);

/// Kind, limits and stops of a style written by qgis_raster_style. Throws geo::ProblemError, naming @p where,
/// for text that holds no colours.
RasterStyle read_raster_style(const std::string& qml, const std::string& where);

/// Stops of a ramp for values that span orders of magnitude: 0 and maximum/10^(n−2) … maximum, where the
/// maximum is rounded up to 1, 2 or 5 times a power of ten.
std::vector<ColourStop> logarithmic_stops(double largest, const std::vector<std::string>& colours,
                                          const std::string& unit);

}  // namespace domino::viz
