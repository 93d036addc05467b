#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>

#include "tests/cli/mpirun.h"
#include "tests/cli/program.h"

using namespace domino::cli::test;
using nlohmann::json;

namespace {

const std::string scenario =
    "name = \"base\"\ntechnologies = [\"solar_pv_residential\", \"ev_car\"]\n"
    "[run]\nmembers = 3\nend = \"2034-12\"\n"
    "[places]\ncountries = [\"Japan\", \"Sri Lanka\", \"Palau\"]\nmin_population = \"150000 people\"\n"
    "[c3p]\nexpansion = \"none\"\n"
    "[strategy]\nfrom = \"2026-04\"\nto = \"2032-03\"\nmost_concurrent = 2\n";

std::vector<std::string> command(const std::string& file, std::vector<std::string> more = {}) {
    std::vector<std::string> all = {"optimize",   file,        "--maximise", "abatement",  "--budget",
                                    "20 MJPY/yr", "--members", "3",          "--held-out", "4",
                                    "--levels",   "2",         "--quiet"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace

TEST_CASE("optimize plans the projects of a scenario, and run takes the plan") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", scenario);
    const Outcome two = run_domino(command(base, {"-o", folder / "plan", "--threads", "2", "--json"}));
    CAPTURE(two.err);
    REQUIRE(two.exit_code == 0);
    CHECK_FALSE(contains(two.err, "changes nothing"));
    const json told = json::parse(two.out);
    CHECK(told.at("search").at("candidates").get<int>() > 1);
    CHECK(told.at("search").contains("gap_to_the_best"));
    CHECK(told.at("held_out").at("first_member").get<int>() == 3);
    CHECK_FALSE(told.at("verdict").get<std::string>().empty());
    REQUIRE(told.at("projects").size() >= 1);
    for (const char* file :
         {"plan.toml", "projects.csv", "frontier.csv", "frontier.png", "plan.json", "without-strategy.toml"})
        CHECK(std::filesystem::file_size(folder / ("plan/" + std::string(file))) > 100);
    CHECK(read_file(folder / "plan/plan.json") == two.out);

    // The same bytes from one thread.
    const Outcome one = run_domino(command(base, {"-o", folder / "other", "--threads", "1", "--json"}));
    REQUIRE(one.exit_code == 0);
    CHECK(one.out == two.out);
    for (const char* file : {"plan.toml", "projects.csv", "frontier.csv", "frontier.png"})
        CHECK(read_file(folder / ("other/" + std::string(file))) ==
              read_file(folder / ("plan/" + std::string(file))));

    const Outcome dry = run_domino({"run", folder / "plan/plan.toml", "--dry-run", "--json"});
    CAPTURE(dry.err);
    REQUIRE(dry.exit_code == 0);
    const json strategy = json::parse(dry.out).at("strategy");
    CHECK(strategy.at("rule") == "list");
    REQUIRE(strategy.at("projects").size() == told.at("projects").size());
    for (const json& project : told.at("projects")) {
        bool listed = false;
        for (const json& other : strategy.at("projects"))
            listed = listed || (other.at("project_id") == project.at("project_id") &&
                                other.at("japan_place_id") == project.at("japan_place_id") &&
                                other.at("to") == project.at("to"));
        CHECK(listed);
    }
}

TEST_CASE("ranks of mpirun share the search, and the plan has the same bytes") {
    if (!can_run_ranks()) {
        WARN("skipped: this domino was built without MPI, or there is no mpirun");
        return;
    }
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", scenario);
    const Outcome alone = run_domino(command(base, {"-o", folder / "plan", "--json"}));
    REQUIRE(alone.exit_code == 0);
    const std::string asked = " optimize " + base +
                              " --maximise abatement --budget \"20 MJPY/yr\" --members 3" +
                              " --held-out 4 --levels 2 --quiet --json --threads 1 -o ";
    for (const std::string ranks : {"1", "2", "4"}) {
        const std::string line = mpirun + ranks + " " + DOMINO_PROGRAM + asked + (folder / ranks) + " > " +
                                 (folder / "out") + " 2> " + (folder / "err");
        const int status = std::system(line.c_str());
        CAPTURE(ranks, read_file(folder / "err"));
        REQUIRE(status == 0);
        CHECK(read_file(folder / "out") == alone.out);
        for (const char* file : {"plan.toml", "projects.csv", "frontier.csv", "frontier.png", "plan.json"})
            CHECK(read_file(folder / (ranks + "/" + file)) ==
                  read_file(folder / ("plan/" + std::string(file))));
    }
    // What cannot be done is said once, with its own exit code.
    const std::string none = mpirun + "2 " + DOMINO_PROGRAM + " optimize " + base +
                             " --maximise abatement --budget \"0 JPY/yr\" > " + (folder / "out") + " 2> " +
                             (folder / "err");
    const int status = std::system(none.c_str());
    const std::string said = read_file(folder / "err");
    CAPTURE(said);
    CHECK(WEXITSTATUS(status) == 5);
    CHECK(said.find("bears no project") != std::string::npos);
    CHECK(said.find("bears no project") == said.rfind("bears no project"));
}

TEST_CASE("optimize concludes the agreements that the scenario asks for, and may choose technologies") {
    const TemporaryFolder folder;
    const std::string base = folder.write(
        "base.toml", scenario + "agreements = \"with_projects\"\nagreement_cost = \"1 MJPY/yr\"\n");
    std::vector<std::string> asked = command(base, {"-o", folder / "plan", "--json", "--technologies", "1"});
    std::replace(asked.begin(), asked.end(), std::string("20 MJPY/yr"), std::string("21 MJPY/yr"));
    const Outcome found = run_domino(asked);
    CAPTURE(found.err);
    REQUIRE(found.exit_code == 0);
    const json told = json::parse(found.out);
    REQUIRE(told.at("projects").size() >= 1);
    CHECK(told.at("projects").at(0).at("kind") == "project and agreement");
    const Outcome dry = run_domino({"run", folder / "plan/plan.toml", "--dry-run", "--json", "-q"});
    CAPTURE(dry.err);
    REQUIRE(dry.exit_code == 0);
    const json strategy = json::parse(dry.out).at("strategy");
    std::size_t agreements = 0;
    for (const json& project : strategy.at("projects"))
        agreements += project.at("kind") == "agreement" ? 1 : 0;
    CHECK(agreements == told.at("projects").size());
    const std::string free = folder.write("free.toml", scenario + "agreements = \"alone\"\n");
    const Outcome refused = run_domino(command(free));
    CHECK(refused.exit_code == 3);
    CHECK_THAT(refused.err, Catch::Contains("strategy.agreement_cost is missing"));
}

TEST_CASE("a plan is told in words, and an earlier one replaced when asked to") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", scenario);
    const Outcome first = run_domino(command(base, {"-o", folder / "plan", "--until", "2032"}));
    CAPTURE(first.err);
    REQUIRE(first.exit_code == 0);
    for (const char* words :
         {"CO2e avoided from 2020 to 2032", "none screened out", "by gain", "guarantee     none", "gap",
          "Frontier on 4 fresh members", "highest emissions"})
        CHECK_THAT(first.out, Catch::Contains(words));
    CHECK(run_domino(command(base, {"-o", folder / "plan"})).exit_code == 2);
    CHECK(run_domino(command(base, {"-o", folder / "plan", "--overwrite", "--search-step", "3"})).exit_code ==
          0);
}

TEST_CASE("a list of the scenario's own is put aside, and the plan stands by itself") {
    const TemporaryFolder folder;
    const std::string base = folder.write(
        "base.toml",
        scenario +
            "rule = \"list\"\nbudget = \"20 MJPY/yr\"\n[[strategy.projects]]\npartner = \"Colombo\"\n"
            "from = \"2027-04\"\nphases = 1\n");
    const Outcome found =
        run_domino({"optimize", base, "--maximise", "commitments", "--members", "2", "--held-out", "2",
                    "--levels", "1", "--screen", "1", "-o", folder / "plan"});
    CAPTURE(found.err);
    REQUIRE(found.exit_code == 0);
    CHECK_THAT(found.err, Catch::Contains("put aside"));
    const Outcome dry = run_domino({"run", folder / "plan/plan.toml", "--dry-run", "-q"});
    CAPTURE(dry.err);
    CHECK(dry.exit_code == 0);
    CHECK_FALSE(contains(dry.out, "2027-04 to 2030-03"));
}

TEST_CASE("what no plan can do exits with 5, what makes no sense with 2") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", scenario);
    const auto fails = [&](const std::string& file, std::vector<std::string> more, int code,
                           const char* words) {
        more.insert(more.begin(), {"optimize", file});
        const Outcome outcome = run_domino(more);
        CAPTURE(outcome.err);
        CHECK(outcome.exit_code == code);
        CHECK_THAT(outcome.err, Catch::Contains(words));
        CHECK(outcome.out.empty());
    };
    const std::string what = "--maximise";
    fails(base, {what, "abatement", "--budget", "0 JPY/yr"}, 5, "bears no project");
    fails(base, {what, "abatement", "--budget", "19 MJPY/yr"}, 5, "one costs 20 MJPY/yr");
    fails(base, {what, "abatement"}, 2, "--budget");
    fails(base, {what, "abatement", "--budget", "20 km"}, 2, "no money a year");
    fails(base, {what, "abatement", "--budget", "20 MJPY/yr", "--until", "2090"}, 2, "--until");
    fails(base, {what, "abatement", "--budget", "20 MJPY/yr", "-k", "3"}, 2, "--count is for edges");
    fails(base, {what, "beauty", "--budget", "20 MJPY/yr"}, 2, "--maximise");
    fails(base, {}, 2, "--maximise");
    fails(base, {"--budget", "20 MJPY/yr"}, 2, "--budget is for scenarios");
    const std::string many = folder.write("many.toml", scenario + "phases = 3\n");
    fails(many, {what, "abatement", "--budget", "20 MJPY/yr"}, 5, "more than c3p.max_phases");
    std::string brief = scenario;
    brief.replace(brief.find("2032-03"), 7, "2028-03");
    fails(folder.write("brief.toml", brief), {what, "abatement", "--budget", "20 MJPY/yr"}, 5,
          "no whole phase");
    const std::string twice = folder.write(
        "twice.toml",
        scenario +
            "rule = \"list\"\nbudget = \"1 GJPY/yr\"\n[[strategy.projects]]\npartner = \"Colombo\"\nfrom = "
            "\"2026-04\"\n[[strategy.projects]]\npartner = \"Colombo\"\nfrom = \"2027-04\"\n");
    fails(twice, {what, "abatement"}, 5, "the place is supported from");
}

TEST_CASE("optimize stops when it is interrupted, and leaves nothing") {
    const TemporaryFolder folder;
    const std::string base = folder.write("base.toml", scenario);
    Program program({"optimize", base, "--maximise", "abatement", "--budget", "20 MJPY/yr", "--members",
                     "2000", "-o", folder / "plan"});
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    REQUIRE(program.running());
    program.interrupt();
    const Outcome outcome = program.wait();
    CHECK(outcome.exit_code == 130);
    CHECK(folder.list() == std::vector<std::string>{"base.toml"});
}
