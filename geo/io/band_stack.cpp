#include "geo/io/band_stack.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

namespace domino::geo::io {

/// One of the bands, or of an overview's.
class BandStack::Band final : public GDALRasterBand {
 public:
    explicit Band(BandStack& stack) : stack_(stack) {
        eDataType = GDT_Float32;
        nBlockXSize = static_cast<int>(stack.size_.columns);
        nBlockYSize = 1;
    }

    double GetNoDataValue(int* known) override {
        if (known != nullptr) *known = TRUE;
        return std::numeric_limits<double>::quiet_NaN();
    }
    const char* GetUnitType() override { return unit_.c_str(); }
    void set_unit(std::string unit) { unit_ = std::move(unit); }

    int GetOverviewCount() override { return static_cast<int>(stack_.overviews_.size()); }
    GDALRasterBand* GetOverview(int level) override {
        if (level < 0 || level >= GetOverviewCount()) return nullptr;
        return stack_.overviews_[static_cast<std::size_t>(level)]->GetRasterBand(nBand);
    }

 protected:
    CPLErr IReadBlock(int, int y, void* data) override {
        std::copy_n(stack_.row(static_cast<std::size_t>(nBand - 1), y, 0), nRasterXSize,
                    static_cast<float*>(data));
        return CE_None;
    }
    CPLErr IRasterIO(GDALRWFlag direction, int x, int y, int columns, int rows, void* data, int data_columns,
                     int data_rows, GDALDataType type, GSpacing pixel_space, GSpacing line_space,
                     GDALRasterIOExtraArg* extra) override {
        if (type != GDT_Float32 || columns != data_columns || rows != data_rows) {
            return GDALRasterBand::IRasterIO(direction, x, y, columns, rows, data, data_columns, data_rows,
                                             type, pixel_space, line_space, extra);
        }
        return stack_.IRasterIO(direction, x, y, columns, rows, data, data_columns, data_rows, type, 1,
                                &nBand, pixel_space, line_space, 0, extra);
    }

 private:
    BandStack& stack_;
    std::string unit_;
};

BandStack::BandStack(RasterSize size, std::size_t bands, int largest_side)
    : size_(size),
      values_(LargePages<float>().allocate(bands * static_cast<std::size_t>(size.cells())),
              FreeFloats{bands * static_cast<std::size_t>(size.cells())}) {
    nRasterXSize = static_cast<int>(size.columns);
    nRasterYSize = static_cast<int>(size.rows);
    for (int band = 1; band <= static_cast<int>(bands); ++band)
        SetBand(band, std::make_unique<Band>(*this).release());
    for (RasterSize smaller = size; std::max(smaller.columns, smaller.rows) > largest_side;) {
        smaller = halve(smaller);
        overviews_.push_back(std::make_unique<BandStack>(smaller, bands, std::numeric_limits<int>::max()));
    }
}

BandStack::~BandStack() = default;

std::span<float> BandStack::band(std::size_t band) {
    const auto cells = static_cast<std::size_t>(size_.cells());
    return {values_.get() + band * cells, cells};
}

void BandStack::make_overviews(std::size_t band) {
    std::span<const float> larger = this->band(band);
    RasterSize size = size_;
    for (const auto& overview : overviews_) {
        const std::vector<float> smaller = halve_by_average(larger, size);
        std::ranges::copy(smaller, overview->band(band).begin());
        larger = overview->band(band);
        size = overview->size_;
    }
}

void BandStack::set_unit(std::size_t band, std::string unit) {
    static_cast<Band*>(GetRasterBand(static_cast<int>(band) + 1))->set_unit(std::move(unit));
}

CPLErr BandStack::GetGeoTransform(double* affine) {
    if (!affine_) return CE_Failure;
    std::ranges::copy(*affine_, affine);
    return CE_None;
}

CPLErr BandStack::IRasterIO(GDALRWFlag direction, int x, int y, int columns, int rows, void* data,
                            int data_columns, int data_rows, GDALDataType type, int count, int* bands,
                            GSpacing pixel_space, GSpacing line_space, GSpacing band_space,
                            GDALRasterIOExtraArg* extra) {
    if (type != GDT_Float32 || columns != data_columns || rows != data_rows) {
        return GDALDataset::IRasterIO(direction, x, y, columns, rows, data, data_columns, data_rows, type,
                                      count, bands, pixel_space, line_space, band_space, extra);
    }
    // All bands of so many pixels stay in the nearest cache.
    constexpr int together = 64;
    for (int line = 0; line < rows; ++line) {
        std::byte* const into = static_cast<std::byte*>(data) + line * line_space;
        for (int first = 0; first < columns; first += together) {
            const int pixels = std::min(together, columns - first);
            for (int b = 0; b < count; ++b) {
                const float* from = row(static_cast<std::size_t>(bands[b] - 1), y + line, x + first);
                std::byte* to = into + first * pixel_space + b * band_space;
                for (int i = 0; i < pixels; ++i) std::memcpy(to + i * pixel_space, from + i, sizeof(float));
            }
        }
    }
    return CE_None;
}

}  // namespace domino::geo::io
