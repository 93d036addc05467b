#include "geo/io/strip_reader.h"

#include <algorithm>

namespace domino::geo::io {

namespace {

/// Rows read at once: whole blocks of the file, up to the most values.
std::int64_t choose_strip_rows(const RasterFrame& frame, int block_rows) {
    constexpr std::int64_t most_values = 8'000'000;  // 64 MB of doubles
    const std::int64_t rows = std::max<std::int64_t>(1, most_values / std::max(1, frame.columns()));
    const std::int64_t block = std::max(1, block_rows);
    return std::max<std::int64_t>(std::min<std::int64_t>(block, rows), rows / block * block);
}

}  // namespace

std::vector<Strip> cut_strips(const ZoneCoverage& coverage, const RasterFrame& frame, int block_rows) {
    const std::int64_t strip_rows = choose_strip_rows(frame, block_rows);
    std::vector<Strip> strips;
    const std::span<const ZoneRun> all(coverage.runs);
    for (std::size_t begin = 0; begin < all.size();) {
        const std::int64_t first = coverage.grid.position(all[begin].cell).row / strip_rows * strip_rows;
        Strip strip{{}, first, first, coverage.grid.columns, 0};
        std::size_t end = begin;
        std::int64_t row = first - 1, row_begin = 0, row_end = 0;
        for (; end < all.size(); ++end) {
            if (all[end].cell >= row_end) {
                row = all[end].cell / coverage.grid.columns;
                row_begin = row * coverage.grid.columns;
                row_end = row_begin + coverage.grid.columns;
            }
            if (row >= first + strip_rows) break;
            strip.left = std::min(strip.left, all[end].cell - row_begin);
            strip.right = std::max(strip.right, all[end].cell - row_begin + all[end].count);
            strip.bottom = row + 1;
        }
        strip.top = coverage.grid.position(all[begin].cell).row;
        strip.runs = all.subspan(begin, end - begin);
        strips.push_back(strip);
        begin = end;
    }
    return strips;
}

void StripReader::read(const Strip& strip) {
    const CellPosition a = frame_.stored_zone_position({strip.left, strip.top});
    const CellPosition b = frame_.stored_zone_position({strip.right - 1, strip.bottom - 1});
    left_ = std::min(a.column, b.column);
    top_ = std::min(a.row, b.row);
    width_ = std::max(a.column, b.column) - left_ + 1;
    reader_.read(static_cast<int>(left_), static_cast<int>(top_), static_cast<int>(width_),
                 static_cast<int>(std::max(a.row, b.row) - top_ + 1), values_);
}

const double* StripReader::values(CellPosition first, std::int64_t count) {
    const CellPosition stored = frame_.stored_zone_position(first);
    const double* at =
        &values_[static_cast<std::size_t>((stored.row - top_) * width_ + stored.column - left_)];
    if (count == 1 || frame_.stored_zone_position({first.column + 1, first.row}).column > stored.column)
        return at;
    turned_.assign(at - (count - 1), at + 1);
    std::reverse(turned_.begin(), turned_.end());
    return turned_.data();
}

}  // namespace domino::geo::io
