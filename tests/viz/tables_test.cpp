#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <set>
#include <string>

#include "geo/io/table.h"
#include "tests/support/small_results.h"
#include "tests/viz/small_context.h"
#include "tests/viz/small_pack.h"
#include "viz/csv_writer.h"
#include "viz/ledger_csv.h"
#include "viz/pathways_csv.h"
#include "viz/places_csv.h"

using namespace domino;
using namespace domino::test;

namespace {

using Rows = std::vector<std::vector<std::string>>;

double number(const std::string& cell) {
    return std::stod(cell);
}

/// Variable → unit of viz/codelist/variable.yaml, which is a flat list of one-key maps.
std::map<std::string, std::string> read_codelist() {
    std::map<std::string, std::string> units;
    const std::string text = read_text(std::string(DOMINO_SOURCE_DIR) + "/viz/codelist/variable.yaml");
    std::string variable;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = text.find('\n', begin);
        const std::string line = text.substr(begin, end - begin);
        begin = end + 1;
        const std::string unit_key = "    unit: ";
        if (line.rfind("- ", 0) == 0) {
            variable = line.substr(2, line.rfind(':') - 2);
        } else if (line.rfind(unit_key, 0) == 0) {
            std::string unit = line.substr(unit_key.size());
            units[variable] = unit == "'%'" ? "%" : unit;
        }
    }
    return units;
}

/// Mean of a variable of a region in a year, from pathways.csv.
double pathway_mean(const Rows& rows, const std::string& region, const std::string& variable,
                    const std::string& year) {
    for (const auto& row : rows) {
        if (row[1] == "more-pairs" && row[2] == region && row[3] == variable) {
            return number(row[column_of(rows, year)]);
        }
    }
    FAIL("no row of " << region << " " << variable);
    return 0.0;
}

Rows write_pathways(const SmallRun& run, const TemporaryFolder& folder) {
    const viz::RunContext context = make_context(run, folder.path());
    const viz::PlaceSummary summary = viz::summarize_places(run.built, run.results.scenario);
    viz::write_pathways_csv(context, viz::build_national_series(run.built, run.results.scenario), summary,
                            folder.path() / "pathways.csv");
    return read_csv(folder.path() / "pathways.csv");
}

}  // namespace

TEST_CASE("places.csv has a row per place and year, and its means are the members'") {
    const SmallRun run = make_small_run();
    const TemporaryFolder folder;
    const viz::RunContext context = make_context(run, folder.path());
    const viz::PlaceSummary summary = viz::summarize_places(run.built, run.results.scenario);
    viz::write_places_csv(context, summary, folder.path() / "places.csv");
    const Rows rows = read_csv(folder.path() / "places.csv");
    const std::string header = read_text(folder.path() / "places.csv").substr(0, 200);
    CHECK(header.rfind("place_id,name,country,admin1,kind,lon,lat,year,population,emissions_t_co2e_mean,"
                       "emissions_t_co2e_p05,emissions_t_co2e_p50,emissions_t_co2e_p95,committed_probability,"
                       "capacity_mean,",
                       0) == 0);
    REQUIRE(rows.size() == 1 + 6 * 3);
    CHECK(rows[0].size() == 17);
    CHECK(rows[0][16] == "adoption_heat_pump_building_mean");
    // a1 is row 1, its second year 2021: 1000·2·1.1 + 10·(0,1,2,3).
    const auto& a1_2021 = rows[1 + 1 * 3 + 1];
    CHECK(a1_2021[0] == "a1");
    CHECK(a1_2021[1] == "Aone, \"the first\"");
    CHECK(a1_2021[2] == "Aland");
    CHECK(a1_2021[4] == "city");
    CHECK(a1_2021[7] == "2021");
    CHECK(number(a1_2021[8]) == Approx(909000.0));
    CHECK(number(a1_2021[9]) == Approx(2215.0));
    CHECK(number(a1_2021[10]) == Approx(2201.5));
    CHECK(number(a1_2021[11]) == Approx(2215.0));
    CHECK(number(a1_2021[12]) == Approx(2228.5));
    CHECK(a1_2021[13] == "1");  // observed before the run, in every member
    CHECK(a1_2021[15] == "0.25");
    const std::size_t b1 = place_index(run, "b1");
    CHECK(rows[1 + b1 * 3 + 0][13] == "0");
    CHECK(rows[1 + b1 * 3 + 1][13] == "0.75");
    const std::size_t b_rest = place_index(run, "b.rest");
    CHECK(rows[1 + b_rest * 3 + 2][13] == "0");  // commits after the last whole year
    CHECK(rows[1 + b_rest * 3 + 2][4] == "rest_of_region");
}

TEST_CASE("pathways.csv uses only the codelist, and its children add up") {
    const SmallRun run = make_small_run();
    const TemporaryFolder folder;
    const Rows rows = write_pathways(run, folder);
    CHECK(rows[0] == std::vector<std::string>{"model", "scenario", "region", "variable", "unit", "2020",
                                              "2021", "2022"});
    const std::map<std::string, std::string> codelist = read_codelist();
    REQUIRE(codelist.size() > 50);
    std::set<std::vector<std::string>> keys;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        INFO(rows[i][3] << " [" << rows[i][4] << "]");
        REQUIRE(codelist.count(rows[i][3]) == 1);
        CHECK(codelist.at(rows[i][3]) == rows[i][4]);
        CHECK(keys.insert({rows[i].begin(), rows[i].begin() + 5}).second);
    }
    const std::string root = "Emissions|Kyoto Gases";
    for (const std::string region : {"Aland", "Bland", "All countries"}) {
        for (const std::string year : {"2020", "2021", "2022"}) {
            for (const std::string& parent :
                 {root, root + "|Energy", root + "|Energy|Demand", root + "|Energy|Supply",
                  root + "|Unallocated", root + "|Energy|Supply|Electricity",
                  std::string("Technology Additions|ev_car")}) {
                double children = 0.0;
                for (const auto& [variable, unit] : codelist) {
                    const bool below = variable.rfind(parent + "|", 0) == 0 &&
                                       variable.find('|', parent.size() + 1) == std::string::npos;
                    children += below ? pathway_mean(rows, region, variable, year) : 0.0;
                }
                INFO(region << " " << parent << " " << year);
                CHECK(children == Approx(pathway_mean(rows, region, parent, year)).epsilon(1e-8));
            }
        }
    }
}

TEST_CASE("places and the unallocated remainder add up to the country") {
    const SmallRun run = make_small_run();
    const TemporaryFolder folder;
    const Rows rows = write_pathways(run, folder);
    const viz::PlaceSummary summary = viz::summarize_places(run.built, run.results.scenario);
    for (const std::size_t country : {std::size_t{0}, std::size_t{1}}) {
        for (std::size_t year = 0; year < 3; ++year) {
            double places_t = 0.0;
            for (std::size_t place = 0; place < summary.places; ++place) {
                places_t += run.built.world.places[place].country == country
                                ? summary.mean_t[summary.at(place, year)]
                                : 0.0;
            }
            const std::string& region = run.built.country_names[country];
            const std::string text = std::to_string(2020 + year);
            const double rest = pathway_mean(rows, region, "Emissions|Kyoto Gases|Unallocated", text);
            const double nation = pathway_mean(rows, region, "Emissions|Kyoto Gases", text);
            CHECK(rest == Approx(775e-6).epsilon(1e-8));
            CHECK(std::fabs((places_t / 1e6 + rest) / nation - 1.0) < 1e-7);
        }
    }
}

TEST_CASE("quantiles stand in the scenario column, the reference under its own name") {
    const SmallRun run = make_small_run();
    const TemporaryFolder folder;
    const Rows rows = write_pathways(run, folder);
    std::set<std::string> scenarios, regions;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        scenarios.insert(rows[i][1]);
        regions.insert(rows[i][2]);
    }
    CHECK(scenarios == std::set<std::string>{"more-pairs", "more-pairs|p05", "more-pairs|p50",
                                             "more-pairs|p95", "as-today", "as-today|p05", "as-today|p50",
                                             "as-today|p95"});
    CHECK(regions.count("Aland|Aone, \"the first\"") == 1);
    CHECK(regions.count("Bland|Bthree") == 1);
    // The hypothetical project does not make the rest of A a region of its own.
    CHECK(regions.count("Aland|Rest of A") == 0);
}

TEST_CASE("the ledger has a row per commitment") {
    const SmallRun run = make_small_run();
    const TemporaryFolder folder;
    viz::write_ledger_csv(make_context(run, folder.path()), folder.path() / "ledger.csv");
    const Rows rows = read_csv(folder.path() / "ledger.csv");
    CHECK(rows[0] == std::vector<std::string>{"event_id", "place_id", "time", "member", "cause",
                                              "source_place_id", "layer", "share", "avoided_t_co2e"});
    REQUIRE(rows.size() == 1 + run.results.scenario.events.size());
    CHECK(rows[3] == std::vector<std::string>{"1:b1", "b1", "2021-03", "1", "layer", "a1", "collaboration",
                                              "0.6", "250.5"});
    CHECK(rows[1][8].empty());
    CHECK(rows[1][4] == "observed");
    std::set<std::string> ids;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        CHECK(ids.insert(rows[i][0]).second);
    }
}

TEST_CASE("a full disk is an error that names the file") {
    const std::vector<std::string> header = {"a"};
    const auto fill = [&] {
        viz::CsvWriter csv("/dev/full", header);
        csv.text("x").end_row();
        csv.close();
    };
    REQUIRE_THROWS_AS(fill(), viz::WriteError);
    CHECK_THROWS_WITH(fill(), Catch::Contains("/dev/full") && Catch::Contains("No space left"));
    CHECK_THROWS_AS(viz::write_file("/nowhere/at/all.csv", "x"), viz::WriteError);
}

TEST_CASE("a row of the wrong width is refused") {
    const TemporaryFolder folder;
    const std::vector<std::string> header = {"a", "b"};
    viz::CsvWriter csv(folder.path() / "t.csv", header);
    csv.text("1");
    CHECK_THROWS_AS(csv.end_row(), std::logic_error);
}
