#pragma once

#include <gdal_priv.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "geo/io/stored_values.h"

namespace domino::geo::io {

/// The blocks in which a file keeps a band, each row by row.
struct BlockShape {
    int columns = 0, rows = 0;
    StoredType type = StoredType::byte;
    std::size_t bytes() const {
        return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) * stored_bytes(type);
    }
};

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

    /// How the band is stored, if its blocks can be read by themselves: not with a mask, nor complex numbers.
    const std::optional<BlockShape>& blocks() const { return blocks_; }
    /// One block as stored into blocks()->bytes() bytes, past GDAL's cache. Throws ProblemError.
    void read_block(int block_column, int block_row, std::byte* stored) const;
    /// Physical values of @p count numbers as read_block() brings them.
    void decode(const std::byte* stored, std::size_t count, double* values) const;

 private:
    [[noreturn]] void fail(int column, int row) const;
    void find_nodata();
    void find_blocks();
    void make_physical(double* values, std::size_t count) const;

    /// Stored values that stand for none.
    struct Range {
        double least = 0.0, greatest = 0.0;
    };

    GDALRasterBand& band_;
    std::string name_;
    GDALRasterBand* mask_ = nullptr;
    bool signed_byte_ = false;
    std::vector<Range> nodata_;
    std::optional<BlockShape> blocks_;
    double scale_ = 1.0;
    double offset_ = 0.0;
    mutable std::vector<unsigned char> mask_values_;
};

}  // namespace domino::geo::io
