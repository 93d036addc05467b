#include <sys/mount.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using namespace domino::cli::test;
using nlohmann::json;

namespace {

/// Names of a folder's own entries, sorted.
std::vector<std::string> entries(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// Waits until the run has begun to work beside @p target.
bool wait_for_partial(Program& program, const std::filesystem::path& folder) {
    for (int i = 0; i < 600 && program.running(); ++i) {
        for (const std::string& name : entries(folder))
            if (name.find(".unfinished") != std::string::npos) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

const std::string with_reference =
    "extends = \"s.toml\"\nreference = \"s.toml\"\n[model]\ncouplings = false\n";

}  // namespace

TEST_CASE("a run writes every file, says where, and verifies") {
    const TemporaryFolder folder;
    folder.write("s.toml", small_scenario);
    const std::string scenario = folder.write("t.toml", with_reference);
    const Outcome run = run_domino({"run", scenario, "-o", folder / "out"});
    CAPTURE(run.err);
    REQUIRE(run.exit_code == 0);
    CHECK(run.out == (folder / "out") + "\n");
    CHECK(entries(folder.path()) == std::vector<std::string>{"out", "s.toml", "t.toml"});
    const auto files = entries(folder / "out");
    for (const char* name : {"report.html", "pathways.csv", "targets.csv", "places.csv", "domino_ledger.csv",
                             "results.gpkg", "emissions_co2e.tif", "emissions_co2e_density.tif",
                             "commitment_probability.tif", "scenario_resolved.toml", "manifest.json"}) {
        CAPTURE(name);
        CHECK(std::find(files.begin(), files.end(), name) != files.end());
    }
    CHECK(run_domino({"verify", folder / "out"}).exit_code == 0);
    CHECK(run_domino({"verify", folder / "out/manifest.json"}).exit_code == 0);

    SECTION("one altered byte is found and named") {
        std::fstream file(folder / "out/places.csv", std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(200);
        const int byte = file.get();
        file.seekp(200);
        file.put(static_cast<char>(byte == 'x' ? 'y' : 'x'));
        file.close();
        const Outcome verify = run_domino({"verify", folder / "out", "--json"});
        CHECK(verify.exit_code == 6);
        const json told = json::parse(verify.out);
        CHECK_FALSE(told["holds"].get<bool>());
        REQUIRE(told["mismatches"].size() == 1);
        CHECK(told["mismatches"][0]["file"] == "places.csv");
        CHECK(told["mismatches"][0]["fault"] == "altered");
    }
    SECTION("a missing file is found and named") {
        std::filesystem::remove(folder / "out/targets.csv");
        const Outcome verify = run_domino({"verify", folder / "out"});
        CHECK(verify.exit_code == 6);
        CHECK_THAT(verify.out, Catch::Contains("targets.csv: missing"));
    }
    SECTION("the resolved scenario runs again to the same places") {
        const Outcome again =
            run_domino({"run", folder / "out/scenario_resolved.toml", "-o", folder / "again", "--quiet"});
        CAPTURE(again.err);
        REQUIRE(again.exit_code == 0);
        CHECK(again.err.empty());
        CHECK(read_file(folder / "again/places.csv") == read_file(folder / "out/places.csv"));
    }
    SECTION("a second run is refused, and replaces the first when told to") {
        CHECK(run_domino({"run", scenario, "-o", folder / "out"}).exit_code == 2);
        folder.write("out/stray.txt", "of the first run");
        REQUIRE(
            run_domino({"run", scenario, "-o", folder / "out", "--overwrite", "--members", "3"}).exit_code ==
            0);
        CHECK_FALSE(std::filesystem::exists(folder / "out/stray.txt"));
        CHECK(json::parse(read_file(folder / "out/manifest.json"))["domino"]["members"] == 3);
        CHECK(entries(folder.path()) == std::vector<std::string>{"out", "s.toml", "t.toml"});
    }
}

TEST_CASE("the folders above the results are made where they are missing") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    const Outcome ran = run_domino({"run", scenario, "-o", folder / "new/deep/out", "--members", "2", "-q"});
    CHECK(ran.exit_code == 0);
    CHECK(std::filesystem::is_regular_file(folder / "new/deep/out/places.csv"));
}

TEST_CASE("one and two threads write the same bytes, another seed does not") {
    const TemporaryFolder folder;
    folder.write("s.toml", small_scenario);
    const std::string scenario = folder.write("t.toml", with_reference);
    for (const char* threads : {"1", "2"}) {
        const Outcome run = run_domino(
            {"run", scenario, "-o", folder / threads, "--threads", threads, "--members", "5", "-q"});
        CAPTURE(run.err);
        REQUIRE(run.exit_code == 0);
    }
    const auto files = entries(folder / "1");
    CHECK(files == entries(folder / "2"));
    for (const std::string& name : files) {
        CAPTURE(name);
        if (name != "manifest.json")
            CHECK(read_file(folder.path() / "1" / name) == read_file(folder.path() / "2" / name));
    }
    REQUIRE(run_domino({"run", scenario, "-o", folder / "seed", "--seed", "2", "--members", "5", "-q"})
                .exit_code == 0);
    CHECK(read_file(folder / "seed/places.csv") != read_file(folder / "1/places.csv"));
}

TEST_CASE("Ctrl-C in the middle of a run exits with 130 and leaves nothing") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    Program program({"run", scenario, "-o", folder / "out", "--members", "100000"});
    REQUIRE(wait_for_partial(program, folder.path()));
    program.interrupt();
    const Outcome outcome = program.wait();
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 130);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Catch::Contains("interrupted; nothing was written"));
    CHECK(entries(folder.path()) == std::vector<std::string>{"s.toml"});
}

TEST_CASE("a disk that fills up in the middle of writing leaves nothing") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    SECTION("a limit on the size of files") {
        for (const rlim_t bytes : {1024UL, 65536UL}) {
            const auto limit = [bytes] {
                const rlimit most{bytes, bytes};
                ::setrlimit(RLIMIT_FSIZE, &most);
                std::signal(SIGXFSZ, SIG_IGN);
            };
            const Outcome outcome = Program({"run", scenario, "-o", folder / "out"}, limit).wait();
            CAPTURE(bytes, outcome.err);
            CHECK(outcome.exit_code == 1);
            CHECK_FALSE(outcome.err.empty());
            // Members that were done when there was still room are kept, and nothing else.
            const bool kept = contains(outcome.err, "--resume goes on from there");
            CHECK(kept == (bytes == 65536UL));
            CHECK_FALSE(std::filesystem::exists(folder / "out"));
            CHECK(std::filesystem::exists(folder / "out.unfinished") == kept);
            CHECK_FALSE(std::filesystem::exists(folder / "out.unfinished/results"));
            if (!kept) continue;
            CHECK(run_domino({"run", scenario, "-o", folder / "out", "--resume", "-q"}).exit_code == 0);
            CHECK(entries(folder.path()) == std::vector<std::string>{"out", "s.toml"});
        }
    }
    SECTION("a file system of 256 KiB") {
        const std::string disk = folder / "disk";
        std::filesystem::create_directory(disk);
        if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0) {
            WARN("skipped: no file system may be mounted here");
            return;
        }
        const Outcome outcome = run_domino({"run", scenario, "-o", disk + "/out"});
        const auto left = entries(disk);
        ::umount(disk.c_str());
        CAPTURE(outcome.err);
        CHECK(outcome.exit_code == 1);
        CHECK_THAT(outcome.err, Catch::Contains("out.unfinished/results"));
        CHECK(left == std::vector<std::string>{"out.unfinished"});
    }
    SECTION("standard output on a full device") {
        const Outcome outcome = Program(
                                    {"new"}, [] {}, "/dev/full")
                                    .wait();
        CHECK(outcome.exit_code == 1);
        CHECK_THAT(outcome.err, Catch::Contains("cannot write to standard output"));
    }
}

TEST_CASE("a dry run says what would run, and writes nothing") {
    const TemporaryFolder folder;
    folder.write("s.toml", small_scenario);
    const std::string scenario = folder.write("t.toml", with_reference);
    const Outcome outcome =
        run_domino({"run", scenario, "--dry-run", "--json", "--members", "7", "-o", folder / "out"});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    const json plan = json::parse(outcome.out);
    CHECK(plan["scenario"] == "t");
    CHECK(plan["reference"] == "s");
    CHECK(plan["members"] == 7);
    CHECK(plan["countries"] == 2);
    CHECK(plan["place_results"] == "every_member");
    REQUIRE(plan["changes"].size() == 1);
    CHECK(plan["changes"][0]["key"] == "model.couplings");
    CHECK(entries(folder.path()) == std::vector<std::string>{"s.toml", "t.toml"});
}

TEST_CASE("results of places beyond the memory they may take are summed up, and what that costs is said") {
    const TemporaryFolder folder;
    const std::string scenario =
        folder.write("s.toml",
                     "technologies = [\"ev_car\"]\n[run]\nmembers = 5\nend = \"2024-12\"\n"
                     "place_results_memory_mb = 0\n[places]\ncountries = [\"Palau\", \"Maldives\"]\n");
    const Outcome planned = run_domino({"run", scenario, "--dry-run"});
    CHECK_THAT(planned.out, Catch::Contains("kept as distributions"));
    for (const char* threads : {"1", "2"}) {
        const Outcome outcome = run_domino({"run", scenario, "-o", folder / threads, "--threads", threads});
        CAPTURE(outcome.err);
        REQUIRE(outcome.exit_code == 0);
        CHECK_THAT(outcome.err, Catch::Contains("warning: without report.html"));
        CHECK_THAT(outcome.err, Catch::Contains("place_results_memory_mb"));
        CHECK_FALSE(std::filesystem::exists(folder / (std::string(threads) + "/report.html")));
        CHECK(run_domino({"verify", folder / threads}).exit_code == 0);
    }
    CHECK(read_file(folder / "1/places.csv") == read_file(folder / "2/places.csv"));
    CHECK(read_file(folder / "1/results.gpkg") == read_file(folder / "2/results.gpkg"));
    const json manifest = json::parse(read_file(folder / "1/manifest.json"));
    CHECK(manifest["domino"]["place_results"]["kept"] == "distributions");
    CHECK(manifest["domino"]["place_results"]["largest_error_of_quantiles_t"] > 0.0);
}

TEST_CASE("a missed target is a result, and an error only when asked for") {
    const TemporaryFolder folder;
    const std::string scenario =
        folder.write("s.toml", small_scenario +
                                   "[[targets]]\nid = \"hard\"\ncountry = \"Palau\"\ntype = "
                                   "\"fixed_level\"\nyear = 2023\nlevel = \"1 tCO2e\"\n");
    const Outcome plain = run_domino({"run", scenario, "-o", folder / "a", "--json"});
    CAPTURE(plain.out, plain.err);
    REQUIRE(plain.exit_code == 0);
    bool found = false;
    const json told = json::parse(plain.out);
    for (const json& target : told["targets"]) {
        if (target["id"] != "hard") continue;
        found = true;
        CHECK(target["status"] == "assessed");
        CHECK(target["probability"] == 0.0);
    }
    CHECK(found);
    const Outcome strict = run_domino({"run", scenario, "-o", folder / "b", "--fail-if-gap"});
    CHECK(strict.exit_code == 6);
    CHECK(std::filesystem::exists(folder / "b/report.html"));
}

TEST_CASE("a parameter that this world does not use is a warning") {
    const TemporaryFolder folder;
    const std::string scenario =
        folder.write("s.toml", small_scenario + "[parameters]\nblock_rate_japan = 0.1\n");
    const Outcome outcome = run_domino({"validate", scenario});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK_THAT(outcome.err,
               Catch::Contains("s.toml:8:20: warning: parameters.block_rate_japan changes nothing"));
}
