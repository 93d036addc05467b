#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "geo/io/band_stack.h"
#include "geo/io/gdal_session.h"

using namespace domino::geo;
using namespace domino::geo::io;

namespace {

constexpr int columns = 160, rows = 80, bands = 3;

float value_at(int band, int row, int column) {
    return static_cast<float>(10000 * band + columns * row + column);
}

/// Too wide for one overview of 40.
struct Filled {
    BandStack stack{{columns, rows}, bands, 40};

    Filled() {
        for (std::size_t b = 0; b < bands; ++b) {
            const std::span<float> values = stack.band(b);
            for (int i = 0; i < columns * rows; ++i)
                values[static_cast<std::size_t>(i)] = value_at(static_cast<int>(b), i / columns, i % columns);
            stack.make_overviews(b);
        }
    }
};

}  // namespace

TEST_CASE("a stack of bands hands on any window, bands together or one by one") {
    Filled filled;
    BandStack& stack = filled.stack;
    constexpr int x = 3, y = 5, wide = 140, high = 60;
    constexpr GSpacing each = sizeof(float);
    int chosen[] = {3, 1};
    std::vector<float> together(wide * high * 2, -1.0f);
    REQUIRE(stack.RasterIO(GF_Read, x, y, wide, high, together.data(), wide, high, GDT_Float32, 2, chosen,
                           2 * each, 2 * each * wide, each) == CE_None);
    for (int n = 0; n < 2; ++n) {
        std::vector<float> alone(wide * high, -1.0f);
        REQUIRE(stack.GetRasterBand(chosen[n])->RasterIO(GF_Read, x, y, wide, high, alone.data(), wide, high,
                                                         GDT_Float32, 0, 0) == CE_None);
        for (int i = 0; i < wide * high; ++i) {
            const auto at = static_cast<std::size_t>(i);
            REQUIRE(alone[at] == value_at(chosen[n] - 1, y + i / wide, x + i % wide));
            REQUIRE(together[2 * at + static_cast<std::size_t>(n)] == alone[at]);
        }
    }
}

TEST_CASE("a stack of bands converts types and has averages as overviews") {
    Filled filled;
    BandStack& stack = filled.stack;
    GDALRasterBand& second = *stack.GetRasterBand(2);
    std::vector<double> line(columns);
    REQUIRE(second.RasterIO(GF_Read, 0, 9, columns, 1, line.data(), columns, 1, GDT_Float64, 0, 0) ==
            CE_None);
    CHECK(line[159] == static_cast<double>(value_at(1, 9, 159)));

    REQUIRE(second.GetOverviewCount() == 2);
    CHECK(second.GetOverview(2) == nullptr);
    GDALRasterBand& quarter = *second.GetOverview(1);
    CHECK(quarter.GetXSize() == 40);
    CHECK(quarter.GetYSize() == 20);
    float corner = 0.0f;
    REQUIRE(quarter.RasterIO(GF_Read, 0, 0, 1, 1, &corner, 1, 1, GDT_Float32, 0, 0) == CE_None);
    CHECK(corner == (value_at(1, 0, 0) + value_at(1, 3, 3)) / 2);  // linear, so the mean of opposite corners
    int known = 0;
    CHECK(std::isnan(quarter.GetNoDataValue(&known)));
    CHECK(known != 0);
}

TEST_CASE("a stack of bands is not written through GDAL") {
    Filled filled;
    BandStack& stack = filled.stack;
    const GdalSession session;
    float value = 1.0f;
    CHECK(stack.GetRasterBand(1)->RasterIO(GF_Write, 0, 0, 1, 1, &value, 1, 1, GDT_Float32, 0, 0) ==
          CE_Failure);
    CHECK_FALSE(session.errors().empty());
    CHECK(stack.band(0)[0] == value_at(0, 0, 0));
}
