#pragma once

#include <cstddef>
#include <vector>

#include "sim/results.h"
#include "viz/map_frame.h"
#include "viz/place_summary.h"

namespace domino::viz {

/// Quantiles over the members of each cell's emissions, t CO2e a year: flat arrays [year][covered cell of the
/// frame].
struct CellQuantiles {
    std::vector<float> p05, p50, p95;

    const float* of_year(const std::vector<float>& quantile, std::size_t year) const {
        return &quantile[year * (quantile.size() / years)];
    }
    std::size_t years = 0;
};

/// A cell that several places share takes the quantiles of their sum, member by member; one that a single
/// place holds takes that place's, times its share. Type 7 of Hyndman & Fan (1996), as everywhere. The same
/// for any number of @p threads.
CellQuantiles find_cell_quantiles(const MapFrame& frame, const PlaceSummary& summary,
                                  const sim::RunResults& results, int threads);

}  // namespace domino::viz
