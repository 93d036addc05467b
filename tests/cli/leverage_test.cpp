#include <gdal_priv.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "tests/cli/program.h"

using namespace domino::cli::test;
using nlohmann::json;

namespace {

const std::string scenario =
    "name = \"base\"\ntechnologies = [\"solar_pv_residential\", \"ev_car\"]\n"
    "[run]\nmembers = 3\nend = \"2032-12\"\n"
    "[places]\ncountries = [\"Palau\", \"Sri Lanka\"]\n";
const std::string more_support =
    "extends = \"base.toml\"\nreference = \"base.toml\"\nname = \"more\"\n"
    "[c3p]\nprojects_per_year = 40\n";

/// Sum of a raster's first band.
double sum_of(const std::string& file) {
    GDALAllRegister();
    auto* dataset = static_cast<GDALDataset*>(GDALOpen(file.c_str(), GA_ReadOnly));
    REQUIRE(dataset != nullptr);
    const int width = dataset->GetRasterXSize(), height = dataset->GetRasterYSize();
    std::vector<float> cells(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    REQUIRE(dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, width, height, cells.data(), width, height,
                                                GDT_Float32, 0, 0) == CE_None);
    GDALClose(dataset);
    double sum = 0.0;
    for (const float cell : cells)
        if (std::isfinite(cell)) sum += static_cast<double>(cell);
    return sum;
}

}  // namespace

TEST_CASE("leverage writes a table and a map that adds up to it, the same for any threads") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", scenario);
    const Outcome two = run_domino({"leverage", base, "-o", folder / "two", "-q", "--members", "3", "--from",
                                    "2026", "--to", "2028", "--until", "2032", "--threads", "2", "--json"});
    CAPTURE(two.err);
    REQUIRE(two.exit_code == 0);
    const json told = json::parse(two.out);
    double support = 0.0;
    std::map<std::string, int> levers;
    for (const json& row : told.at("rows")) {
        const auto lever = row.at("lever").get<std::string>();
        ++levers[lever];
        if (lever != "support") continue;
        support += row.at("derivative").at("mean").get<double>();
        // JPY 20 million a project and year, as the scenario has it by default.
        if (row.contains("t_co2e_per_million_jpy"))
            CHECK(row.at("t_co2e_per_million_jpy").at("mean").get<double>() * 20.0 ==
                  Approx(row.at("derivative").at("mean").get<double>()).epsilon(1e-9));
    }
    CHECK(levers.at("support") == levers.at("commitment_hazard"));
    CHECK(levers.at("units") == 2 * levers.at("support"));
    CHECK(levers.at("price_share") == levers.at("units"));
    CHECK(support > 0.0);
    CHECK(sum_of(folder / "two/leverage_support.tif") == Approx(support).epsilon(2e-6));
    const std::string csv = read_file(folder / "two/leverage.csv");
    CHECK(
        csv.starts_with("place_id,name,country,lever,technology,unit,derivative_mean,derivative_p05,"
                        "derivative_p95,t_co2e_per_million_jpy_mean,"));
    const Outcome one = run_domino({"leverage", base, "-o", folder / "one", "-q", "--members", "3", "--from",
                                    "2026", "--to", "2028", "--until", "2032", "--threads", "1", "--json"});
    REQUIRE(one.exit_code == 0);
    CHECK(one.out == two.out);
    CHECK(read_file(folder / "one/leverage.csv") == csv);
    CHECK(read_file(folder / "one/leverage_support.tif") == read_file(folder / "two/leverage_support.tif"));
}

TEST_CASE("leverage takes a scenario with its reference, and says who stands first") {
    const TemporaryFolder folder;
    folder.write("base.toml", scenario);
    const std::string more = folder.write("more.toml", more_support);
    const Outcome told = run_domino({"leverage", more, "-q", "--members", "2"});
    CAPTURE(told.err);
    REQUIRE(told.exit_code == 0);
    CHECK_THAT(told.out, Catch::Contains("levers pulled in 2026 to 2032") &&
                             Catch::Contains("A year of support, t CO2e") &&
                             Catch::Contains("solar_pv_residential"));
}

TEST_CASE("leverage that begins after the run blames what was given") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", scenario);
    for (const std::string from : {"2010", "2050"}) {
        const Outcome refused = run_domino({"leverage", base, "-q", "--from", from});
        CHECK(refused.exit_code == 2);
        CHECK_THAT(refused.err, Catch::Contains("--from " + from + ": ") && Catch::Contains("2020 to 2032") &&
                                    !Catch::Contains("--until"));
    }
}

TEST_CASE("leverage refuses years outside the run") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", scenario);
    for (const std::vector<std::string>& years : {std::vector<std::string>{"--to", "2050"},
                                                  {"--from", "2030", "--to", "2028"},
                                                  {"--until", "2020"},
                                                  {"--until", "2060"}}) {
        std::vector<std::string> command = {"leverage", base, "-q"};
        command.insert(command.end(), years.begin(), years.end());
        const Outcome refused = run_domino(command);
        CAPTURE(years.back(), refused.err);
        CHECK(refused.exit_code == 2);
        CHECK_THAT(refused.err, Catch::Contains("--from, --to") || Catch::Contains("--until"));
    }
}
