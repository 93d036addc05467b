#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using namespace domino::cli::test;
using nlohmann::json;

TEST_CASE("version and help go to standard output") {
    const Outcome version = run_domino({"--version"});
    CHECK(version.exit_code == 0);
    CHECK(version.out.starts_with("domino "));
    CHECK(version.err.empty());
    const Outcome help = run_domino({"--help"});
    CHECK(help.exit_code == 0);
    for (const char* part :
         {"run", "new", "validate", "data", "explain", "verify", "Examples:", "Exit codes:"})
        CHECK_THAT(help.out, Catch::Contains(part));
    for (const char* command : {"run", "new", "validate", "data", "explain", "map", "verify"})
        CHECK_THAT(run_domino({command, "--help"}).out, Catch::Contains("xample"));
}

TEST_CASE("the manual and the completion are made from the commands") {
    const Outcome manual = run_domino({"--man"});
    CHECK(manual.exit_code == 0);
    CHECK(manual.out.starts_with(".TH DOMINO 1"));
    for (const char* part :
         {".SS domino run SCENARIO", "\\-\\-fail\\-if\\-gap", ".SS domino explain RESULTS"})
        CHECK_THAT(manual.out, Catch::Contains(part));
    const Outcome completion = run_domino({"--completion"});
    CHECK(completion.exit_code == 0);
    CHECK_THAT(completion.out, Catch::Contains("complete -o filenames -F _domino domino"));
    CHECK_THAT(completion.out, Catch::Contains("--overwrite"));
}

TEST_CASE("a new scenario validates as it stands") {
    const TemporaryFolder folder;
    const Outcome made = run_domino({"new", folder / "my.toml"});
    CHECK(made.exit_code == 0);
    CHECK(made.out.empty());
    const Outcome valid = run_domino({"validate", folder / "my.toml"});
    CAPTURE(valid.err);
    CHECK(valid.exit_code == 0);
    CHECK(run_domino({"new"}).out == read_file(folder / "my.toml"));
}

TEST_CASE("validate tells problems as JSON, and prints the schema") {
    const TemporaryFolder folder;
    const std::string good = folder.write("good.toml", small_scenario);
    const std::string bad = folder.write("bad.toml", "sede = 1\n" + small_scenario);
    const Outcome outcome = run_domino({"validate", good, bad, "--json"});
    CHECK(outcome.exit_code == 3);
    const json told = json::parse(outcome.out);
    REQUIRE(told.size() == 2);
    CHECK(told[0]["valid"] == true);
    CHECK(told[1]["valid"] == false);
    const json& problem = told[1]["problems"][0];
    CHECK(problem["line"] == 1);
    CHECK(problem["column"] == 1);
    CHECK(problem["severity"] == "error");
    CHECK(run_domino({"validate", "--schema"}).out ==
          read_file(std::string(DOMINO_SOURCE_DIR) + "/scenarios/scenario.schema.json"));
}

TEST_CASE("the shipped scenarios validate, data and all") {
    std::vector<std::string> arguments = {"validate"};
    for (const char* name : {"jcm-2040", "c3p-doubled", "no-domino", "japan-2040"})
        arguments.push_back(std::string(DOMINO_SOURCE_DIR) + "/scenarios/" + name + ".toml");
    const Outcome outcome = run_domino(arguments);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK_THAT(outcome.err, !Catch::Contains("warning"));
}

TEST_CASE("the expansion study runs, and spends the same on every strategy that has the candidates") {
    const std::string folder = std::string(DOMINO_SOURCE_DIR) + "/scenarios/expansion/";
    const Outcome compared =
        run_domino({"compare", folder + "equity.toml", folder + "highest-emissions.toml",
                    folder + "hubs.toml", folder + "largest.toml", folder + "nearest.toml",
                    folder + "observed.toml", folder + "on-record.toml", "--members", "2", "--json"});
    CAPTURE(compared.err);
    REQUIRE(compared.exit_code == 0);
    CHECK(json::parse(compared.out)["pairs"].size() == 21);
    for (const char* name : {"equity", "highest-emissions", "hubs", "largest", "nearest"}) {
        const Outcome plan = run_domino({"run", folder + name + ".toml", "--dry-run", "--json"});
        REQUIRE(plan.exit_code == 0);
        const json strategy = json::parse(plan.out)["strategy"];
        CAPTURE(name);
        REQUIRE(strategy["projects"].size() == 50);
        for (const json& project : strategy["projects"]) {
            CHECK(project["cost_jpy_per_year"] == 20e6);
            CHECK_FALSE(project["reason"].get<std::string>().empty());
        }
    }
}

TEST_CASE("a plan that cannot be carried out exits 5 and says all that is wrong") {
    const TemporaryFolder folder;
    const std::string file =
        folder.write("plan.toml", small_scenario +
                                      "[strategy]\nrule = \"list\"\nbudget = \"10 MJPY/yr\"\nphases = 3\n"
                                      "[[strategy.projects]]\npartner = \"Male\"\nfrom = \"2031-04\"\n");
    const Outcome outcome = run_domino({"run", file, "--dry-run"});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 5);
    CHECK_THAT(outcome.err, Catch::Contains("3 phases are more than c3p.max_phases, 2"));
    CHECK_THAT(outcome.err, Catch::Contains("outside the strategy's 2026-04 to 2036-03"));
    CHECK_THAT(outcome.err, Catch::Contains("dearer than strategy.budget, 10 MJPY/yr"));
    const json told = json::parse(run_domino({"validate", file, "--json"}).out);
    CHECK(told[0]["problems"].back()["kind"] == "infeasible");
}

TEST_CASE("data lists every table with rows, years and licence") {
    const Outcome text = run_domino({"data"});
    CHECK(text.exit_code == 0);
    const Outcome listed = run_domino({"data", "--json"});
    const json tables = json::parse(listed.out);
    CHECK(tables.size() > 20);
    for (const json& table : tables) {
        CAPTURE(table["name"]);
        CHECK_THAT(text.out, Catch::Contains(table["name"].get<std::string>()));
        CHECK_FALSE(table["licenses"].empty());
        CHECK_FALSE(table["year"].get<std::string>().empty());
    }
    CHECK_THAT(text.out, Catch::Contains("113036"));
    const Outcome one = run_domino({"data", "ndc_targets"});
    CHECK_THAT(one.out, Catch::Contains("iso3"));
    CHECK_THAT(one.out, Catch::Contains("source: "));
}

namespace {

/// Results small enough to count by hand: three places, four members.
///
///     P ──proximity──► Q      in members 0 and 2
///     Q commits by itself in member 1; P in members 0 (2021), 2 (2023) and 3 (2030)
const std::string places_csv =
    "place_id,name,country,admin1,kind,lon,lat,year,population,emissions_t_co2e_mean,emissions_t_co2e_p05,"
    "emissions_t_co2e_p50,emissions_t_co2e_p95,committed_probability,capacity_mean,adoption_ev_car_mean\n"
    "P,Alpha,Japan,JP-01,city,140,40,2020,1000,2000000,1,1,1,0,0.18,0\n"
    "P,Alpha,Japan,JP-01,city,140,40,2030,1000,1000,1,1,1,0.75,0.6,0.25\n"
    "Q,Beta,Japan,JP-01,city,141,40,2020,10,20,1,1,1,0,0.18,0\n"
    "R,beta,Japan,JP-02,city,142,40,2020,10,20,1,1,1,0,0.18,0\n"
    "S,\"Gamma, the place\",Japan,JP-02,rest_of_region,142,40,2020,10,20,1,1,1,0,0.18,0\n";
const std::string ledger_csv =
    "event_id,place_id,time,member,cause,source_place_id,layer,share,avoided_t_co2e\n"
    "0:P,P,2021-05,0,spontaneous,,,1,900\n"
    "0:Q,Q,2024-01,0,layer,P,proximity,0.4,2000000\n"
    "1:Q,Q,2022-01,1,spontaneous,,,1,-3\n"
    "2:P,P,2023-02,2,programme,,,0.7,0\n"
    "2:Q,Q,2023-12,2,layer,P,proximity,0.5,1000000\n"
    "3:P,P,2030-01,3,spontaneous,,,1,5\n";

void write_results(const TemporaryFolder& folder) {
    folder.write("out/places.csv", places_csv);
    folder.write("out/domino_ledger.csv", ledger_csv);
    folder.write("out/manifest.json", R"({"domino": {"members": 4}})");
}

}  // namespace

TEST_CASE("explain tells a whole scenario, from its file or its results, and a place left out of it") {
    const TemporaryFolder folder;
    const std::string file = folder.write("s.toml", small_scenario);
    const Outcome text = run_domino({"explain", file, "--members", "8"});
    CAPTURE(text.out, text.err);
    REQUIRE(text.exit_code == 0);
    CHECK_THAT(text.out, Catch::Contains("s, 2020 to 2024, 8 members, seed 1"));
    CHECK_THAT(text.out, Catch::Contains("What places owe to each other (domino share)"));
    CHECK_THAT(text.out, Catch::Contains("What set commitments off: "));
    const json told = json::parse(run_domino({"explain", file, "--members", "8", "--json"}).out);
    double all = 0.0;
    for (const json& trigger : told["triggers"]) all += trigger["commitments_per_member"].get<double>();
    CHECK(all == Approx(told["commitments_per_member"].get<double>()));
    const std::string off = folder.write("off.toml", "extends = \"s.toml\"\n[model]\ncouplings = false\n");
    const Outcome uncoupled = run_domino({"explain", off});
    CHECK_THAT(uncoupled.out, Catch::Contains("every coupling between places is zero"));
    CHECK_THAT(uncoupled.out, Catch::Contains("No commitment is attributed to another place"));
    REQUIRE(run_domino({"run", file, "-o", folder / "out"}).exit_code == 0);
    const json from_results = json::parse(run_domino({"explain", folder / "out", "--json"}).out);
    const json from_file = json::parse(run_domino({"explain", file, "--json"}).out);
    CHECK(from_results["triggers"] == from_file["triggers"]);
    CHECK(from_results["domino_share_of_commitments"] == from_file["domino_share_of_commitments"]);
    const Outcome left_out = run_domino({"explain", file, "Male"});
    CAPTURE(left_out.out, left_out.err);
    CHECK(left_out.exit_code == 0);
    CHECK_THAT(left_out.out, Catch::Contains("s without Male less s"));
    CHECK(run_domino({"explain", file, "Nowhere"}).exit_code == 3);
}

TEST_CASE("explain tells which lever would move a scenario or a place most, as leverage has it") {
    const TemporaryFolder folder;
    const std::string file = folder.write("s.toml", small_scenario);
    const json leverage = json::parse(run_domino({"leverage", file, "--members", "2", "--json", "-q"}).out);
    double most_support = 0.0;
    for (const json& row : leverage["rows"])
        if (row["lever"] == "support")
            most_support = std::max(most_support, row["derivative"]["mean"].get<double>());
    REQUIRE(most_support > 0.0);
    const Outcome whole = run_domino({"explain", file, "--lever-members", "2", "--json", "-q"});
    CAPTURE(whole.err);
    REQUIRE(whole.exit_code == 0);
    const json levers = json::parse(whole.out)["levers"];
    CHECK(levers["measured"] == true);
    CHECK(levers["strongest"][0]["lever"] == "support");
    CHECK(levers["strongest"][0]["derivative"]["mean"] == most_support);

    const json place =
        json::parse(run_domino({"explain", file, "Male", "--lever-members", "2", "--json", "-q"}).out);
    const json& own = place["levers"]["strongest"][0];
    CHECK(own["derivative"]["mean"].get<double>() > 0.0);
    for (const json& row : leverage["rows"]) {
        if (row["place_id"] != own["place_id"] || row["lever"] != own["lever"]) continue;
        if (!own.contains("technology") || row["technology"] == own["technology"])
            CHECK(own["derivative_of_all_places"] == row["derivative"]["mean"]);
    }
    const Outcome words = run_domino({"explain", file, "Male", "--lever-members", "2", "-q"});
    CHECK_THAT(words.out, Catch::Contains("Which lever would move it most") &&
                              Catch::Contains("for a year of support by a project, at ") &&
                              Catch::Contains("derivatives of the mean field"));

    REQUIRE(run_domino({"run", file, "-o", folder / "out", "-q"}).exit_code == 0);
    const Outcome of_results =
        run_domino({"explain", folder / "out", "Male", "--lever-members", "2", "--json", "-q"});
    CHECK(json::parse(of_results.out)["levers"] == place["levers"]);
    const Outcome without = run_domino({"explain", folder / "out", "Male", "--lever-members", "0", "-q"});
    CHECK_THAT(without.out, Catch::Contains("not measured: no draws were asked for"));
    std::filesystem::remove(folder / "out/scenario_resolved.toml");
    const Outcome story = run_domino({"explain", folder / "out", "Male", "-q"});
    CHECK(story.exit_code == 0);
    CHECK_THAT(story.out, Catch::Contains("not measured: ") && Catch::Contains("scenario_resolved.toml"));
}

TEST_CASE("explain tells what triggered a place and what it triggered") {
    const TemporaryFolder folder;
    write_results(folder);
    const Outcome text = run_domino({"explain", folder / "out", "alpha"});
    CAPTURE(text.out, text.err);
    REQUIRE(text.exit_code == 0);
    CHECK_THAT(text.out, Catch::Contains("in 3 of 4 members; the first 2021, half of the members by 2023"));
    CHECK_THAT(text.out, Catch::Contains("67 %  by itself"));
    CHECK_THAT(text.out, Catch::Contains("33 %  under a programme's support"));
    CHECK_THAT(text.out, Catch::Contains("0.50 commitments a member; at least one in 2 of 4 members"));
    CHECK_THAT(text.out, Catch::Contains("50 %  Beta (Q, proximity)"));
    CHECK_THAT(text.out, Catch::Contains("0.67 commitments lead back to each of its own"));
    CHECK_THAT(text.out, Catch::Contains("1.00 Mt that their places avoid since, for each of its own"));
    CHECK_THAT(text.out, Catch::Contains("enabled      2030"));

    const json told = json::parse(run_domino({"explain", folder / "out", "Q", "--json"}).out);
    CHECK(told["commitment_years"] == json({2022, 2023, 2024}));
    CHECK(told["causes"][0]["cause"] == "layer");
    CHECK(told["causes"][0]["members"] == 2);
    CHECK(told["followed"][0]["place_id"] == "P");
    CHECK(told["triggered"].empty());
    CHECK(told["domino_multiplier_t_co2e"] == 0.0);
}

TEST_CASE("explain helps with names") {
    const TemporaryFolder folder;
    write_results(folder);
    const Outcome near = run_domino({"explain", folder / "out", "Alhpa"});
    CHECK(near.exit_code == 2);
    CHECK_THAT(near.err, Catch::Contains("did you mean \"Alpha\"?"));
    const Outcome twice = run_domino({"explain", folder / "out", "Beta"});
    CHECK(twice.exit_code == 2);
    CHECK_THAT(
        twice.err,
        Catch::Contains("2 places are called \"Beta\"; give the id: Q (JP-01, Japan), R (JP-02, Japan)"));
    const Outcome never = run_domino({"explain", folder / "out", "Gamma, the place"});
    CHECK(never.exit_code == 0);
    CHECK_THAT(never.out, Catch::Contains("in none of 4 members"));
}

TEST_CASE("explain refuses damaged results") {
    const TemporaryFolder folder;
    write_results(folder);
    SECTION("a table without its columns") {
        folder.write("out/places.csv", "place_id,name\nP,Alpha\n");
        const Outcome outcome = run_domino({"explain", folder / "out", "P"});
        CHECK(outcome.exit_code == 4);
        CHECK_THAT(outcome.err, Catch::Contains("places.csv"));
    }
    SECTION("a ledger whose months are none") {
        folder.write(
            "out/domino_ledger.csv",
            "event_id,place_id,time,member,cause,source_place_id,layer,share,avoided_t_co2e\n0:P,P,soon,0,"
            "spontaneous,,,1,0\n");
        CHECK(run_domino({"explain", folder / "out", "P"}).exit_code == 4);
    }
    SECTION("a ledger that is gone") {
        std::filesystem::remove(folder / "out/domino_ledger.csv");
        CHECK(run_domino({"explain", folder / "out", "P"}).exit_code == 4);
    }
    SECTION("a manifest of something else") {
        folder.write("out/manifest.json", R"({"domino": {"members": "many"}})");
        CHECK(run_domino({"explain", folder / "out", "P"}).exit_code == 4);
    }
}

TEST_CASE("the data pack is found by option, then environment") {
    const TemporaryFolder folder;
    const auto with_environment = [&](const std::string& value) {
        return Program({"data"}, [value] { ::setenv("DOMINO_DATA", value.c_str(), 1); }).wait();
    };
    CHECK(with_environment(std::string(DOMINO_SOURCE_DIR) + "/data").exit_code == 0);
    const Outcome wrong = with_environment(folder.path().string());
    CHECK(wrong.exit_code == 4);
    CHECK_THAT(wrong.err, Catch::Contains("DOMINO_DATA: "));
    folder.write(
        "pack/datapackage.json",
        R"({"resources":[{"name":"only","rows":3,"year":"2020","title":"One","licenses":[{"name":"CC0"}]}]})");
    const Outcome own = run_domino({"data", "--data", folder / "pack"});
    CHECK(own.exit_code == 0);
    CHECK_THAT(own.out, Catch::Contains("only      3  2020   CC0      One"));
}

TEST_CASE("map refuses what it cannot draw before it reads anything") {
    const TemporaryFolder folder;
    struct Case {
        std::vector<std::string> arguments;
        int exit_code;
        const char* told;
    };
    const std::string there = folder.write("there.png", "");
    for (const auto& [arguments, exit_code, told] :
         {Case{{"map", folder / "r", "-o", folder / "a.jpg"}, 2, "ends in .png"},
          Case{{"map", folder / "r", "--animate", "-o", folder / "a.png"}, 2, "ends in .gif"},
          Case{{"map", folder / "r", "-o", there}, 2, "exists already"},
          Case{{"map", folder / "r", "-o", folder / "a.png", "--extent", "1,9,2,8"},
               2,
               "west,south,east,north"},
          Case{{"map", folder / "r", "-o", folder / "a.png", "--extent=nan,0,1,2"}, 2, "as in --extent"},
          Case{{"map", folder / "r", "-o", folder / "a.png", "--extent=0,0,inf,2"}, 2, "as in --extent"},
          Case{{"map", folder / "r", "-o", folder / "a.png", "--extent=3,0,3,2"}, 2, "as in --extent"},
          Case{{"map", folder / "r", "-o", folder / "a.png", "--extent=-300,0,300,2"}, 2, "than 360"},
          Case{{"map", folder / "r", "-o", folder / "a.png", "--extent=350,0,-350,2"}, 2, "than 360"},
          Case{{"map", folder / "r", "-o", folder / "a.png", "--extent=150,24,122,46"},
               4,
               "this is not a folder of results"},
          Case{{"map", folder / "r", "-o", folder / "a.png"}, 4, "this is not a folder of results"}}) {
        const Outcome outcome = run_domino(arguments);
        CAPTURE(outcome.err);
        CHECK(outcome.exit_code == exit_code);
        CHECK_THAT(outcome.err, Catch::Contains(told));
    }
}
