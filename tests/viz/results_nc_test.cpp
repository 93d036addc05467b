#include <catch2/catch.hpp>

#include <gdal_priv.h>

#include <cmath>
#include <memory>
#include <vector>

#include "geo/problem.h"
#include "tests/support/small_results.h"
#include "tests/viz/small_context.h"
#include "tests/viz/small_pack.h"
#include "viz/check_maps.h"
#include "viz/results_nc.h"

using namespace domino;
using namespace domino::test;

namespace {

struct NetcdfRun {
    explicit NetcdfRun(scenarios::OutputGrid grid = {},
                       scenarios::OnOff realizations = scenarios::OnOff::off) {
        write_small_pack(pack.path());
        run.scenario.output.grid = std::move(grid);
        run.scenario.output.realizations = realizations;
        frame.emplace(viz::frame_maps(run.scenario, run.built, pack.path()));
        summary = viz::summarize_places(run.built, run.results.scenario);
        quantiles = viz::find_cell_quantiles(*frame, summary, run.results.scenario, 1);
    }
    sim::IdentityCheck write(const std::filesystem::path& path) const {
        return viz::write_results_nc(make_context(run, pack.path()), summary, *frame, quantiles, path);
    }

    SmallRun run = make_small_run();
    TemporaryFolder pack, out;
    std::optional<viz::MapFrame> frame;
    viz::PlaceSummary summary;
    viz::CellQuantiles quantiles;
};

/// One variable of a NetCDF file, as GDAL sees it: a band a map.
std::unique_ptr<GDALDataset> open_variable(const std::filesystem::path& path, const std::string& name) {
    GDALAllRegister();
    auto* file =
        GDALDataset::FromHandle(GDALOpen(("NETCDF:\"" + path.string() + "\":" + name).c_str(), GA_ReadOnly));
    REQUIRE(file != nullptr);
    return std::unique_ptr<GDALDataset>(file);
}

std::vector<float> read_map(GDALDataset& file, int band) {
    std::vector<float> values(static_cast<std::size_t>(file.GetRasterXSize()) *
                              static_cast<std::size_t>(file.GetRasterYSize()));
    REQUIRE(file.GetRasterBand(band)->RasterIO(GF_Read, 0, 0, file.GetRasterXSize(), file.GetRasterYSize(),
                                               values.data(), file.GetRasterXSize(), file.GetRasterYSize(),
                                               GDT_Float32, 0, 0, nullptr) == CE_None);
    return values;
}

double add_up(const std::vector<float>& values) {
    double sum = 0.0;
    for (const float value : values) sum += std::isnan(value) ? 0.0 : static_cast<double>(value);
    return sum;
}

}  // namespace

TEST_CASE("results.nc adds up to the places in degrees and in metres, and GDAL finds it on the earth") {
    for (const scenarios::OutputGrid& grid :
         {scenarios::OutputGrid{}, scenarios::OutputGrid{"EPSG:6933", 0.0, 10'000.0, {}, {}, {}, {}},
          scenarios::OutputGrid{"EPSG:32656", 0.0, 20'000.0, {}, {}, {}, {}}}) {
        INFO(grid.crs);
        const NetcdfRun n(grid);
        const auto path = n.out.path() / "results.nc";
        CHECK(n.write(path).holds());
        const auto file = open_variable(path, "emissions_co2e");
        REQUIRE(file->GetRasterCount() == 3);
        for (int band = 1; band <= 3; ++band) {
            double table = 0.0;
            for (const double total : n.summary.of_year(n.summary.mean_t, static_cast<std::size_t>(band - 1)))
                table += total;
            CHECK(std::fabs(add_up(read_map(*file, band)) / table - 1.0) < 1e-6);
        }
        std::array<double, 6> affine{};
        REQUIRE(file->GetGeoTransform(affine.data()) == CE_None);
        CHECK(affine[0] == Approx(n.frame->grid().west));
        CHECK(affine[3] == Approx(n.frame->grid().north));
        CHECK(affine[5] == Approx(-n.frame->grid().cell_height));
        OGRSpatialReference wanted;
        wanted.SetFromUserInput(n.frame->projection.definition().c_str());
        REQUIRE(file->GetSpatialRef() != nullptr);
        const char* const loose[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
                                     "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS", nullptr};
        CHECK(file->GetSpatialRef()->IsSame(&wanted, loose));
    }
}

TEST_CASE("quantiles in results.nc are those of the maps, members add up one by one") {
    const NetcdfRun n({"", 30.0, 0.0, {}, {}, {}, {}}, scenarios::OnOff::on);
    const auto path = n.out.path() / "results.nc";
    CHECK(n.write(path).holds());
    const auto quantiles = open_variable(path, "emissions_co2e_quantile");
    REQUIRE(quantiles->GetRasterCount() == 9);
    const std::vector<float> p95_of_2021 = read_map(*quantiles, 2 * 3 + 2);
    for (std::size_t i = 0; i < n.frame->covered().size(); ++i) {
        CHECK(p95_of_2021[static_cast<std::size_t>(n.frame->covered()[i])] ==
              n.quantiles.of_year(n.quantiles.p95, 1)[i]);
    }
    const auto members = open_variable(path, "emissions_co2e_realization");
    REQUIRE(members->GetRasterCount() == 12);
    const sim::RunResults& results = n.run.results.scenario;
    for (std::size_t member = 0; member < 4; ++member) {
        double table = 0.0;
        for (std::size_t place = 0; place < results.places; ++place)
            table += static_cast<double>(results.emissions_t[results.place_year(place, 2, member)]);
        CHECK(add_up(read_map(*members, static_cast<int>(member) * 3 + 3)) == Approx(table).epsilon(1e-6));
    }
}

TEST_CASE("results.nc is the same bytes when written again, and never over another file") {
    const NetcdfRun n;
    n.write(n.out.path() / "one.nc");
    n.write(n.out.path() / "two.nc");
    CHECK(read_text(n.out.path() / "one.nc") == read_text(n.out.path() / "two.nc"));
    CHECK_THROWS_WITH(n.write(n.out.path() / "one.nc"), Catch::Contains("exists already"));
    CHECK_THROWS_AS(n.write(n.out.path() / "not" / "there.nc"), geo::ProblemError);
}

TEST_CASE("every member in results.nc is refused where that is too much") {
    NetcdfRun n({}, scenarios::OnOff::on);
    n.run.scenario.run.members = 4;
    CHECK(viz::check_maps(n.run.scenario, n.run.built, n.pack.path()).empty());
    n.run.scenario.run.members = 100'000;
    n.run.scenario.set_at["output.realizations"] = {"s.toml", 12, 1};
    const scenarios::Problems problems = viz::check_maps(n.run.scenario, n.run.built, n.pack.path());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where.line == 12);
    CHECK_THAT(problems[0].what, Catch::Contains("more than 16"));
}
