#pragma once

#include <gdal_priv.h>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/large_pages.h"
#include "geo/overview.h"

namespace domino::geo::io {

/// Bands of floats in memory, band by band, with overviews of their own: what GDAL's drivers copy from.
/// GDAL's MEM driver could hold them too, but hands pixels of many bands on band by band, each a walk through
/// the whole of a large block; here all bands of a few pixels are handed on together.
/// Opened for reading: GDAL refuses to write to it.
/// NaN is nodata. Overviews are made by make_overviews(), one for each halving until a side fits into
/// `largest_side`.
class BandStack final : public GDALDataset {
 public:
    BandStack(RasterSize size, std::size_t bands, int largest_side);
    ~BandStack() override;

    /// Of a band, counted from 0 here and in what follows (GDAL's own functions count from 1): row by row;
    /// not zeroed, as a map may be gigabytes and is filled whole.
    std::span<float> band(std::size_t band);
    /// Averages of the band's values, level by level (halve_by_average()).
    void make_overviews(std::size_t band);

    void set_affine(const std::array<double, 6>& affine) { affine_ = affine; }
    void set_crs(OGRSpatialReference crs) { crs_ = std::move(crs); }
    void set_unit(std::size_t band, std::string unit);

    CPLErr GetGeoTransform(double* affine) override;
    const OGRSpatialReference* GetSpatialRef() const override { return crs_.IsEmpty() ? nullptr : &crs_; }

 protected:
    CPLErr IRasterIO(GDALRWFlag direction, int x, int y, int columns, int rows, void* data, int data_columns,
                     int data_rows, GDALDataType type, int count, int* bands, GSpacing pixel_space,
                     GSpacing line_space, GSpacing band_space, GDALRasterIOExtraArg* extra) override;

 private:
    class Band;

    struct FreeFloats {
        std::size_t count = 0;
        void operator()(float* values) const { LargePages<float>().deallocate(values, count); }
    };

    const float* row(std::size_t band, int y, int x) const {
        return values_.get() + band * static_cast<std::size_t>(size_.cells()) +
               static_cast<std::size_t>(y) * static_cast<std::size_t>(size_.columns) +
               static_cast<std::size_t>(x);
    }

    RasterSize size_;
    std::unique_ptr<float[], FreeFloats> values_;
    std::vector<std::unique_ptr<BandStack>> overviews_;  ///< from the finest on
    std::optional<std::array<double, 6>> affine_;
    OGRSpatialReference crs_;
};

}  // namespace domino::geo::io
