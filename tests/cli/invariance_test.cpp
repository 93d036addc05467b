#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "tests/cli/program.h"

using namespace domino::cli::test;

namespace {

/// A world in which neighbours act: Sri Lanka and Palau, every layer on, to 2030.
const std::string coupled_scenario =
    "name = \"coupled\"\ntechnologies = [\"solar_pv_residential\", \"ev_car\"]\n"
    "[run]\nmembers = 6\nend = \"2030-12\"\n"
    "[places]\ncountries = [\"Palau\", \"Sri Lanka\"]\n";

/// Lines of a places table by "place,year"; the header under "".
std::map<std::string, std::string> rows_by_place_and_year(const std::string& csv) {
    std::map<std::string, std::string> rows;
    std::istringstream text(csv);
    std::string line;
    for (std::getline(text, line), rows[""] = line; std::getline(text, line);) {
        // place_id,name,country,admin1,kind,lon,lat,year,…: names may be quoted, so the year is counted
        // from the right side of the fixed columns by the first field alone plus the running number.
        const std::string id = line.substr(0, line.find(','));
        int year = 0;
        while (rows.count(id + "," + std::to_string(year)) != 0) ++year;
        rows[id + "," + std::to_string(year)] = line;
    }
    return rows;
}

void run(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
    const std::string scenario = folder.write(name + ".toml", text);
    const Outcome outcome = run_domino({"run", scenario, "-o", folder / name, "-q"});
    CAPTURE(name, outcome.err);
    REQUIRE(outcome.exit_code == 0);
}

}  // namespace

TEST_CASE("couplings switched off equal couplings taken out by hand") {
    const TemporaryFolder folder;
    run(folder, "coupled", coupled_scenario);
    run(folder, "switched", coupled_scenario + "[model]\ncouplings = false\n");
    run(folder, "by_hand",
        coupled_scenario +
            "[parameters]\ngamma_proximity_early = 0\ngamma_proximity_late = 0\ngamma_hierarchy_early = 0\n"
            "gamma_hierarchy_late = 0\ngamma_collaboration = 0\ngamma_network = 0\nadoption_r = 0\n");
    for (const char* file : {"places.csv", "targets.csv", "domino_ledger.csv", "emissions_co2e.tif",
                             "commitment_probability.tif", "emissions_co2e_density.tif"}) {
        CAPTURE(file);
        // Compared outside the check, which would print whole files.
        const bool same = read_file(folder / ("switched/" + std::string(file))) ==
                          read_file(folder / ("by_hand/" + std::string(file)));
        CHECK(same);
    }
    const bool coupling_acts =
        read_file(folder / "switched/places.csv") != read_file(folder / "coupled/places.csv");
    CHECK(coupling_acts);
}

TEST_CASE("an isolated place in a country of its own changes no other place by a bit") {
    const TemporaryFolder folder;
    const std::string apart =
        "[model]\nendogenous_cost = false\nblock_shocks = false\n"
        "[c3p]\nenabled = false\n[jcm]\nenabled = false\n";
    folder.write(
        "island.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"ISLE","name":"Isle",)"
        R"("people":25000,"iso3":"XAA"},"geometry":{"type":"Point","coordinates":[80.2,6.9]}}]})");
    run(folder, "without", coupled_scenario + apart);
    run(folder, "with",
        coupled_scenario +
            "[[places.layers]]\npath = \"island.geojson\"\nid = \"id\"\nname = \"name\"\n"
            "population = \"people\"\ncountry = \"iso3\"\ncoupling = \"isolated\"\n" +
            apart);
    const auto without = rows_by_place_and_year(read_file(folder / "without/places.csv"));
    const auto with = rows_by_place_and_year(read_file(folder / "with/places.csv"));
    REQUIRE(without.size() > 100);
    CHECK(with.size() > without.size());
    for (const auto& [key, row] : without) {
        CAPTURE(key);
        REQUIRE(with.count(key) == 1);
        CHECK(with.at(key) == row);
    }
}
