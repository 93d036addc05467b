#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using namespace domino::cli::test;

namespace {

const std::string source = DOMINO_SOURCE_DIR;
const std::string example = source + "/scenarios/proposals/phnom-penh-kitakyushu.toml";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("score prints checks, points and a total, and writes what --json prints") {
    const TemporaryFolder folder;
    const Outcome text = run_domino({"score", example, "--no-simulation"});
    CHECK(text.exit_code == 0);
    for (const char* part : {"Eligibility: pass", "Documents", "Costs", "Score", "Total ", " of 185"})
        CHECK(contains(text.out, part));
    const Outcome json = run_domino({"score", example, "--no-simulation", "--json", "-o", folder / "out"});
    CHECK(json.exit_code == 0);
    const auto told = nlohmann::json::parse(json.out);
    CHECK(told["most"] == 185);
    CHECK(told["eligible"] == "pass");
    CHECK(told["eligibility"].size() == 9);
    CHECK(told["documents"].size() == 11);
    CHECK(told["scores"].size() == 12);
    CHECK(told["likelihood"].is_null());
    CHECK(read_file(folder.path() / "out" / "score.json") == json.out);
    CHECK(contains(read_file(folder.path() / "out" / "score.csv"), "item,criterion,points_low,points_high"));
    CHECK(run_domino({"score", example, "--no-simulation", "-o", folder / "out"}).exit_code == 2);
}

TEST_CASE("score simulates the project in a scenario of the user's") {
    const TemporaryFolder folder;
    const std::string scenario =
        folder.write("s.toml",
                     "technologies = [\"solar_pv_commercial\"]\n[run]\nend = \"2030-12\"\n[places]\n"
                     "countries = [\"Japan\", \"Cambodia\"]\nmin_population = \"3000000 "
                     "people\"\n[proximity]\nenabled = false\n");
    const Outcome outcome =
        run_domino({"score", example, "--scenario", scenario, "--members", "4", "--json", "--quiet"});
    INFO(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    const auto told = nlohmann::json::parse(outcome.out);
    CHECK(told["likelihood"]["members"] == 4);
    CHECK(told["likelihood"]["declared"][0]["difference"] == 0.0);
    CHECK(told["likelihood"]["countries"] == nlohmann::json({"JPN", "KHM"}));
}

TEST_CASE("score tells an invalid proposal with 3, and one that is not eligible with 6 only when asked") {
    const TemporaryFolder folder;
    const std::string text = read_file(example);
    const std::string bad =
        folder.write("bad.toml", replaced(text, "fiscal_year = 2026", "fiscal_yaer = 2026"));
    const Outcome invalid = run_domino({"score", bad, "--no-simulation"});
    CHECK(invalid.exit_code == 3);
    CHECK(contains(invalid.err, "did you mean \"fiscal_year\"?"));
    CHECK(contains(invalid.err, "the key fiscal_year is missing"));
    const std::string barred =
        folder.write("barred.toml", replaced(text, "suspended = false", "suspended = true"));
    CHECK(run_domino({"score", barred, "--no-simulation"}).exit_code == 0);
    CHECK(run_domino({"score", barred, "--no-simulation", "--fail-if-ineligible"}).exit_code == 6);
    CHECK(run_domino({"score", "/nowhere.toml"}).exit_code == 3);
}

TEST_CASE("new --proposal writes a proposal that score reads") {
    const TemporaryFolder folder;
    CHECK(run_domino({"new", "--proposal", folder / "p.toml"}).exit_code == 0);
    const Outcome outcome = run_domino({"score", folder / "p.toml", "--no-simulation"});
    INFO(outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK(contains(outcome.out, "Eligibility: unknown"));
}
