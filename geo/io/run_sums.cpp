#include "geo/io/run_sums.h"

#include <algorithm>

namespace domino::geo::io {

RunSums::RunSums(const RasterFrame& frame, const BandReader& reader)
    : frame_(frame),
      reader_(reader),
      by_blocks_(reader.blocks().has_value() && frame.stored_zone_position({0, 0}) == CellPosition{0, 0}),
      windows_(frame, reader) {}

std::span<const ValueSum> RunSums::add_up(const Strip& strip) {
    sums_.assign(strip.runs.size(), {});
    if (!by_blocks_) {
        add_up_windows(strip);
        return sums_;
    }
    find_rows(strip);
    const BlockShape shape = *reader_.blocks();
    block_.resize(shape.bytes());
    values_.resize(static_cast<std::size_t>(shape.columns));
    for (std::int64_t y = strip.top / shape.rows; y * shape.rows < strip.bottom; ++y) {
        for (std::int64_t x = strip.left / shape.columns; x * shape.columns < strip.right; ++x)
            add_block(strip, static_cast<int>(x), static_cast<int>(y));
    }
    return sums_;
}

void RunSums::add_up_windows(const Strip& strip) {
    windows_.read(strip);
    for (std::size_t i = 0; i < strip.runs.size(); ++i) {
        const ZoneRun& run = strip.runs[i];
        const CellPosition at{run.cell % frame_.columns(), run.cell / frame_.columns()};
        sums_[i] = sum_values(windows_.values(at, run.count), static_cast<std::size_t>(run.count));
    }
}

void RunSums::find_rows(const Strip& strip) {
    rows_.resize(static_cast<std::size_t>(strip.bottom - strip.top));
    std::size_t next = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        Row& row = rows_[i];
        row.first_cell = (strip.top + static_cast<std::int64_t>(i)) * frame_.columns();
        row.next = next;
        while (next < strip.runs.size() && strip.runs[next].cell < row.first_cell + frame_.columns()) ++next;
        row.end = next;
    }
}

void RunSums::add_block(const Strip& strip, int block_column, int block_row) {
    const BlockShape shape = *reader_.blocks();
    reader_.read_block(block_column, block_row, block_.data());
    const std::int64_t left = static_cast<std::int64_t>(block_column) * shape.columns;
    const std::int64_t top = static_cast<std::int64_t>(block_row) * shape.rows;
    const std::int64_t end = std::min(strip.bottom, top + shape.rows);
    const std::size_t row_bytes = static_cast<std::size_t>(shape.columns) * stored_bytes(shape.type);
    for (std::int64_t row = std::max(strip.top, top); row < end; ++row) {
        add_row(strip, rows_[static_cast<std::size_t>(row - strip.top)],
                &block_[static_cast<std::size_t>(row - top) * row_bytes], left, left + shape.columns);
    }
}

void RunSums::add_row(const Strip& strip, Row& row, const std::byte* stored, std::int64_t left,
                      std::int64_t right) {
    const std::int64_t first = row.first_cell + left, last = row.first_cell + right;
    if (row.next == row.end || strip.runs[row.next].cell >= last) return;
    const std::int64_t begin = std::max(strip.runs[row.next].cell, first);
    reader_.decode(stored + static_cast<std::size_t>(begin - first) * stored_bytes(reader_.blocks()->type),
                   static_cast<std::size_t>(last - begin), values_.data());
    for (std::size_t i = row.next; i < row.end && strip.runs[i].cell < last; ++i) {
        const ZoneRun& run = strip.runs[i];
        const std::int64_t run_end = run.cell + run.count;
        if (run_end > first) {
            const std::int64_t part = std::max(run.cell, first);
            const std::int64_t part_end = std::min(run_end, last);
            const double* values = &values_[static_cast<std::size_t>(part - begin)];
            if (part_end - part == run.count)
                sums_[i] = sum_values(values, static_cast<std::size_t>(run.count));
            else
                add_part(row, i, values, static_cast<std::size_t>(part_end - part), run.count);
        }
        if (run_end <= last && i == row.next) ++row.next;
    }
}

/// Adds a part of a run that began in another block, or goes on in one.
void RunSums::add_part(Row& row, std::size_t run, const double* values, std::size_t count,
                       std::int64_t cells_of_run) {
    auto open = std::find_if(row.open.begin(), row.open.end(),
                             [run](const OpenRun& other) { return other.run == run; });
    if (open == row.open.end()) open = row.open.insert(open, OpenRun{run, {}});
    open->sums.add(values, count);
    if (static_cast<std::int64_t>(open->sums.count()) < cells_of_run) return;
    sums_[run] = open->sums.total();
    row.open.erase(open);
}

}  // namespace domino::geo::io
