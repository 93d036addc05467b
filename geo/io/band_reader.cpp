#include "geo/io/band_reader.h"

#include <cpl_error.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include "geo/no_value.h"
#include "geo/problem.h"

namespace domino::geo::io {

namespace {

/// Number of values an unsigned integer type wraps at; 0 for other types.
double find_modulus(GDALDataType type) {
    switch (type) {
        case GDT_Byte:
            return 256.0;
        case GDT_UInt16:
            return 65536.0;
        case GDT_UInt32:
            return 4294967296.0;
        default:
            return 0.0;
    }
}

bool stores_signed_bytes(GDALRasterBand& band) {
    const char* type = band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE");
    return band.GetRasterDataType() == GDT_Byte && type != nullptr && std::string_view(type) == "SIGNEDBYTE";
}

std::optional<StoredType> find_stored_type(GDALDataType type) {
    switch (type) {
        case GDT_Byte:
            return StoredType::byte;
        case GDT_UInt16:
            return StoredType::uint16;
        case GDT_Int16:
            return StoredType::int16;
        case GDT_UInt32:
            return StoredType::uint32;
        case GDT_Int32:
            return StoredType::int32;
        case GDT_Float32:
            return StoredType::float32;
        case GDT_Float64:
            return StoredType::float64;
        default:
            return std::nullopt;
    }
}

}  // namespace

BandReader::BandReader(GDALRasterBand& band, std::string name)
    : band_(band), name_(std::move(name)), signed_byte_(stores_signed_bytes(band)) {
    find_nodata();
    const int flags = band.GetMaskFlags();
    const bool masked = (flags & (GMF_PER_DATASET | GMF_ALPHA)) != 0 || flags == 0;
    if (masked && (flags & (GMF_NODATA | GMF_ALL_VALID)) == 0) mask_ = band.GetMaskBand();
    int has_scale = 0;
    int has_offset = 0;
    const double scale = band.GetScale(&has_scale);
    const double offset = band.GetOffset(&has_offset);
    if (has_scale != 0 && scale != 0.0) scale_ = scale;
    if (has_offset != 0) offset_ = offset;
    find_blocks();
}

void BandReader::find_nodata() {
    const GDALDataType type = band_.GetRasterDataType();
    int has_nodata = 0;
    const double nodata = band_.GetNoDataValue(&has_nodata);
    if (has_nodata == 0 || std::isnan(nodata)) return;
    nodata_.push_back({nodata, nodata});
    const double modulus = signed_byte_ ? 0.0 : find_modulus(type);
    if (nodata < 0.0 && nodata >= -modulus) nodata_.push_back({nodata + modulus, nodata + modulus});
    if (type != GDT_Float32) return;
    // The header's decimal text may name a float only roughly, and -1.8e308 stands for the lowest float.
    constexpr double largest_float = std::numeric_limits<float>::max();
    const double nearest = std::clamp(nodata, -largest_float, largest_float);
    const double about = 1e-6 * std::abs(nearest);
    nodata_.push_back({nearest - about, nearest + about});
}

void BandReader::find_blocks() {
    const auto type = find_stored_type(band_.GetRasterDataType());
    if (!type || mask_ != nullptr) return;
    BlockShape shape{0, 0, *type};
    band_.GetBlockSize(&shape.columns, &shape.rows);
    constexpr std::int64_t most_cells = 1 << 23;
    const std::int64_t cells = static_cast<std::int64_t>(shape.columns) * shape.rows;
    if (shape.columns > 0 && shape.rows > 0 && cells <= most_cells) blocks_ = shape;
}

void BandReader::fail(int column, int row) const {
    throw ProblemError(
        {name_,
         "the raster cannot be read near column " + std::to_string(column) + ", row " + std::to_string(row),
         CPLGetLastErrorMsg(), "the file is cut short or damaged: fetch it again"});
}

void BandReader::read(int column, int row, int width, int height, std::vector<double>& values) const {
    const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    values.resize(count);
    CPLErr state = band_.RasterIO(GF_Read, column, row, width, height, values.data(), width, height,
                                  GDT_Float64, 0, 0, nullptr);
    if (state == CE_None && mask_ != nullptr) {
        mask_values_.resize(count);
        state = mask_->RasterIO(GF_Read, column, row, width, height, mask_values_.data(), width, height,
                                GDT_Byte, 0, 0, nullptr);
    }
    if (state != CE_None) fail(column, row);
    for (std::size_t i = 0; mask_ != nullptr && i < count; ++i) {
        if (mask_values_[i] == 0) values[i] = no_value;
    }
    make_physical(values.data(), count);
}

void BandReader::read_block(int block_column, int block_row, std::byte* stored) const {
    if (band_.ReadBlock(block_column, block_row, stored) != CE_None)
        fail(block_column * blocks_->columns, block_row * blocks_->rows);
}

void BandReader::decode(const std::byte* stored, std::size_t count, double* values) const {
    to_doubles(blocks_->type, stored, count, values);
    make_physical(values, count);
}

void BandReader::make_physical(double* values, std::size_t count) const {
    const std::span<double> all(values, count);
    if (signed_byte_) {
        for (double& value : all) value -= value > 127.0 ? 256.0 : 0.0;
    }
    for (const Range& nodata : nodata_) {
        for (double& value : all)
            value = value >= nodata.least && value <= nodata.greatest ? no_value : value;
    }
    if (scale_ == 1.0 && offset_ == 0.0) return;
    for (double& value : all) value = value * scale_ + offset_;
}

}  // namespace domino::geo::io
