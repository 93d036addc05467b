#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/downscale.h"

namespace domino::viz {

/// Who shares each cell of a map that holds a place: the places' shares ordered by cell, then place.
struct CellHolders {
    struct Holder {
        std::uint32_t place = 0;
        double share = 0.0;
    };
    std::vector<std::int64_t> cells;  ///< ascending
    std::vector<std::size_t> first;   ///< cells + 1 offsets into `holders`
    std::vector<Holder> holders;

    std::span<const Holder> of_cell(std::size_t i) const {
        return std::span(holders).subspan(first[i], first[i + 1] - first[i]);
    }
};

CellHolders find_holders(const geo::PlaceCells& places);

/// What geo::rasterize_totals puts into the held cells, bit for bit.
std::vector<double> totals_of_cells(const CellHolders& holders, std::span<const double> totals);

/// What geo::rasterize_means puts into the held cells, bit for bit; NaN where all weights are zero.
std::vector<double> means_of_cells(const CellHolders& holders, std::span<const double> values,
                                   std::span<const double> weights);

/// A whole map of values of some cells; NaN in all others.
void fill_map(std::span<const std::int64_t> cells, std::span<const double> values, std::span<float> map);

}  // namespace domino::viz
