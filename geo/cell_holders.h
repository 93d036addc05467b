#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/downscale.h"

namespace domino::geo {

/// Who shares each cell of a map that holds a place: the places' shares ordered by cell, then place.
struct CellHolders {
    struct Holder {
        std::uint32_t place = 0;
        double share = 0.0;
    };
    std::size_t places = 0;
    std::vector<std::int64_t> cells;  ///< ascending
    std::vector<std::size_t> first;   ///< cells + 1 offsets into `holders`
    std::vector<Holder> holders;

    std::span<const Holder> of_cell(std::size_t i) const {
        return std::span(holders).subspan(first[i], first[i + 1] - first[i]);
    }
};

CellHolders find_holders(const PlaceCells& places);

/// Σ over places of total × share, per held cell: what a map shows. The sum over cells equals the sum of @p
/// totals to 1e-12 in double and 1e-6 once stored as float. Throws std::invalid_argument when @p totals does
/// not hold one value a place.
std::vector<double> totals_of_cells(const CellHolders& holders, std::span<const double> totals);

/// Mean of @p values over the places that share a held cell, weighted by share × @p weights (for
/// probabilities and other things that do not add); NaN where all weights are zero. Throws
/// std::invalid_argument as totals_of_cells().
std::vector<double> means_of_cells(const CellHolders& holders, std::span<const double> values,
                                   std::span<const double> weights);

/// A whole map of values of some cells; NaN in all others, so that zero stays a value.
void fill_map(std::span<const std::int64_t> cells, std::span<const double> values, std::span<float> map);

}  // namespace domino::geo
