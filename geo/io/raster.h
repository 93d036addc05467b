#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/lonlat.h"
#include "geo/polygon.h"
#include "geo/raster_band.h"

namespace domino::geo::io {

enum class Sampling : std::uint8_t {
    nearest,  ///< the cell that holds the point
    bilinear  ///< the four cells round the point; those without value are left out and the rest reweighted
};

struct RasterRequest {
    std::filesystem::path path;
    std::optional<std::string> crs_override;  ///< e.g. "EPSG:4326", for a raster that does not say its own
};

/// A raster file open for reading: any format, any CRS, north-up, south-up or rotated, longitudes -180…180 or
/// 0…360. Values honour the band's scale and offset; nodata, NaN and masked cells are "no value". Move-only;
/// not for use from two threads at once.
class Raster {
 public:
    /// Throws ProblemError when the file cannot be read, has no bands, no CRS (and how to state it), a CRS
    /// that contradicts `crs_override`, or no georeferencing.
    static Raster open(const RasterRequest& request);
    ~Raster();
    Raster(Raster&&) noexcept;
    Raster& operator=(Raster&&) noexcept;

    const std::string& crs() const;
    int bands() const;
    const std::string& band_description(int band) const;
    /// Unit of a band's values; empty where the file does not say.
    std::string unit(int band) const;
    /// Metadata by key, of a band or (0) of the file; empty where there is none.
    std::string metadata(int band, const std::string& key) const;
    /// The whole definition of the CRS, as WKT.
    std::string crs_definition() const;

    /// Value at each point, nullopt off the raster or where there is none. @p band counts from 1; bilinear
    /// never reads across an outer edge but does across the seam of a raster that spans 360°. Throws
    /// ProblemError when a read fails or the band does not exist.
    std::vector<std::optional<double>> sample(std::span<const LonLat> points, int band,
                                              Sampling sampling) const;

    /// Sum and mean over each zone, cells counted by the exact share of their area inside (cover_cells); for
    /// projected rasters the zone is densified and projected first. One result a zone.
    std::vector<ZonalValue> summarize_zones(std::span<const MultiPolygon> zones, int band) const;

    /// The whole band as north-up cells. Throws ProblemError for a rotated raster.
    RasterBand read_band(int band) const;

 private:
    class Source;
    explicit Raster(std::unique_ptr<Source> source);
    std::unique_ptr<Source> source_;
};

}  // namespace domino::geo::io
