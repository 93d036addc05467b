#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/io/band_reader.h"
#include "geo/io/raster_frame.h"
#include "geo/io/stored_values.h"
#include "geo/io/strip_reader.h"

namespace domino::geo::io {

/// The sum of each run of a strip. Blocks are read one after the other into the same memory and all runs that
/// cross one are added while it is in the processor's cache; a run goes on in the next block where it
/// stopped. The bits are the same for every size and order of blocks.
class RunSums {
 public:
    /// Both must outlive it.
    RunSums(const RasterFrame& frame, const BandReader& reader);

    /// One sum a run of the strip; they hold until the next call. Throws ProblemError when the file cannot be
    /// read.
    std::span<const ValueSum> add_up(const Strip& strip);

 private:
    /// A run that goes beyond the blocks read so far.
    struct OpenRun {
        std::size_t run = 0;
        LaneSums sums;
    };
    /// Runs of a row.
    struct Row {
        std::int64_t first_cell = 0;
        std::size_t next = 0, end = 0;  ///< runs before `next` lie in blocks already read
        std::vector<OpenRun> open;
    };

    void add_up_windows(const Strip& strip);
    void find_rows(const Strip& strip);
    void add_block(const Strip& strip, int block_column, int block_row);
    void add_row(const Strip& strip, Row& row, const std::byte* stored, std::int64_t left,
                 std::int64_t right);
    void add_part(Row& row, std::size_t run, const double* values, std::size_t count,
                  std::int64_t cells_of_run);

    const RasterFrame& frame_;
    const BandReader& reader_;
    bool by_blocks_;
    StripReader windows_;
    std::vector<ValueSum> sums_;
    std::vector<Row> rows_;
    std::vector<std::byte> block_;
    std::vector<double> values_;  ///< of a row of the block
};

}  // namespace domino::geo::io
