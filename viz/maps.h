#pragma once

#include <filesystem>

#include "geo/downscale.h"
#include "sim/results.h"
#include "viz/place_summary.h"
#include "viz/write_results.h"

namespace domino::viz {

/// Cloud-Optimised GeoTIFFs, one band a calendar year, each with a QGIS style beside it (.qml: fixed colour
/// limits, one temporal range per band). The functions return the largest relative difference between a
/// band's sum and the table's, over the years; callers hold it against map_tolerance. All throw
/// geo::ProblemError when a file cannot be written.
inline constexpr double map_tolerance = 1e-6;

/// emissions_co2e.tif: mean over members of t CO2e a year in each cell. Cells add up to the places; the
/// national remainder is not mapped.
sim::IdentityCheck write_emissions_map(const RunContext& context, const PlaceSummary& summary,
                                       const geo::PlaceCells& cells, const std::filesystem::path& path);

/// emissions_co2e_density.tif: the same by km² of the cell on the WGS 84 ellipsoid; times the cell's area it
/// adds up.
sim::IdentityCheck write_density_map(const RunContext& context, const PlaceSummary& summary,
                                     const geo::PlaceCells& cells, const std::filesystem::path& path);

/// commitment_probability.tif: chance (0 … 1) that a person's place has committed by the end of the year:
/// the mean over the places that share a cell, weighted by their people in it. It does not add up.
void write_commitment_map(const RunContext& context, const PlaceSummary& summary,
                          const geo::PlaceCells& cells, const std::filesystem::path& path);

}  // namespace domino::viz
