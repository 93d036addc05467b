#pragma once

#include <ogr_spatialref.h>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/extent.h"
#include "geo/grid.h"
#include "geo/io/crs.h"
#include "geo/lonlat.h"
#include "geo/polygon.h"

namespace domino::geo::io {

/// A place in a raster, in cells from the corner where storage begins; NaN where the CRS cannot represent the
/// point.
struct PixelPosition {
    double column = 0.0;
    double row = 0.0;
};

/// Where a raster lies: its size, affine transform (GDAL's six numbers) and CRS, and ways from WGS 84 into
/// its cells.
class RasterFrame {
 public:
    RasterFrame(int columns, int rows, const std::array<double, 6>& affine, OGRSpatialReference crs);

    int columns() const { return columns_; }
    int rows() const { return rows_; }
    const OGRSpatialReference& crs() const { return crs_; }
    bool is_geographic() const { return geographic_; }
    bool is_rotated() const { return affine_[2] != 0.0 || affine_[4] != 0.0; }
    /// True when the affine transform can be undone and PROJ knows the way from WGS 84 and back.
    bool is_usable() const { return invertible_ && (is_lonlat_ || (from_wgs84_ && to_wgs84_)); }
    /// True for a geographic raster that closes on itself.
    bool wraps() const;

    /// Positions of WGS 84 points. Longitudes of a geographic raster are turned by 360° into its range if one
    /// fits.
    std::vector<PixelPosition> locate(std::span<const LonLat> points) const;

    /// The cells as a north-up grid in degrees, or in metres for projected rasters. Not for rotated rasters.
    GeoGrid north_up_grid() const;
    /// Column and row in storage of a cell of north_up_grid().
    CellPosition stored_position(CellPosition cell) const;

    /// The grid on which zones are to be covered, and a zone in its coordinates. Geographic: degrees, cells
    /// as in north_up_grid(). Projected: cells are the unit of length, rows count from storage, so rotation
    /// does not matter.
    GeoGrid zone_grid() const;
    MultiPolygon to_zone_space(const MultiPolygon& zone) const;
    CellPosition stored_zone_position(CellPosition cell) const;
    /// Back to WGS 84 longitude and latitude, edges cut into pieces so that they bend as they should. Points
    /// that have no place there are left out.
    MultiPolygon from_zone_space(const MultiPolygon& piece) const;
    /// Tells frames apart: CRS, corner, cells and size.
    std::string key() const;
    /// Area of a cell of zone_grid() in that row, km²: on the ellipsoid, or on the projection (AreaField).
    double cell_area_km2(std::int64_t zone_row) const;
    /// How much larger the earth is than a projected raster at a point of zone space, in cells from the
    /// corner, from differences over @p reach cells to each side; nullopt where there is no way back to
    /// WGS 84.
    std::optional<double> area_scale(PixelPosition at, double reach) const;

 private:
    Ring to_zone_space(const Ring& ring) const;
    Ring from_zone_space(const Ring& ring) const;
    void find_window();
    std::vector<Ring> cut_to_window(const Ring& ring) const;
    PixelPosition apply_inverse(double x, double y) const;

    int columns_;
    int rows_;
    std::array<double, 6> affine_;
    std::array<double, 6> inverse_{};
    bool invertible_ = false;
    OGRSpatialReference crs_;
    bool geographic_ = false;
    bool is_lonlat_ = false;
    double metres_per_unit_ = 1.0;
    Transformation from_wgs84_, to_wgs84_;
    LonLatExtent window_;  ///< what of the earth a projected raster shows, with a margin
};

}  // namespace domino::geo::io
