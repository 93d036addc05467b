#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/cell_split.h"
#include "geo/extent.h"
#include "geo/io/map_crs.h"

namespace domino::geo::io {

/// A rectangle of a projection, metres or degrees.
struct MapRectangle {
    double west = 0.0, south = 0.0, east = 0.0, north = 0.0;
};

/// A coordinate system in the words of other programs.
struct CrsText {
    std::string code;  ///< "EPSG:6933"; empty where it has no number
    std::string wkt;
};

/// The coordinate system maps are written in, and ways into and out of it. What it gives is rounded (1 mm or
/// 1e-9°), so that it is the same on every machine. Copies share one transformation: not for use from two
/// threads at once.
class MapProjection {
 public:
    /// @p definition as in describe_map_crs; empty for EPSG:4326. Throws ProblemError.
    explicit MapProjection(const std::string& definition);

    const MapCrs& crs() const { return crs_; }
    /// "EPSG:6933", as the user wrote it.
    const std::string& definition() const { return definition_; }
    bool is_wgs84() const { return !transformation_; }
    CrsText crs_text() const;
    /// The same with longitudes counted from 180°, for programs that know none beyond it. Of degrees alone.
    CrsText crs_from_180() const;

    /// From WGS 84 into the map; empty where the map is in WGS 84 longitude and latitude.
    ToMap to_map() const;
    /// From the map into WGS 84, in place; NaN where there is no way.
    void to_wgs84(std::span<LonLat> points) const;

    /// The smallest rectangle that holds all @p points that the map can show. Throws ProblemError when it can
    /// show none.
    MapRectangle enclose(std::vector<LonLat> points) const;

    /// Areas of cells on the ellipsoid, km²: exact in longitude and latitude and in equal-area projections,
    /// elsewhere from the cell's outline (its corners and the middles of its sides) brought back to WGS 84.
    std::vector<double> cell_areas_km2(const GeoGrid& grid, std::span<const std::int64_t> cells) const;

 private:
    class Transformations;
    std::string definition_;
    MapCrs crs_;
    std::shared_ptr<const Transformations> transformation_;
};

}  // namespace domino::geo::io
