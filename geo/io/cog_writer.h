#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "geo/grid.h"

namespace domino::geo::io {

/// One band to write: what it is, and how to get its values.
struct CogBand {
    std::string description;                      ///< e.g. "emissions_co2e 2035 mean"
    std::string unit;                             ///< e.g. "t CO2e/yr"
    std::map<std::string, std::string> metadata;  ///< YEAR, VARIABLE, SCENARIO, QUANTILE, GWP …
    /// Fills the band's cells, row-major from the north-west; NaN where there is no value.
    std::function<void(std::span<float>)> fill;
};

struct CogFile {
    GeoGrid grid;
    std::string crs = "EPSG:4326";                ///< what the grid's coordinates are
    std::map<std::string, std::string> metadata;  ///< of the whole file
    std::vector<CogBand> bands;
};

/// Writes a Cloud-Optimised GeoTIFF: Float32, ZSTD (DEFLATE where GDAL lacks it) with predictor,
/// 512-pixel blocks, averaged overviews, BIGTIFF=IF_SAFER, AREA_OR_POINT=Area, statistics in every band.
/// Nodata is NaN: no number that a sum of emissions or removals could ever take, and zero stays a value.
/// The same input gives the same bytes. Throws ProblemError when anything cannot be written (a full disk
/// included); nothing is then left at @p path. The caller renames the file into place. @p path must not
/// exist.
void write_cog(const std::filesystem::path& path, const CogFile& file);

}  // namespace domino::geo::io
