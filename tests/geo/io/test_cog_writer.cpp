#include "geo/io/cog_writer.h"

#include <gdal_priv.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "geo/io/raster.h"
#include "geo/problem.h"
#include "tests/geo/io/small_disk.h"
#include "tests/geo/io/temp_folder.h"

using namespace domino::geo;
using namespace domino::geo::io;
using domino::geo::testing::read_bytes;
using domino::geo::testing::SmallDisk;
using domino::geo::testing::TempFolder;

namespace {

constexpr float no_value = std::numeric_limits<float>::quiet_NaN();

CogFile two_years(const GeoGrid& grid) {
    const auto fill_with = [](float base) {
        return [base](std::span<float> cells) {
            for (std::size_t i = 0; i < cells.size(); ++i) {
                cells[i] = i % 7 == 0 ? no_value : i % 5 == 0 ? 0.0F : base + static_cast<float>(i % 100);
            }
        };
    };
    CogFile file;
    file.grid = grid;
    file.metadata = {{"SCENARIO", "test"}, {"GWP", "AR5"}};
    for (int year = 2030; year < 2032; ++year) {
        file.bands.push_back({"emissions_co2e " + std::to_string(year) + " mean",
                              "t CO2e/yr",
                              {{"YEAR", std::to_string(year)}, {"QUANTILE", "mean"}},
                              fill_with(static_cast<float>(year))});
    }
    return file;
}

std::string text(const char* item) {
    return item == nullptr ? "" : item;
}

}  // namespace

// First of all, because GDAL makes a driver's list of options when it is first asked.
TEST_CASE("maps written at once are the same bytes", "[geo][io]") {
    const TempFolder folder;
    const CogFile file = two_years(make_grid({122, 24, 146, 46}, GridResolution::arcmin_10));
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < 4; ++i)
            writers.emplace_back([&, i] { write_cog(folder / (std::to_string(i) + ".tif"), file); });
    }
    const auto first = read_bytes(folder / "0.tif");
    for (int i = 1; i < 4; ++i) {
        const bool same = read_bytes(folder / (std::to_string(i) + ".tif")) == first;
        CHECK(same);
    }
}

TEST_CASE("a map reopened says what it is and adds up", "[geo][io]") {
    const TempFolder folder;
    const GeoGrid grid = make_grid({122, 24, 146, 46}, GridResolution::arcmin_2_5);
    const CogFile file = two_years(grid);
    write_cog(folder / "m.tif", file);
    CHECK(folder.files() == 1);

    GDALDatasetUniquePtr reopened(GDALDataset::Open((folder / "m.tif").c_str(), GDAL_OF_RASTER));
    REQUIRE(reopened);
    CHECK(text(reopened->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE")) == "COG");
    const std::string compression = text(reopened->GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE"));
    CHECK((compression == "ZSTD" || compression == "DEFLATE"));
    CHECK(text(reopened->GetMetadataItem("PREDICTOR", "IMAGE_STRUCTURE")) == "3");
    CHECK(text(reopened->GetMetadataItem("AREA_OR_POINT")) == "Area");
    CHECK(text(reopened->GetMetadataItem("SCENARIO")) == "test");
    CHECK(reopened->GetRasterCount() == 2);
    GDALRasterBand& band = *reopened->GetRasterBand(2);
    CHECK(text(band.GetDescription()) == "emissions_co2e 2031 mean");
    CHECK(text(band.GetUnitType()) == "t CO2e/yr");
    CHECK(text(band.GetMetadataItem("YEAR")) == "2031");
    CHECK(band.GetRasterDataType() == GDT_Float32);
    int has_nodata = 0;
    CHECK(std::isnan(band.GetNoDataValue(&has_nodata)));
    CHECK(has_nodata != 0);
    int block_width = 0;
    int block_height = 0;
    band.GetBlockSize(&block_width, &block_height);
    CHECK(block_width == 512);
    CHECK(band.GetOverviewCount() >= 1);
    double least = 0.0;
    double greatest = 0.0;
    double mean = 0.0;
    double deviation = 0.0;
    REQUIRE(band.GetStatistics(FALSE, FALSE, &least, &greatest, &mean, &deviation) == CE_None);
    CHECK(least == 0.0);
    CHECK(greatest == 2130.0);

    std::vector<float> expected(static_cast<std::size_t>(grid.cells()));
    file.bands[1].fill(expected);
    double sum = 0.0;
    for (const float value : expected) sum += std::isnan(value) ? 0.0 : static_cast<double>(value);
    const RasterBand read = Raster::open({folder / "m.tif", {}}).read_band(2);
    CHECK(read.grid.columns == grid.columns);
    CHECK(read.grid.west == Approx(grid.west));
    double read_sum = 0.0;
    for (const double value : read.values) read_sum += std::isnan(value) ? 0.0 : value;
    CHECK(read_sum == sum);
    CHECK(std::isnan(read.values[0]));
    CHECK(read.values[5] == 0.0);  // zero is a value
}

// Averaging over holes must leave them out: 5 and nothing is 5.
TEST_CASE("overviews average values, not holes", "[geo][io]") {
    const TempFolder folder;
    CogFile file;
    file.grid = make_grid({0, 0, 30, 30}, GridResolution::arcmin_2_5);
    file.bands.push_back({"x", "1", {}, [](std::span<float> cells) {
                              for (std::size_t i = 0; i < cells.size(); ++i)
                                  cells[i] = i % 3 == 0 ? 5.0F : no_value;
                          }});
    write_cog(folder / "o.tif", file);
    GDALDatasetUniquePtr reopened(GDALDataset::Open((folder / "o.tif").c_str(), GDAL_OF_RASTER));
    GDALRasterBand* overview = reopened->GetRasterBand(1)->GetOverview(0);
    REQUIRE(overview != nullptr);
    std::vector<float> cells(static_cast<std::size_t>(overview->GetXSize() * overview->GetYSize()));
    REQUIRE(overview->RasterIO(GF_Read, 0, 0, overview->GetXSize(), overview->GetYSize(), cells.data(),
                               overview->GetXSize(), overview->GetYSize(), GDT_Float32, 0, 0,
                               nullptr) == CE_None);
    std::size_t fives = 0;
    for (const float cell : cells) {
        CHECK((std::isnan(cell) || cell == 5.0F));
        if (cell == 5.0F) ++fives;
    }
    CHECK(fives > cells.size() / 2);
}

// Blocks of nothing but sea take no room, statistics look past them, and they are no zeros when read.
TEST_CASE("a block without values reads as holes", "[geo][io]") {
    const TempFolder folder;
    CogFile file;
    file.grid = make_grid({0, 0, 60, 25}, GridResolution::arcmin_2_5);  // 1440 x 600 cells
    file.bands.push_back({"x", "1", {}, [](std::span<float> cells) {
                              std::fill(cells.begin(), cells.end(), no_value);
                              cells[1000] = -3.0F;
                              cells[1001] = 5.0F;
                          }});
    write_cog(folder / "s.tif", file);
    const RasterBand read = Raster::open({folder / "s.tif", {}}).read_band(1);
    CHECK(read.values[1000] == -3.0);
    CHECK(read.values[1001] == 5.0);
    CHECK(std::count_if(read.values.begin(), read.values.end(), [](double v) { return !std::isnan(v); }) ==
          2);
    GDALDatasetUniquePtr reopened(GDALDataset::Open((folder / "s.tif").c_str(), GDAL_OF_RASTER));
    GDALRasterBand& band = *reopened->GetRasterBand(1);
    CHECK(text(band.GetMetadataItem("STATISTICS_MINIMUM")) == "-3");
    CHECK(text(band.GetMetadataItem("STATISTICS_MAXIMUM")) == "5");
    CHECK(text(band.GetMetadataItem("STATISTICS_MEAN")) == "1");
    CHECK(text(band.GetMetadataItem("STATISTICS_STDDEV")) == "4");
    CHECK(text(band.GetMetadataItem("BLOCK_OFFSET_2_1", "TIFF")).empty());
    CHECK(!text(band.GetMetadataItem("BLOCK_OFFSET_1_0", "TIFF")).empty());
    REQUIRE(band.GetOverviewCount() == 2);
    float least = 0.0F;
    REQUIRE(band.GetOverview(0)->RasterIO(GF_Read, 500, 0, 1, 1, &least, 1, 1, GDT_Float32, 0, 0, nullptr) ==
            CE_None);
    CHECK(least == 1.0F);
}

TEST_CASE("the same map is the same bytes", "[geo][io]") {
    const TempFolder folder;
    const CogFile file = two_years(make_grid({130, 30, 150, 46}, GridResolution::arcmin_2_5));
    write_cog(folder / "a.tif", file);
    write_cog(folder / "b.tif", file);
    const std::string bytes = read_bytes(folder / "a.tif");
    CHECK(bytes.size() > 1000);
    CHECK(bytes == read_bytes(folder / "b.tif"));
}

TEST_CASE("a map across the antimeridian reads back on both sides", "[geo][io]") {
    const TempFolder folder;
    CogFile file;
    file.grid = make_grid({179, -17, -179, -16}, GridResolution::arcmin_30);
    file.bands.push_back(
        {"x", "1", {}, [](std::span<float> cells) { std::iota(cells.begin(), cells.end(), 0.0F); }});
    write_cog(folder / "f.tif", file);
    const Raster raster = Raster::open({folder / "f.tif", {}});
    const std::vector<LonLat> points{{179.75, -16.25}, {-179.75, -16.25}, {-179.25, -16.75}};
    const auto values = raster.sample(points, 1, Sampling::nearest);
    CHECK(values[0] == 1.0);
    CHECK(values[1] == 2.0);
    CHECK(values[2] == 7.0);
}

TEST_CASE("a map of nothing but holes has no statistics", "[geo][io]") {
    const TempFolder folder;
    CogFile file;
    file.grid = make_grid({0, 0, 2, 2}, GridResolution::arcmin_30);
    file.bands.push_back(
        {"x", "1", {}, [](std::span<float> cells) { std::fill(cells.begin(), cells.end(), no_value); }});
    write_cog(folder / "h.tif", file);
    GDALDatasetUniquePtr reopened(GDALDataset::Open((folder / "h.tif").c_str(), GDAL_OF_RASTER));
    CHECK(text(reopened->GetRasterBand(1)->GetMetadataItem("STATISTICS_MEAN")).empty());
    for (const double value : Raster::open({folder / "h.tif", {}}).read_band(1).values)
        CHECK(std::isnan(value));
}

TEST_CASE("a full disk is an error and leaves nothing", "[geo][io]") {
    const TempFolder folder;
    CogFile file = two_years(make_grid({122, 24, 146, 46}, GridResolution::arcmin_2_5));
    file.bands[0].fill = [](std::span<float> cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            cells[i] = static_cast<float>(i * 2654435761U % 1000003U);
    };
    for (const rlim_t bytes : {100, 5000, 200000}) {
        const SmallDisk small(bytes);
        CHECK_THROWS_WITH(write_cog(folder / "m.tif", file), Catch::Contains("cannot be written"));
        CHECK(folder.files() == 0);
    }
}

TEST_CASE("a map that cannot be written leaves nothing", "[geo][io]") {
    const TempFolder folder;
    const CogFile file = two_years(make_grid({0, 0, 2, 2}, GridResolution::arcmin_30));
    CHECK_THROWS_WITH(write_cog(folder / "no/such/m.tif", file), Catch::Contains("cannot be written"));
    CHECK(folder.files() == 0);
    const auto there = folder.write("there.tif", "x");
    CHECK_THROWS_WITH(write_cog(there, file), Catch::Contains("exists already"));
    CHECK(read_bytes(there) == "x");
    CHECK_THROWS_AS(write_cog(folder / "e.tif", CogFile{}), ProblemError);
}
