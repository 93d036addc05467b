#include <gdal_priv.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.h"

using namespace domino::cli::test;
using nlohmann::json;

namespace {

const std::string pair_of_countries =
    "name = \"base\"\ntechnologies = [\"solar_pv_residential\", \"ev_car\"]\n"
    "[run]\nmembers = 5\nend = \"2030-12\"\n"
    "[places]\ncountries = [\"Palau\", \"Sri Lanka\"]\n";
const std::string quiet_tables =
    "[output]\nmaps = false\nreport = false\ngeopackage = false\nnetcdf = false\n";
const std::string decoupled =
    "extends = \"base.toml\"\nreference = \"base.toml\"\nname = \"off\"\n"
    "[model]\ncouplings = false\n";

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream text(line);
    for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
    if (line.ends_with(',')) cells.emplace_back();
    return cells;
}

/// Rows of differences.csv of one pair, by "metric,region,place,year".
std::map<std::string, std::vector<std::string>> rows_of(const std::string& csv, const std::string& a,
                                                        const std::string& b) {
    std::map<std::string, std::vector<std::string>> rows;
    std::istringstream text(csv);
    for (std::string line; std::getline(text, line);) {
        const auto cells = cells_of(line);
        if (cells.size() == 11 && cells[0] == a && cells[1] == b)
            rows[cells[2] + "," + cells[4] + "," + cells[5] + "," + cells[6]] = cells;
    }
    return rows;
}

/// Means of emissions in places.csv, by "place,year": Palau's, whose names hold no comma.
std::map<std::string, double> means_of(const std::string& csv) {
    std::map<std::string, double> means;
    std::istringstream text(csv);
    for (std::string line; std::getline(text, line);) {
        const auto cells = cells_of(line);
        if (cells.size() > 10 && cells[2] == "Palau") means[cells[0] + "," + cells[7]] = std::stod(cells[9]);
    }
    return means;
}

}  // namespace

TEST_CASE("compare tells the differences that two runs show") {
    const TemporaryFolder folder;
    folder.write("base.toml", pair_of_countries + quiet_tables);
    const std::string off = folder.write("off.toml", decoupled);
    const Outcome compared = run_domino({"compare", off, folder / "base.toml", "-o", folder / "ab", "-q"});
    CAPTURE(compared.out, compared.err);
    REQUIRE(compared.exit_code == 0);
    CHECK_THAT(compared.out, Catch::Contains("off less base"));
    CHECK_THAT(compared.out, Catch::Contains("model.couplings: false instead of true"));
    const std::string csv = read_file(folder / "ab/differences.csv");
    CHECK(
        csv.starts_with("scenario_a,scenario_b,metric,unit,region,place_id,year,difference_mean,"
                        "difference_p05,difference_p95,p_a_better\n"));
    const std::string page = read_file(folder / "ab/comparison.html");
    CHECK_THAT(page, Catch::Contains("off less base") && Catch::Contains("model.couplings"));
    for (const char* loaded : {"src=\"http", "href=\"http", "url(http", "@import"})
        CHECK(page.find(loaded) == std::string::npos);
    const auto rows = rows_of(csv, "off", "base");
    REQUIRE(run_domino({"run", off, "-o", folder / "off", "-q"}).exit_code == 0);
    REQUIRE(run_domino({"run", folder / "base.toml", "-o", folder / "base", "-q"}).exit_code == 0);
    const auto of_off = means_of(read_file(folder / "off/places.csv"));
    const auto of_base = means_of(read_file(folder / "base/places.csv"));
    REQUIRE(of_off.size() == of_base.size());
    REQUIRE_FALSE(of_off.empty());
    bool differs = false;
    for (const auto& [key, mean] : of_off) {
        const std::string place = key.substr(0, key.find(',')), year = key.substr(key.find(',') + 1);
        const auto row = rows.find("Emissions|Kyoto Gases,Palau," + place + "," + year);
        CAPTURE(key);
        REQUIRE(row != rows.end());
        CHECK(std::stod(row->second[7]) == Approx(mean - of_base.at(key)).margin(2e-5 * mean));
        differs = differs || std::stod(row->second[7]) != 0.0;
    }
    CHECK(differs);

    SECTION("a folder of results stands for its scenario") {
        const Outcome again =
            run_domino({"compare", folder / "off", folder / "base", "-o", folder / "again", "-q"});
        CAPTURE(again.err);
        REQUIRE(again.exit_code == 0);
        CHECK(read_file(folder / "again/differences.csv") == csv);
    }
    SECTION("the same from one thread and from two, and an earlier comparison is replaced when told to") {
        CHECK(run_domino({"compare", off, folder / "base.toml", "-o", folder / "ab", "-q"}).exit_code == 2);
        REQUIRE(run_domino({"compare", off, folder / "base.toml", "-o", folder / "ab", "-q", "--overwrite",
                            "--threads", "1"})
                    .exit_code == 0);
        CHECK(read_file(folder / "ab/differences.csv") == csv);
    }
}

TEST_CASE("a map of differences adds up to the places of differences.csv, year by year") {
    const TemporaryFolder folder;
    folder.write("base.toml", pair_of_countries);
    const std::string off = folder.write("off.toml", decoupled);
    const Outcome outcome =
        run_domino({"compare", off, folder / "base.toml", "-o", folder / "ab", "-q", "--members", "3"});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    const auto rows = rows_of(read_file(folder / "ab/differences.csv"), "off", "base");
    const std::string map = folder / "ab/difference_emissions_co2e_off_base.tif";
    CHECK(std::filesystem::exists(folder / "ab/difference_emissions_co2e_off_base.qml"));
    GDALAllRegister();
    const GDALDatasetUniquePtr file(GDALDataset::Open(map.c_str()));
    REQUIRE(file);
    REQUIRE(file->GetRasterCount() == 11);
    double largest = 0.0;
    for (int band = 1; band <= 11; ++band) {
        double table = 0.0, size = 0.0, sum = 0.0;
        for (const auto& [key, cells] : rows) {
            if (cells[2] != "Emissions|Kyoto Gases" || cells[5].empty() ||
                cells[6] != std::to_string(2019 + band))
                continue;
            table += std::stod(cells[7]);
            size += std::abs(std::stod(cells[7]));
        }
        const int columns = file->GetRasterXSize(), lines = file->GetRasterYSize();
        std::vector<float> values(static_cast<std::size_t>(columns) * static_cast<std::size_t>(lines));
        REQUIRE(file->GetRasterBand(band)->RasterIO(GF_Read, 0, 0, columns, lines, values.data(), columns,
                                                    lines, GDT_Float32, 0, 0) == CE_None);
        for (const float value : values) sum += std::isnan(value) ? 0.0 : static_cast<double>(value);
        CAPTURE(band, table, size);
        CHECK(std::abs(sum - table) <= 1e-5 * size);
        largest = std::max(largest, size);
    }
    CHECK(largest > 0.0);
}

TEST_CASE("a scenario compared with itself differs by exactly nothing") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", pair_of_countries);
    const Outcome outcome =
        run_domino({"compare", base, base, "-o", folder / "same", "-q", "--json", "--members", "3"});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    const json told = json::parse(outcome.out);
    CHECK(told["members"] == 3);
    CHECK(told["scenarios"][1]["name"] == "base (2)");
    CHECK(told["pairs"][0]["differences_in_keys"].empty());
    CHECK(told["pairs"][0]["changed_places"] == 0);
    CHECK(told["pairs"][0]["emissions_mt_co2e"]["mean"] == 0.0);
    CHECK(told["pairs"][0]["emissions_mt_co2e"]["p_a_better"] == 0.5);
    CHECK(told["pairs"][0]["avoided_t_co2e_per_million_jpy"].is_null());
    const auto rows = rows_of(read_file(folder / "same/differences.csv"), "base", "base (2)");
    REQUIRE(rows.size() > 1000);
    for (const auto& [key, cells] : rows) {
        CAPTURE(key);
        for (int column = 7; column <= 9; ++column)
            REQUIRE((cells[static_cast<std::size_t>(column)] == "0" ||
                     cells[2] == "Emissions Avoided by Extra Public Support"));
        REQUIRE((cells[10] == "0.5" || cells[10].empty()));
    }
}

TEST_CASE("compare warns, in one line, of results that another version wrote, and records which") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", pair_of_countries);
    REQUIRE(run_domino({"run", base, "-o", folder / "old", "-q", "--members", "2"}).exit_code == 0);
    const auto compare = [&] {
        return run_domino({"compare", folder / "old", base, "-q", "--json", "--members", "2"});
    };
    const Outcome same = compare();
    REQUIRE(same.exit_code == 0);
    CHECK_THAT(same.err, !Catch::Contains("versions differ"));
    CHECK_FALSE(json::parse(same.out)["scenarios"][1].contains("results_written_by"));

    json manifest = json::parse(read_file(folder / "old/manifest.json"));
    for (json& entity : manifest["@graph"]) {
        if (entity["@id"] != "#domino") continue;
        const json written_by = json::parse(same.out)["scenarios"][0]["results_written_by"];
        CHECK(written_by["version"] == entity["softwareVersion"]);
        CHECK(written_by["commit"] == entity["commit"]);
        entity["softwareVersion"] = "0.0.9";
        entity["commit"] = "abc1234";
    }
    folder.write("old/manifest.json", manifest.dump());
    const Outcome other = compare();
    CAPTURE(other.err);
    CHECK(other.exit_code == 0);
    CHECK_THAT(other.err, Catch::Contains("versions differ") &&
                              Catch::Contains("by domino 0.0.9 (abc1234)") &&
                              Catch::Contains("may be the program's"));
    CHECK(std::count(other.err.begin(), other.err.end(), '\n') == 1);
    const json told = json::parse(other.out);
    CHECK(told["scenarios"][0]["results_written_by"]["version"] == "0.0.9");
    CHECK(told["scenarios"][0]["results_written_by"]["commit"] == "abc1234");
    REQUIRE(run_domino({"compare", folder / "old", base, "-o", folder / "page", "-q", "--members", "2"})
                .exit_code == 0);
    const std::string page = read_file(folder / "page/comparison.html");
    CHECK_THAT(page, Catch::Contains("run again from results that domino 0.0.9 (abc1234) wrote"));
    CHECK(page.find("run again from results") == page.rfind("run again from results"));
    // A warning, not another result.
    CHECK(told["pairs"] == json::parse(same.out)["pairs"]);
}

TEST_CASE("compare refuses what cannot be paired, and warns of trends of their own") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", pair_of_countries);
    const std::string fewer = folder.write(
        "fewer.toml", "extends = \"base.toml\"\nname = \"fewer\"\n[places]\ncountries = [\"Palau\"]\n");
    const std::string seeded =
        folder.write("seeded.toml", "extends = \"base.toml\"\nname = \"seeded\"\n[run]\nseed = 9\n");
    const std::string alone =
        folder.write("alone.toml", "extends = \"base.toml\"\nname = \"alone\"\n[model]\ncouplings = false\n");
    const Outcome one = run_domino({"compare", base, "-q"});
    CHECK(one.exit_code == 2);
    CHECK_THAT(one.err, Catch::Contains("two scenarios or more"));
    const Outcome places = run_domino({"compare", base, fewer, "-q"});
    CHECK(places.exit_code == 3);
    CHECK_THAT(places.err, Catch::Contains("places differ between \"base\" and \"fewer\""));
    const Outcome seeds = run_domino({"compare", base, seeded, "-q"});
    CHECK(seeds.exit_code == 2);
    CHECK_THAT(seeds.err, Catch::Contains("different seeds (1 and 9)"));
    const Outcome folders = run_domino({"compare", base, folder.path().string(), "-q"});
    CHECK(folders.exit_code == 4);
    CHECK_THAT(folders.err, Catch::Contains("no manifest.json"));
    const Outcome trends = run_domino({"compare", base, alone, "-q", "--members", "2"});
    CHECK(trends.exit_code == 0);
    CHECK_THAT(trends.err, Catch::Contains("not measured against the same reference"));
}
