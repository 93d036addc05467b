#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace domino::geo {

struct RasterSize {
    std::int64_t columns = 0;
    std::int64_t rows = 0;

    std::int64_t cells() const { return columns * rows; }
    friend bool operator==(const RasterSize&, const RasterSize&) = default;
};

/// Half of a size, rounded up: what an overview of it measures.
RasterSize halve(RasterSize size);

/// A raster (row-major) at half its size: each cell is the mean of those it covers, by the part of each that
/// it covers, without those that are NaN; NaN where all are. Sums are in double precision in row order, so
/// the same bits everywhere.
std::vector<float> halve_by_average(std::span<const float> values, RasterSize size);

}  // namespace domino::geo
