#include <catch2/catch.hpp>

#include <gdal_priv.h>

#include <cmath>
#include <memory>
#include <vector>

#include "tests/support/small_results.h"
#include "tests/viz/small_context.h"
#include "tests/viz/small_pack.h"
#include "viz/map_frame.h"
#include "viz/maps.h"
#include "viz/raster_style.h"

using namespace domino;
using namespace domino::test;

namespace {

struct MapRun {
    MapRun() {
        write_small_pack(pack.path());
        frame = viz::frame_maps(run.scenario, run.built, pack.path());
        summary = viz::summarize_places(run.built, run.results.scenario);
    }

    SmallRun run = make_small_run();
    TemporaryFolder pack;
    TemporaryFolder out;
    viz::MapFrame frame = viz::MapFrame{geo::io::MapProjection(""), {}, {}, {}, {}, {}, {}};
    viz::PlaceSummary summary;
};

std::vector<float> read_band(GDALDataset& file, int band) {
    std::vector<float> values(static_cast<std::size_t>(file.GetRasterXSize()) *
                              static_cast<std::size_t>(file.GetRasterYSize()));
    REQUIRE(file.GetRasterBand(band)->RasterIO(GF_Read, 0, 0, file.GetRasterXSize(), file.GetRasterYSize(),
                                               values.data(), file.GetRasterXSize(), file.GetRasterYSize(),
                                               GDT_Float32, 0, 0, nullptr) == CE_None);
    return values;
}

std::unique_ptr<GDALDataset> open_map(const std::filesystem::path& path) {
    GDALAllRegister();
    auto* file = GDALDataset::FromHandle(GDALOpen(path.c_str(), GA_ReadOnly));
    REQUIRE(file != nullptr);
    return std::unique_ptr<GDALDataset>(file);
}

double table_total(const viz::PlaceSummary& summary, std::size_t year) {
    double sum = 0.0;
    for (std::size_t place = 0; place < summary.places; ++place) {
        sum += summary.mean_t[summary.at(place, year)];
    }
    return sum;
}

}  // namespace

TEST_CASE("the map's grid crosses the antimeridian and stays under four million cells") {
    const MapRun m;
    CHECK(m.frame.cells.grid.cell_width == Approx(1.0 / 24.0));
    CHECK(m.frame.cells.grid.cells() < 4'000'000);
    CHECK(m.frame.cells.grid.west >= 137.9);
    CHECK(m.frame.cells.grid.east() > 180.0);
    CHECK(m.frame.cells.grid.east() < 182.0);
}

TEST_CASE("the emissions map adds up to the table, and its bands say what they are") {
    MapRun m;
    const auto path = m.out.path() / "emissions_co2e.tif";
    const auto check =
        viz::write_emissions_map(make_context(m.run, m.pack.path()), m.summary, m.frame, path).check;
    CHECK(check.holds());
    const auto file = open_map(path);
    REQUIRE(file->GetRasterCount() == 3);
    for (int band = 1; band <= 3; ++band) {
        double sum = 0.0;
        for (const float value : read_band(*file, band)) {
            sum += std::isnan(value) ? 0.0 : static_cast<double>(value);
        }
        CHECK(std::fabs(sum / table_total(m.summary, static_cast<std::size_t>(band - 1)) - 1.0) < 1e-6);
    }
    GDALRasterBand* band = file->GetRasterBand(2);
    CHECK(std::string(band->GetDescription()) == "emissions_co2e 2021 mean");
    CHECK(std::string(band->GetUnitType()) == "t CO2e/yr");
    CHECK(std::string(band->GetMetadataItem("YEAR")) == "2021");
    CHECK(std::string(band->GetMetadataItem("SCENARIO")) == "more-pairs");
    CHECK(std::string(band->GetMetadataItem("QUANTILE")) == "mean");
    CHECK(std::string(band->GetMetadataItem("GWP")) == "AR5 GWP-100");
}

TEST_CASE("the density map adds up once multiplied by the cells' areas") {
    MapRun m;
    const auto path = m.out.path() / "density.tif";
    CHECK(viz::write_density_map(make_context(m.run, m.pack.path()), m.summary, m.frame, path).check.holds());
    const auto file = open_map(path);
    const std::vector<float> values = read_band(*file, 3);
    double sum = 0.0;
    for (std::size_t cell = 0; cell < values.size(); ++cell) {
        const auto row = static_cast<std::int64_t>(cell) / m.frame.cells.grid.columns;
        sum += std::isnan(values[cell])
                   ? 0.0
                   : static_cast<double>(values[cell]) * m.frame.cells.grid.cell_area_km2(row);
    }
    CHECK(std::fabs(sum / table_total(m.summary, 2) - 1.0) < 1e-6);
}

TEST_CASE("every place equals its row through its cells, islands and antimeridian included") {
    const MapRun m;
    for (std::size_t place = 0; place < m.summary.places; ++place) {
        double share = 0.0;
        for (const geo::CellShare& cell : m.frame.cells.of_place(place)) {
            share += cell.share;
        }
        CHECK(share == Approx(1.0).epsilon(1e-12));
        CHECK(!m.frame.cells.of_place(place).empty());
    }
    CHECK(m.frame.cells.of_place(place_index(m.run, "b.rest")).size() > 100);
    // b3 lies east of the antimeridian, so its cells lie past 180° on the map.
    const auto b3 = m.frame.cells.of_place(place_index(m.run, "b3"));
    const auto centre = m.frame.cells.grid.centre(m.frame.cells.grid.position(b3.front().cell));
    CHECK(centre.lon_deg > 180.0);
}

TEST_CASE("the commitment map lies between its places' probabilities") {
    MapRun m;
    const auto path = m.out.path() / "commitment_probability.tif";
    viz::write_commitment_map(make_context(m.run, m.pack.path()), m.summary, m.frame, path);
    const auto file = open_map(path);
    const std::vector<float> values = read_band(*file, 2);
    const std::size_t a1 = place_index(m.run, "a1");
    float largest = 0.0F;
    std::size_t covered = 0;
    for (const float value : values) {
        if (!std::isnan(value)) {
            ++covered;
            CHECK(value >= 0.0F);
            CHECK(value <= 1.0F);
            largest = std::max(largest, value);
        }
    }
    CHECK(covered > m.frame.cells.of_place(a1).size());
    CHECK(largest > 0.7F);
}

TEST_CASE("a quantile map holds each cell's own quantile, and says that it does not add up") {
    MapRun m;
    const viz::CellQuantiles quantiles =
        viz::find_cell_quantiles(m.frame, m.summary, m.run.results.scenario, 1);
    const viz::CellQuantiles threaded =
        viz::find_cell_quantiles(m.frame, m.summary, m.run.results.scenario, 3);
    CHECK(quantiles.p05 == threaded.p05);
    CHECK(quantiles.p95 == threaded.p95);
    const auto path = m.out.path() / "emissions_co2e_p95.tif";
    viz::write_quantile_map(make_context(m.run, m.pack.path()), quantiles, m.frame, viz::MapQuantile::p95,
                            path);
    const auto file = open_map(path);
    CHECK(std::string(file->GetRasterBand(2)->GetDescription()) == "emissions_co2e 2021 p95");
    CHECK(std::string(file->GetRasterBand(2)->GetMetadataItem("QUANTILE")) == "p95");
    CHECK(std::string(file->GetMetadataItem("QUANTILE")) == "p95");
    CHECK_THAT(file->GetMetadataItem("NOTE"), Catch::Contains("do not add up"));
    // By hand: every member's total of a cell, sorted, at h = (4 - 1)·0.95 = 2.85.
    const std::vector<float> band = read_band(*file, 2);
    const geo::CellHolders& holders = m.frame.holders;
    std::size_t shared = 0;
    for (std::size_t i = 0; i < m.frame.covered().size(); ++i) {
        std::vector<double> totals(4, 0.0);
        for (std::size_t h = holders.first[i]; h < holders.first[i + 1]; ++h) {
            for (std::size_t member = 0; member < 4; ++member) {
                const auto& results = m.run.results.scenario;
                totals[member] +=
                    holders.holders[h].share *
                    static_cast<double>(
                        results.emissions_t[results.place_year(holders.holders[h].place, 1, member)]);
            }
        }
        shared += holders.first[i + 1] - holders.first[i] > 1;
        std::sort(totals.begin(), totals.end());
        const double expected = totals[2] + 0.85 * (totals[3] - totals[2]);
        CHECK(static_cast<double>(band[static_cast<std::size_t>(m.frame.covered()[i])]) ==
              Approx(expected).epsilon(1e-6));
    }
    CHECK(shared > 0);
}

TEST_CASE("the style has fixed limits and a range per year") {
    MapRun m;
    const auto path = m.out.path() / "emissions_co2e.tif";
    viz::write_emissions_map(make_context(m.run, m.pack.path()), m.summary, m.frame, path);
    const std::string qml = read_text(m.out.path() / "emissions_co2e.qml");
    CHECK(qml.find("<temporal enabled=\"1\" mode=\"3\"") != std::string::npos);
    CHECK(qml.find("band=\"3\" begin=\"2022-01-01T00:00:00Z\" end=\"2023-01-01T00:00:00Z\"") !=
          std::string::npos);
    CHECK(qml.find("band=\"4\"") == std::string::npos);
    CHECK(qml.find("<limits>None</limits>") != std::string::npos);
    const auto stops = viz::logarithmic_stops(3.4e5, {"#ffffff", "#888888", "#000000"}, "t");
    REQUIRE(stops.size() == 3);
    CHECK(stops[0].value == 0.0);
    CHECK(stops[1].value == Approx(5e4));
    CHECK(stops[2].value == Approx(5e5));
    CHECK(stops[0].label == "0");
    CHECK(stops[2].label == "500,000 t");
}

TEST_CASE("a map is the same bytes when written again") {
    MapRun m;
    const auto context = make_context(m.run, m.pack.path());
    viz::write_emissions_map(context, m.summary, m.frame, m.out.path() / "one.tif");
    viz::write_emissions_map(context, m.summary, m.frame, m.out.path() / "two.tif");
    CHECK(read_text(m.out.path() / "one.tif") == read_text(m.out.path() / "two.tif"));
}
