#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/io/band_reader.h"
#include "geo/io/raster_frame.h"
#include "geo/zone_coverage.h"

namespace domino::geo::io {

/// Runs of a coverage that lie in rows that are read at once.
struct Strip {
    std::span<const ZoneRun> runs;
    std::int64_t top = 0, bottom = 0;  ///< rows [top, bottom)
    std::int64_t left = 0, right = 0;  ///< columns [left, right)
};

/// Cuts a coverage into strips: whole rows of blocks of the file where 64 MB hold them.
std::vector<Strip> cut_strips(const ZoneCoverage& coverage, const RasterFrame& frame, int block_rows);

/// The values of a strip's window, wherever storage begins.
class StripReader {
 public:
    /// Both must outlive the reader.
    StripReader(const RasterFrame& frame, const BandReader& reader) : frame_(frame), reader_(reader) {}

    /// Throws ProblemError when the file cannot be read.
    void read(const Strip& strip);
    /// Values of @p count cells of a row, eastwards; they hold until the next call.
    const double* values(CellPosition first, std::int64_t count);

 private:
    const RasterFrame& frame_;
    const BandReader& reader_;
    std::vector<double> values_;
    std::vector<double> turned_;
    std::int64_t left_ = 0, top_ = 0, width_ = 0;
};

}  // namespace domino::geo::io
