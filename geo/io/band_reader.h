#pragma once

#include <gdal_priv.h>

#include <string>
#include <vector>

namespace domino::geo::io {

/// Reads windows of one band as physical values: scale and offset applied; nodata, NaN and masked cells
/// become NaN. Nodata is recognised however a writer stored it: as the float nearest to the number in the
/// header, or as a negative number wrapped into an unsigned type (-1 kept as 255).
class BandReader {
 public:
    /// @p name names the file in errors. @p band must outlive the reader.
    BandReader(GDALRasterBand& band, std::string name);

    /// Values of @p width × @p height cells from (@p column, @p row), row-major as stored. Throws
    /// ProblemError.
    void read(int column, int row, int width, int height, std::vector<double>& values) const;

 private:
    /// Stored values that stand for none.
    struct Range {
        double least = 0.0, greatest = 0.0;
    };

    GDALRasterBand& band_;
    std::string name_;
    GDALRasterBand* mask_ = nullptr;
    bool signed_byte_ = false;
    std::vector<Range> nodata_;
    double scale_ = 1.0;
    double offset_ = 0.0;
    mutable std::vector<unsigned char> mask_values_;
};

}  // namespace domino::geo::io
