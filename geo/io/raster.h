#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/extent.h"
#include "geo/lonlat.h"
#include "geo/polygon.h"
#include "geo/raster_band.h"
#include "geo/read_progress.h"
#include "geo/weighted_sum.h"
#include "geo/zone_coverage.h"

namespace domino::geo::io {

enum class Sampling : std::uint8_t {
    nearest,  ///< the cell that holds the point
    bilinear  ///< the four cells round the point; those without value are left out and the rest reweighted
};

struct RasterRequest {
    std::filesystem::path path;
    std::optional<std::string> crs_override;  ///< e.g. "EPSG:4326", for a raster that does not say its own
    /// For a raster that says none where crs_override says none either; one that says its own keeps it.
    std::optional<std::string> crs_otherwise = std::nullopt;
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

    /// Which cells lie in which zones, counted by the exact share of their area inside (cover_cells); for
    /// projected rasters the zones are densified and projected first, and shares are of areas on the
    /// ellipsoid (AreaField). Holds for every band and every raster on the same grid: work it out once.
    ZoneCoverage cover_zones(std::span<const MultiPolygon> zones) const;

    /// The area of each covered zone that lies within the raster, whether its cells have values or not, km².
    std::vector<double> covered_km2(const ZoneCoverage& coverage) const;

    /// Tells grids apart: rasters with the same key take the same coverage.
    std::string grid_key() const;

    /// Sum and mean over each zone. The raster is read in strips, so it may be larger than memory. One result
    /// a zone. Throws ProblemError when the coverage was made for another grid, or a read fails.
    std::vector<ZonalValue> summarize_zones(const ZoneCoverage& coverage, int band,
                                            const ReadProgress& progress = {}) const;
    std::vector<ZonalValue> summarize_zones(std::span<const MultiPolygon> zones, int band) const {
        return summarize_zones(cover_zones(zones), band);
    }

    /// Over each zone weighted by another raster on the same grid, such as people: Σ value · weight · share
    /// inside and Σ weight · share inside over cells that have both. Weights are amounts of their cells;
    /// where there is none, nothing weighs. Throws ProblemError where one is negative.
    std::vector<WeightedSum> weigh_zones(const ZoneCoverage& coverage, int band, const Raster& weights,
                                         int weight_band, const ReadProgress& progress = {}) const;

    /// The same with weights on any other grid: the sums run over the pieces that a cell of values, a cell of
    /// weights and the zone have in common, and a piece holds the part of its cell's weight that it holds of
    /// the cell's area. Exact where both grids are in one longitude and latitude; else cells of values are
    /// projected into the grid of weights, their edges cut into pieces first.
    std::vector<WeightedSum> weigh_zones_across(std::span<const MultiPolygon> zones, int band,
                                                const Raster& weights, int weight_band,
                                                const ReadProgress& progress = {}) const;

    /// What each zone holds of a raster of weights: Σ amount · share inside. Throws ProblemError where one is
    /// negative.
    std::vector<double> sum_weights(const ZoneCoverage& coverage, int band,
                                    const ReadProgress& progress = {}) const;

    /// Area of each class (value of the band, such as a land cover code) in each zone, km²; cells without a
    /// value are left out.
    std::vector<std::map<double, double>> classify_zones(const ZoneCoverage& coverage, int band,
                                                         const ReadProgress& progress = {}) const;

    /// The whole band as north-up cells. Throws ProblemError for a rotated raster.
    RasterBand read_band(int band, const ReadProgress& progress = {}) const;

    /// Area of each cell of a band as read_band() has them, km² on the ellipsoid (AreaField).
    std::vector<double> cell_areas_km2() const;

    /// The part of a band in longitude and latitude that holds @p extent, whole cells; over the full width
    /// where the extent crosses 180° or the raster's edge. Throws ProblemError for rasters in metres too.
    RasterBand read_window(int band, const LonLatExtent& extent, const ReadProgress& progress = {}) const;

 private:
    class Source;
    explicit Raster(std::unique_ptr<Source> source);
    std::unique_ptr<Source> source_;
};

}  // namespace domino::geo::io
