#include "geo/io/across_grids.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/ellipsoid.h"
#include "geo/problem.h"

namespace domino::geo::io {

BandWindow::BandWindow(const GriddedBand& band, std::int64_t left, std::int64_t right)
    : band_(band),
      left_(std::clamp<std::int64_t>(left, 0, band.frame.columns() - 1)),
      right_(std::clamp<std::int64_t>(right, left_ + 1, band.frame.columns())) {
    constexpr std::int64_t most_values = 2'000'000;  // 16 MB of doubles
    const std::int64_t block = std::max(1, band.block_rows);
    const std::int64_t rows = std::max<std::int64_t>(1, most_values / (right_ - left_));
    rows_ = std::max<std::int64_t>(std::min(block, rows), rows / block * block);
}

const std::vector<double>& BandWindow::chunk(std::int64_t number) {
    const auto known = chunks_.find(number);
    if (known != chunks_.end()) return known->second;
    constexpr std::size_t most_chunks = 4;
    if (kept_.size() == most_chunks) {
        chunks_.erase(kept_.front());
        kept_.erase(kept_.begin());
    }
    const std::int64_t top = number * rows_;
    const std::int64_t bottom = std::min<std::int64_t>(top + rows_, band_.frame.rows());
    std::vector<double>& values = chunks_[number];
    const CellPosition a = band_.frame.stored_zone_position({left_, top});
    const CellPosition b = band_.frame.stored_zone_position({right_ - 1, bottom - 1});
    band_.reader.read(static_cast<int>(std::min(a.column, b.column)),
                      static_cast<int>(std::min(a.row, b.row)), static_cast<int>(right_ - left_),
                      static_cast<int>(bottom - top), values);
    kept_.push_back(number);
    return values;
}

double BandWindow::at(CellPosition cell) {
    const CellPosition stored = band_.frame.stored_zone_position(cell);
    if (cell.column < left_ || cell.column >= right_) {
        band_.reader.read(static_cast<int>(stored.column), static_cast<int>(stored.row), 1, 1, single_);
        return single_.front();
    }
    const std::int64_t number = cell.row / rows_;
    const std::vector<double>& values = chunk(number);
    const std::int64_t top = number * rows_;
    const std::int64_t bottom = std::min<std::int64_t>(top + rows_, band_.frame.rows());
    const CellPosition a = band_.frame.stored_zone_position({left_, top});
    const CellPosition b = band_.frame.stored_zone_position({right_ - 1, bottom - 1});
    const std::int64_t row = stored.row - std::min(a.row, b.row);
    const std::int64_t column = stored.column - std::min(a.column, b.column);
    return values[static_cast<std::size_t>(row * (right_ - left_) + column)];
}

void refuse_negative_weight(double weight, const std::string& file) {
    if (weight >= 0.0) return;
    throw ProblemError({file, fmt::format("the weights hold {}", weight),
                        "weights are amounts, such as people, and none is negative",
                        "if it stands for no value, say so with gdal_edit.py -a_nodata"});
}

AcrossGrids::AcrossGrids(const GriddedBand& values, const GriddedBand& weights, std::string weights_name)
    : values_(values),
      weights_(weights),
      weights_name_(std::move(weights_name)),
      value_grid_(values.frame.zone_grid()),
      weight_grid_(weights.frame.zone_grid()),
      aligned_(values.frame.is_geographic() && weights.frame.is_geographic() &&
               ((is_wgs84(values.frame.crs()) && is_wgs84(weights.frame.crs())) ||
                values.frame.crs().IsSame(&weights.frame.crs()) != 0)),
      value_coverer_(value_grid_),
      weight_coverer_(weight_grid_),
      weight_areas_(weights_.frame) {}

WeightedSum AcrossGrids::weigh(const MultiPolygon& zone) {
    const std::vector<CellRun>& runs = value_coverer_.cover(values_.frame.to_zone_space(zone), pieces_);
    if (runs.empty()) return {};
    std::int64_t left = value_grid_.columns, right = 0;
    for (const CellRun& run : runs) {
        const std::int64_t column = value_grid_.position(run.cell).column;
        left = std::min(left, column);
        right = std::max(right, column + run.count);
    }
    BandWindow value_window(values_, left, right);
    left = weight_grid_.columns;
    right = 0;
    for (const CellRun& run : weight_coverer_.cover(weights_.frame.to_zone_space(zone))) {
        const std::int64_t column = weight_grid_.position(run.cell).column;
        left = std::min(left, column);
        right = std::max(right, column + run.count);
    }
    BandWindow weight_window(weights_, left - 1, right + 1);
    WeightedSum sum;
    std::size_t piece = 0;
    const auto count = [&sum](double value, const Held& held) {
        sum.add(value, held.weight);
        sum.known_km2 += held.km2;
    };
    for (const CellRun& run : runs) {
        CellPosition cell = value_grid_.position(run.cell);
        const bool cut = piece < pieces_.size() && pieces_[piece].cell == run.cell;
        if (cut) {
            const double value = value_window.at(cell);
            if (!std::isnan(value)) count(value, hold_piece(pieces_[piece].inside, weight_window));
            ++piece;
            continue;
        }
        if (aligned_) overlap_rows(cell.row);
        for (std::int64_t i = 0; i < run.count; ++i, ++cell.column) {
            const double value = value_window.at(cell);
            if (!std::isnan(value)) count(value, hold_cell(cell, weight_window));
        }
    }
    return sum;
}

void AcrossGrids::add(Held& held, CellPosition cell, double share, BandWindow& window) {
    held.km2 += share * weight_areas_.km2(cell);
    const double weight = window.at(cell);
    if (std::isnan(weight)) return;
    refuse_negative_weight(weight, weights_name_);
    held.weight += weight * share;
}

AcrossGrids::Held AcrossGrids::hold_piece(const MultiPolygon& piece, BandWindow& window) {
    const MultiPolygon moved =
        aligned_ ? piece : weights_.frame.to_zone_space(values_.frame.from_zone_space(piece));
    Held held;
    const std::vector<CellRun>& runs = weight_coverer_.cover(moved, weight_pieces_);
    auto cut = weight_pieces_.begin();
    for (const CellRun& run : runs) {
        CellPosition cell = weight_grid_.position(run.cell);
        const bool is_cut = cut != weight_pieces_.end() && cut->cell == run.cell;
        const double share = is_cut ? weight_areas_.share(*cut++, run.fraction) : run.fraction;
        for (std::int64_t i = 0; i < run.count; ++i, ++cell.column) add(held, cell, share, window);
    }
    return held;
}

AcrossGrids::Held AcrossGrids::hold_cell(CellPosition cell, BandWindow& window) {
    if (!aligned_) return hold_piece(outline(cell), window);
    overlap_columns(cell.column);
    Held held;
    for (const Overlap& row : rows_) {
        for (const Overlap& column : columns_)
            add(held, {column.at, row.at}, row.share * column.share, window);
    }
    return held;
}

MultiPolygon AcrossGrids::outline(CellPosition cell) const {
    const GeoGrid& grid = value_grid_;
    const double west = grid.west + static_cast<double>(cell.column) * grid.cell_width;
    const double north = grid.north - static_cast<double>(cell.row) * grid.cell_height;
    const double east = west + grid.cell_width, south = north - grid.cell_height;
    return {{{{west, south}, {east, south}, {east, north}, {west, north}}, {}}};
}

void AcrossGrids::overlap_rows(std::int64_t row) {
    const double north = value_grid_.north - static_cast<double>(row) * value_grid_.cell_height;
    const double south = north - value_grid_.cell_height;
    const auto edge = [this](std::int64_t at) {
        return weight_grid_.north - static_cast<double>(at) * weight_grid_.cell_height;
    };
    const auto area = [](double upper, double lower) {
        return zone_area_m2_per_radian(upper) - zone_area_m2_per_radian(lower);
    };
    rows_.clear();
    const double first = std::floor((weight_grid_.north - north) / weight_grid_.cell_height);
    for (auto at = std::max<std::int64_t>(static_cast<std::int64_t>(first), 0);
         at < weight_grid_.rows && edge(at) > south; ++at) {
        const double upper = std::min(edge(at), north), lower = std::max(edge(at + 1), south);
        if (upper > lower) rows_.push_back({at, area(upper, lower) / area(edge(at), edge(at + 1))});
    }
}

void AcrossGrids::overlap_columns(std::int64_t column) {
    columns_.clear();
    const double width = weight_grid_.cell_width;
    const double here = value_grid_.west + static_cast<double>(column) * value_grid_.cell_width;
    for (const double turn : {-720.0, -360.0, 0.0, 360.0, 720.0}) {
        const double begin = (here + turn - weight_grid_.west) / width;
        const double end = begin + value_grid_.cell_width / width;
        const auto last =
            std::min<std::int64_t>(static_cast<std::int64_t>(std::ceil(end)), weight_grid_.columns);
        for (auto at = std::max<std::int64_t>(static_cast<std::int64_t>(std::floor(begin)), 0); at < last;
             ++at) {
            const double share =
                std::min(end, static_cast<double>(at + 1)) - std::max(begin, static_cast<double>(at));
            if (share > 0.0) columns_.push_back({at, share});
        }
    }
}

}  // namespace domino::geo::io
