#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "geo/coverage.h"
#include "geo/io/area_field.h"
#include "geo/io/band_reader.h"
#include "geo/io/raster_frame.h"
#include "geo/polygon.h"
#include "geo/weighted_sum.h"

namespace domino::geo::io {

/// A band with the grid it lies on.
struct GriddedBand {
    const RasterFrame& frame;
    const BandReader& reader;
    int block_rows = 1;  ///< of the file's blocks
};

/// Values of some columns of a band, whole blocks of rows at a time, the last few of which are kept.
class BandWindow {
 public:
    /// The band must outlive it. Columns [left, right) of zone_grid() are read together, others cell by cell.
    BandWindow(const GriddedBand& band, std::int64_t left, std::int64_t right);

    /// NaN where there is no value. Throws ProblemError when the file cannot be read.
    double at(CellPosition cell);

 private:
    const std::vector<double>& chunk(std::int64_t number);

    const GriddedBand& band_;
    std::int64_t left_, right_, rows_;
    std::map<std::int64_t, std::vector<double>> chunks_;
    std::vector<std::int64_t> kept_;  ///< numbers of chunks, oldest first
    std::vector<double> single_;
};

/// Throws ProblemError: an amount that weighs cannot be less than nothing. @p file is where it was read.
void refuse_negative_weight(double weight, const std::string& file);

/// Means of one band weighted by another that lies on another grid: Raster::weigh_zones_across.
class AcrossGrids {
 public:
    /// What they refer to must outlive it. @p weights_name names their file in errors.
    AcrossGrids(const GriddedBand& values, const GriddedBand& weights, std::string weights_name);

    /// The sums over one zone.
    WeightedSum weigh(const MultiPolygon& zone);

 private:
    struct Overlap {
        std::int64_t at = 0;
        double share = 0.0;  ///< of the cell of weights
    };

    /// What the raster of weights holds of a piece of a cell of values.
    struct Held {
        double weight = 0.0;
        double km2 = 0.0;  ///< of the piece within the weights' edges
    };

    Held hold_piece(const MultiPolygon& piece, BandWindow& window);
    Held hold_cell(CellPosition cell, BandWindow& window);
    void add(Held& held, CellPosition cell, double share, BandWindow& window);
    void overlap_rows(std::int64_t row);
    void overlap_columns(std::int64_t column);
    MultiPolygon outline(CellPosition cell) const;

    GriddedBand values_, weights_;
    std::string weights_name_;
    GeoGrid value_grid_, weight_grid_;
    bool aligned_;  ///< both in the same longitude and latitude, so that cells meet in rectangles
    ZoneCoverer value_coverer_, weight_coverer_;
    AreaField weight_areas_;
    std::vector<CellPiece> pieces_, weight_pieces_;
    std::vector<Overlap> rows_, columns_;
};

}  // namespace domino::geo::io
