// W3: sums of a raster of 21600 × 10800 cells over 4,600 zones with 3.2 M corners, the first time and on the
// same grid again; and writing it as a COG.
//
//     bench_rasters FOLDER [--benchmark_…]
#include <benchmark/benchmark.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

#include "geo/io/cog_writer.h"
#include "geo/io/raster.h"

namespace domino::bench {
namespace {

namespace fs = std::filesystem;

constexpr int columns = 21600, rows = 10800;
constexpr double cell_deg = 1.0 / 60.0;
constexpr int zone_columns = 92, zone_rows = 50;

/// Population-like: nearly half the cells hold nobody, the rest heavy-tailed. A row at a time, from a small
/// table of noise, so that making it takes seconds.
class Cells {
 public:
    Cells() : noise_(1 << 20) {
        std::mt19937 random(3);
        std::normal_distribution<float> normal;
        for (float& value : noise_) value = std::exp(0.7F * normal(random));
        for (int x = 0; x < columns; ++x)
            wave_.push_back(
                std::sin(40.0F * 3.14159265F * static_cast<float>(x) / static_cast<float>(columns)));
    }
    float operator()(std::int64_t column, std::int64_t row) const {
        const float base =
            wave_[static_cast<std::size_t>(column)] * std::cos(static_cast<float>(row) / 97.0F);
        if (base <= 0.1F) return 0.0F;
        const auto at = static_cast<std::size_t>(row * 7919 + column) & (noise_.size() - 1);
        return std::round(100.0F * std::exp(3.0F * base) * noise_[at]) / 100.0F;
    }

 private:
    std::vector<float> noise_, wave_;
};

/// A tiled GeoTIFF without compression, so that reading it is little beside the sums.
void make_raster(const fs::path& path) {
    GDALAllRegister();
    const Cells cells;
    const char* const options[] = {"TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", nullptr};
    GDALDatasetUniquePtr file(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        path.c_str(), columns, rows, 1, GDT_Float32, const_cast<char**>(options)));
    if (!file) throw std::runtime_error(path.string() + ": cannot be written");
    std::array<double, 6> affine = {-180.0, cell_deg, 0.0, 90.0, 0.0, -cell_deg};
    OGRSpatialReference crs;
    crs.importFromEPSG(4326);
    file->SetGeoTransform(affine.data());
    file->SetSpatialRef(&crs);
    std::vector<float> strip;
    for (int top = 0; top < rows; top += 512) {
        const int height = std::min(512, static_cast<int>(rows) - top);
        strip.clear();
        for (int row = top; row < top + height; ++row) {
            for (std::int64_t column = 0; column < columns; ++column) strip.push_back(cells(column, row));
        }
        if (file->GetRasterBand(1)->RasterIO(GF_Write, 0, top, columns, height, strip.data(), columns, height,
                                             GDT_Float32, 0, 0, nullptr) != CE_None)
            throw std::runtime_error(path.string() + ": cannot be written");
    }
}

/// Corner of the net of zones, moved a little so that no border is straight and neighbours share theirs.
geo::LonLat bend(double lon, double lat) {
    return {0.995 * lon + 0.02 * std::sin(23.0 * lat) + 0.002 * std::sin(131.0 * lat),
            0.99 * lat + 0.02 * std::sin(19.0 * lon) + 0.002 * std::cos(117.0 * lon)};
}

std::vector<geo::MultiPolygon> make_zones() {
    constexpr double width = 360.0 / zone_columns, height = 170.0 / zone_rows;
    constexpr int pieces = 174;  // of a side: 4,600 zones have 3.2 M corners
    std::vector<geo::MultiPolygon> zones;
    for (int y = 0; y < zone_rows; ++y) {
        for (int x = 0; x < zone_columns; ++x) {
            const double west = -180.0 + x * width, south = -85.0 + y * height;
            geo::Ring ring;
            const auto side = [&](double lon, double lat, double dlon, double dlat) {
                for (int k = 0; k < pieces; ++k)
                    ring.push_back(bend(lon + dlon * k / pieces, lat + dlat * k / pieces));
            };
            side(west, south, width, 0.0);
            side(west + width, south, 0.0, height);
            side(west + width, south + height, -width, 0.0);
            side(west, south + height, 0.0, -height);
            zones.push_back({{std::move(ring), {}}});
        }
    }
    return zones;
}

void run_first(benchmark::State& state, const fs::path& file) {
    const auto zones = make_zones();
    for (auto _ : state) {
        const auto raster = geo::io::Raster::open({file, std::nullopt});
        benchmark::DoNotOptimize(raster.summarize_zones(zones, 1));
    }
    std::size_t corners = 0;
    for (const auto& zone : zones) corners += zone[0].outer.size();
    state.counters["corners"] = static_cast<double>(corners);
}

void run_next(benchmark::State& state, const fs::path& file) {
    const auto coverage = geo::io::Raster::open({file, std::nullopt}).cover_zones(make_zones());
    for (auto _ : state) {
        const auto raster = geo::io::Raster::open({file, std::nullopt});
        benchmark::DoNotOptimize(raster.summarize_zones(coverage, 1));
    }
    state.counters["runs"] = static_cast<double>(coverage.runs.size());
}

void run_cog(benchmark::State& state, const fs::path& source, const fs::path& target) {
    geo::io::CogFile file;
    file.grid = {.west = -180.0,
                 .north = 90.0,
                 .cell_width = cell_deg,
                 .cell_height = cell_deg,
                 .columns = columns,
                 .rows = rows};
    file.bands.emplace_back();
    // From the file that gdal_translate is given, so that both read it.
    file.bands[0].fill = [&source](std::span<float> values) {
        GDALDatasetUniquePtr read(GDALDataset::Open(source.c_str(), GDAL_OF_RASTER));
        for (int top = 0; top < rows; top += 512) {
            const int height = std::min(512, rows - top);
            float* strip = &values[static_cast<std::size_t>(top) * columns];
            if (!read || read->GetRasterBand(1)->RasterIO(GF_Read, 0, top, columns, height, strip, columns,
                                                          height, GDT_Float32, 0, 0, nullptr) != CE_None)
                throw std::runtime_error(source.string() + ": cannot be read");
        }
    };
    for (auto _ : state) {
        fs::remove(target);
        geo::io::write_cog(target, file);
    }
}

void add_benchmarks(const fs::path& folder) {
    const fs::path file = folder / "w3.tif", copy = folder / "w3_copy.tif";
    if (!fs::exists(file)) {
        fs::create_directories(folder);
        make_raster(file);
    }
    const auto add = [](const char* name, auto run) {
        benchmark::RegisterBenchmark(name, run)
            ->Unit(benchmark::kMillisecond)
            ->MeasureProcessCPUTime()
            ->UseRealTime()
            ->Iterations(2);
    };
    add("W3/first_raster", [file](benchmark::State& state) { run_first(state, file); });
    add("W3/next_raster", [file](benchmark::State& state) { run_next(state, file); });
    add("W3/cog", [file, copy](benchmark::State& state) { run_cog(state, file, copy); });
}

}  // namespace
}  // namespace domino::bench

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (argc != 2) {
        std::fputs(
            "usage: bench_rasters FOLDER [--benchmark_...]\n"
            "FOLDER holds the raster of W3 (0.9 GB); it is made where it is missing\n",
            stderr);
        return 2;
    }
    domino::bench::add_benchmarks(argv[1]);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
