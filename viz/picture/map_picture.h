#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/extent.h"
#include "geo/io/map_projection.h"
#include "geo/polygon.h"
#include "geo/raster_band.h"
#include "viz/picture/canvas.h"
#include "viz/picture/graticule_names.h"
#include "viz/raster_style.h"

namespace domino::viz {

/// What a map picture shows besides its cells.
struct MapPictureText {
    std::string title;     ///< "Emissions by area, 2035"
    std::string subtitle;  ///< what the numbers are, of which scenario
    std::string legend;    ///< over the colours: the unit
    std::string source;    ///< at the foot
};

/// Outlines in WGS 84, drawn behind the cells (land) and over them (borders).
struct MapOutlines {
    std::vector<geo::MultiPolygon> land;
    std::vector<geo::MultiPolygon> borders;
};

/// Colour of a value: between stops for interpolated ramps, of its class for others; ends hold beyond them.
Colour colour_of(const RasterStyle& style, double value);

/// Draws maps of one place on the earth, all of the same size and colours, so that years can be laid side by
/// side or played.
class MapPicture {
 public:
    /// @p shown is the part to show, without it the part of the grid that holds values in @p first, with a
    /// margin. @p width in pixels, at least 200; the height follows from the extent. Throws
    /// geo::ProblemError when nothing of the map is in the extent.
    MapPicture(const geo::RasterBand& first, geo::io::MapProjection projection, const MapOutlines& outlines,
               RasterStyle style, const std::optional<geo::LonLatExtent>& shown, int width);

    Canvas draw(const geo::RasterBand& band, const MapPictureText& text) const;

 private:
    using Rings = std::vector<std::vector<CanvasPoint>>;

    void draw_cells(Canvas& canvas, const geo::RasterBand& band) const;
    void draw_graticule(Canvas& canvas) const;
    void name_graticule(Canvas& canvas) const;
    void draw_legend(Canvas& canvas, const std::string& title) const;
    /// What to add to x of things from @p west to @p east for each of their copies in view.
    std::vector<double> turns(double west, double east) const;
    Rings project(const geo::MultiPolygon& area) const;
    CanvasPoint place(geo::LonLat map_point) const;

    geo::io::MapProjection projection_;
    RasterStyle style_;
    geo::io::MapRectangle box_;  ///< what is shown, in the map's coordinates
    double width_ = 0.0, height_ = 0.0, scale_ = 1.0;
    double map_width_ = 0.0, map_height_ = 0.0;
    std::vector<Rings> land_, borders_;
    std::vector<DrawnLine> graticule_;
};

}  // namespace domino::viz
