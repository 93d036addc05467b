#pragma once

#include <filesystem>

#include "sim/results.h"
#include "viz/cell_quantiles.h"
#include "viz/map_frame.h"
#include "viz/place_summary.h"
#include "viz/raster_style.h"
#include "viz/write_results.h"

namespace domino::viz {

/// Cloud-Optimised GeoTIFFs, one band a calendar year, each with a QGIS style beside it (.qml: fixed colour
/// limits, one temporal range per band). All throw geo::ProblemError when a file cannot be written.
inline constexpr double map_tolerance = 1e-6;

/// What a map came to: its colours, and for those that add up the largest relative difference between a
/// band's sum and the table's over the years; callers hold it against map_tolerance.
struct WrittenMap {
    RasterStyle style;
    sim::IdentityCheck check = {};
};

/// emissions_co2e.tif: mean over members of t CO2e a year in each cell. Cells add up to the places; the
/// national remainder is not mapped.
WrittenMap write_emissions_map(const RunContext& context, const PlaceSummary& summary, const MapFrame& frame,
                               const std::filesystem::path& path);

/// emissions_co2e_density.tif: the same by km² of the cell on the WGS 84 ellipsoid; times the cell's area it
/// adds up.
WrittenMap write_density_map(const RunContext& context, const PlaceSummary& summary, const MapFrame& frame,
                             const std::filesystem::path& path);

enum class MapQuantile : unsigned char { p05, p50, p95 };

/// emissions_co2e_p05.tif and the like: a quantile over members of each cell's total, cell by cell. These do
/// not add up, and say so.
WrittenMap write_quantile_map(const RunContext& context, const CellQuantiles& quantiles,
                              const MapFrame& frame, MapQuantile quantile, const std::filesystem::path& path);

/// commitment_probability.tif: chance (0 … 1) that a person's place has committed by the end of the year:
/// the mean over the places that share a cell, weighted by their people in it. It does not add up.
WrittenMap write_commitment_map(const RunContext& context, const PlaceSummary& summary, const MapFrame& frame,
                                const std::filesystem::path& path);

}  // namespace domino::viz
