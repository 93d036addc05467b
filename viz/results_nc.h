#pragma once

#include <filesystem>

#include "sim/results.h"
#include "viz/cell_quantiles.h"
#include "viz/map_frame.h"
#include "viz/place_summary.h"
#include "viz/write_results.h"

namespace domino::viz {

/// results.nc, NetCDF by the CF conventions: emissions_co2e (time, y, x), the mean, which adds up;
/// emissions_co2e_quantile (quantile, time, y, x), which does not; commitment_probability; cell_area; and
/// with output.realizations emissions_co2e_realization (realization, time, y, x). Returns how well the mean's
/// sum over cells agrees with the places. Throws geo::ProblemError.
sim::IdentityCheck write_results_nc(const RunContext& context, const PlaceSummary& summary,
                                    const MapFrame& frame, const CellQuantiles& quantiles,
                                    const std::filesystem::path& path);

}  // namespace domino::viz
