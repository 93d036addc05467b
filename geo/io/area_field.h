#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "geo/coverage.h"
#include "geo/io/raster_frame.h"

namespace domino::geo::io {

/// How large the cells of a raster are on the ellipsoid: by their row in longitude and latitude; in a
/// projection by its area scale, taken every 4 km (every cell where cells are larger) from the way back to
/// WGS 84 and linear between, off by less than 1e-6; 1 where the projection keeps the ellipsoid's areas
/// (keeps_areas).
class AreaField {
 public:
    /// The frame must outlive it.
    explicit AreaField(const RasterFrame& frame);

    /// Whether cells of a row are all as large.
    bool is_even() const { return even_; }
    /// Of a cell of zone_grid(); the projection's own area where the way back fails.
    double km2(CellPosition cell);
    /// The share of a cut cell's area that its piece has, given that on the projection.
    double share(const CellPiece& piece, double planar_share);

 private:
    /// 0 where the way back fails at every node around, as beyond the earth's outline on the projection.
    double scale(double column, double row);
    double scale_in_row(std::int64_t column);
    double node(std::int64_t column, std::int64_t row);

    const RasterFrame& frame_;
    bool even_;
    std::int64_t spacing_ = 1;  ///< of nodes, in cells
    double reach_ = 0.5;        ///< of the differences, in cells
    std::int64_t row_ = -1;
    double row_km2_ = 0.0;
    std::unordered_map<std::int64_t, double> row_scales_;  ///< of the row, by column of nodes
    std::int64_t pair_ = -1;                               ///< the nodes around the last cell
    double left_ = 0.0, right_ = 0.0;
    /// Nodes side by side, by row and place in it.
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<double>> nodes_;
};

}  // namespace domino::geo::io
