#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "geo/grid.h"

namespace domino::geo {

/// Turns WGS 84 longitudes and latitudes into x and y of a map, in place; NaN where the map cannot show a
/// point. Empty for maps in WGS 84 longitude and latitude.
using ToMap = std::function<void(std::span<LonLat>)>;

/// One cell that takes a part of another grid's cell, or of a place.
struct CellShare {
    std::int64_t cell = 0;  ///< row-major index
    double share = 0.0;     ///< (0, 1]

    friend bool operator==(const CellShare&, const CellShare&) = default;
};

/// Divides cells of a lon/lat grid among the cells of a map by area, so that counts are conserved: on the
/// ellipsoid where the map is in WGS 84 longitude and latitude, else by area on the map, where the cell's
/// outline is straight between its corners and the middles of its sides.
class CellSplitter {
 public:
    /// @p from must be in longitude and latitude. Both grids are copied.
    CellSplitter(const GeoGrid& from, const GeoGrid& to, ToMap to_map);

    /// The map's cells that share @p cell, ordered by row and column. Shares add up to 1 (1e-12) where the
    /// map holds the whole cell, to less where it lies partly beyond, and there are none where it cannot be
    /// shown. Valid until the next call.
    std::span<const CellShare> split(std::int64_t cell);

 private:
    /// A row or column of the map, and the share of a row or column of the other grid that it takes.
    struct Part {
        std::int64_t at = 0;
        double share = 0.0;
    };
    std::vector<Part> divide_row(std::int64_t row) const;
    std::vector<Part> divide_column(std::int64_t column) const;
    void split_in_degrees(CellPosition cell);
    void split_projected(CellPosition cell);

    GeoGrid from_;
    GeoGrid to_;
    ToMap to_map_;
    std::vector<std::vector<Part>> rows_,
        columns_;  ///< of the grid that is divided, where both are in degrees
    std::vector<CellShare> shares_;
};

}  // namespace domino::geo
