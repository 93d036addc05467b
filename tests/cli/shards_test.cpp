#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "cli/ranks.h"
#include "tests/cli/mpirun.h"
#include "tests/cli/program.h"

namespace domino::cli::test {
namespace {

namespace fs = std::filesystem;

const std::string with_reference =
    "extends = \"s.toml\"\nreference = \"s.toml\"\n[model]\ncouplings = false\n";

/// Every file the same but the manifest, which tells of the command.
void check_same_files(const fs::path& a, const fs::path& b) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(a)) {
        if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), a).string());
    }
    CHECK(names.size() > 10);
    for (const std::string& name : names) {
        CAPTURE(name);
        if (name != "manifest.json") CHECK(read_file(a / name) == read_file(b / name));
    }
}

std::size_t count_blocks(const fs::path& folder) {
    std::size_t count = 0;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        count += entry->path().extension() == ".block" ? 1 : 0;
    return count;
}

/// Kills the program as soon as some of its members are done.
void kill_after_blocks(Program& program, const fs::path& blocks, std::size_t wanted) {
    for (int n = 0; n < 6000 && program.running() && count_blocks(blocks) < wanted; ++n)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    program.kill();
    program.wait();
}

}  // namespace

TEST_CASE("shards joined are the run") {
    const TemporaryFolder folder;
    folder.write("s.toml", small_scenario);
    const std::string scenario = folder.write("t.toml", with_reference);
    REQUIRE(run_domino({"run", scenario, "-o", folder / "whole", "--members", "7", "-q"}).exit_code == 0);
    std::vector<std::string> merge = {"merge", "-q", "-o", folder / "joined"};
    for (const char* shard : {"3", "1", "2"}) {
        const Outcome outcome =
            run_domino({"run", scenario, "-o", folder / shard, "--members", "7", "--shard",
                        std::string(shard) + "/3", "--threads", shard, "--batch", shard, "-q"});
        CAPTURE(outcome.err);
        REQUIRE(outcome.exit_code == 0);
        merge.push_back(folder / shard);
    }
    SECTION("all of them, in any order") {
        const Outcome joined = run_domino(merge);
        CAPTURE(joined.err);
        REQUIRE(joined.exit_code == 0);
        check_same_files(folder / "whole", folder / "joined");
        CHECK(run_domino({"verify", folder / "joined"}).exit_code == 0);
    }
    SECTION("one missing") {
        merge.pop_back();
        const Outcome joined = run_domino(merge);
        CHECK(joined.exit_code == 4);
        CHECK_THAT(joined.err, Catch::Contains("shards 2 of 3 are missing or unfinished"));
    }
    SECTION("one twice") {
        merge.push_back(merge.back());
        const Outcome joined = run_domino(merge);
        CHECK(joined.exit_code == 4);
        CHECK_THAT(joined.err, Catch::Contains("there already"));
    }
    SECTION("one byte altered") {
        const fs::path block = fs::directory_iterator(fs::path(folder / "2") / "blocks")->path();
        std::string bytes = read_file(block);
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        std::ofstream(block, std::ios::binary) << bytes;
        const Outcome joined = run_domino(merge);
        CHECK(joined.exit_code == 4);
        CHECK_THAT(joined.err, Catch::Contains(block.string()) && Catch::Contains("SHA-256 differs"));
        CHECK_FALSE(fs::exists(folder / "joined"));
        CHECK_FALSE(fs::exists(folder / "joined.unfinished"));
    }
    SECTION("one of another seed") {
        REQUIRE(run_domino({"run", scenario, "-o", folder / "2", "--members", "7", "--seed", "9", "--shard",
                            "2/3", "-q", "--overwrite"})
                    .exit_code == 0);
        const Outcome joined = run_domino(merge);
        CHECK(joined.exit_code == 4);
        CHECK_THAT(joined.err, Catch::Contains("of another run") && Catch::Contains("from seed 9"));
    }
    SECTION("the scenario changed since") {
        folder.write("s.toml", small_scenario + "[parameters]\ns_support = 0.1\n");
        const Outcome joined = run_domino(merge);
        CHECK(joined.exit_code == 4);
        CHECK_THAT(joined.err, Catch::Contains("are not what the shards were run with"));
    }
    SECTION("something that is no shard") {
        merge.push_back(folder / "whole");
        folder.write("odd/shard.json", "{\"format\": \"domino shard 1\", \"members\": -4}");
        merge.push_back(folder / "odd");
        const Outcome joined = run_domino(merge);
        CHECK(joined.exit_code == 4);
        CHECK_THAT(joined.err, Catch::Contains("no shard.json") && Catch::Contains("odd"));
    }
}

TEST_CASE("a killed run goes on where it was, and ends the same") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    const std::vector<std::string> run = {"run", scenario, "--members", "160", "--threads", "1", "-q"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), run.begin(), run.end());
        return more;
    };
    REQUIRE(run_domino(with({"-o", folder / "whole"})).exit_code == 0);
    {
        Program program(with({"-o", folder / "out"}));
        kill_after_blocks(program, folder / "out.unfinished/blocks", 2);
    }
    REQUIRE_FALSE(fs::exists(folder / "out"));
    const std::size_t done = count_blocks(folder / "out.unfinished/blocks");
    REQUIRE(done >= 2);
    // A file that was being copied when the machine went down is run again.
    const fs::path first = folder / "out.unfinished/blocks/000000000-000000016.block";
    REQUIRE(fs::exists(first));
    fs::resize_file(first, fs::file_size(first) / 2);
    const Outcome resumed = run_domino(with({"-o", folder / "out", "--resume"}));
    CAPTURE(resumed.err);
    REQUIRE(resumed.exit_code == 0);
    CHECK_THAT(resumed.err, Catch::Contains("its members are run again"));
    check_same_files(folder / "whole", folder / "out");
    CHECK_FALSE(fs::exists(folder / "out.unfinished"));
}

TEST_CASE("a killed shard goes on where it was, and a finished one has nothing to do") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    const std::vector<std::string> command = {"run", scenario,  "--members", "200", "--threads",
                                              "1",   "--shard", "2/2",       "-o",  folder / "shard"};
    {
        Program program(command);
        kill_after_blocks(program, folder / "shard.unfinished/blocks", 1);
    }
    REQUIRE(count_blocks(folder / "shard.unfinished/blocks") >= 1);
    std::vector<std::string> again = command;
    again.emplace_back("--resume");
    const Outcome resumed = run_domino(again);
    CAPTURE(resumed.err);
    REQUIRE(resumed.exit_code == 0);
    CHECK_THAT(resumed.err, !Catch::Contains("0 of 200 members were done"));
    const Outcome once_more = run_domino(again);
    CHECK(once_more.exit_code == 0);
    CHECK_THAT(once_more.err, Catch::Contains("done already"));
    for (const char* wrong : {"0/2", "3/2", "2", "a/b", "1/", "2/2x"}) {
        const Outcome outcome = run_domino({"run", scenario, "-o", folder / "x", "--shard", wrong});
        CAPTURE(wrong);
        CHECK(outcome.exit_code == 2);
        CHECK_THAT(outcome.err, Catch::Contains("--shard"));
    }
}

TEST_CASE("a shard stopped between its last two steps keeps its members") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    const std::vector<std::string> command = {
        "run", scenario, "-o", folder / "shard", "--shard", "1/2", "--resume", "--members", "40"};
    REQUIRE(run_domino(command).exit_code == 0);
    const std::size_t blocks = count_blocks(folder / "shard/blocks");
    REQUIRE(blocks >= 1);
    // What is there when the program is killed before its results are put in place: they lie where they were
    // made, the members among them.
    fs::create_directories(folder / "shard.unfinished");
    fs::rename(folder / "shard", folder / "shard.unfinished/results");
    const Outcome again = run_domino(command);
    CAPTURE(again.err);
    REQUIRE(again.exit_code == 0);
    CHECK_THAT(again.err, Catch::Contains("20 of 40 members were done"));
    CHECK(count_blocks(folder / "shard/blocks") == blocks);
    CHECK_FALSE(fs::exists(folder / "shard.unfinished"));
}

TEST_CASE("a killed merge leaves nothing in the way of the next") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    for (const char* shard : {"1/2", "2/2"})
        REQUIRE(run_domino({"run", scenario, "-o", folder / std::string(1, shard[0]), "--shard", shard, "-q"})
                    .exit_code == 0);
    const std::vector<std::string> merge = {"merge", folder / "1", folder / "2", "-o", folder / "out", "-q"};
    {
        Program program(merge);
        for (int n = 0;
             n < 4000 && program.running() && !fs::exists(folder / "out.unfinished/results/places.csv"); ++n)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        program.kill();
        program.wait();
    }
    REQUIRE(fs::exists(folder / "out.unfinished"));
    REQUIRE_FALSE(fs::exists(folder / "out"));
    const Outcome again = run_domino(merge);
    CAPTURE(again.err);
    REQUIRE(again.exit_code == 0);
    CHECK(run_domino({"verify", folder / "out"}).exit_code == 0);
    CHECK_FALSE(fs::exists(folder / "out.unfinished"));
}

TEST_CASE("a shard on a full disk leaves nothing half") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    const auto limit = [] {
        const rlimit most{1024, 1024};
        ::setrlimit(RLIMIT_FSIZE, &most);
        std::signal(SIGXFSZ, SIG_IGN);
    };
    const Outcome outcome = Program({"run", scenario, "-o", folder / "out", "--shard", "1/2"}, limit).wait();
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK_THAT(outcome.err, Catch::Contains(".block"));
    CHECK(folder.list() == std::vector<std::string>{"s.toml"});
}

TEST_CASE("two runs at work on one output") {
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    Program first({"run", scenario, "-o", folder / "out", "--members", "60000", "--threads", "1"});
    for (int n = 0; n < 4000 && count_blocks(folder / "out.unfinished/blocks") == 0; ++n)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const Outcome second = run_domino({"run", scenario, "-o", folder / "out"});
    CHECK(second.exit_code == 2);
    CHECK_THAT(second.err, Catch::Contains("another domino is at work"));
    CHECK(first.running());
}

TEST_CASE("ranks share what is missing evenly and in order") {
    const std::vector<sim::SlotRange> missing = {{0, 5}, {7, 8}, {10, 20}};
    for (const int ranks : {1, 2, 3, 4, 16, 40}) {
        std::vector<int> members;
        std::size_t most = 0;
        for (int rank = 0; rank < ranks; ++rank) {
            std::size_t own = 0;
            for (const sim::SlotRange& range : slots_of(text_of(slots_of_rank(missing, rank, ranks)))) {
                for (int slot = range.begin; slot < range.end; ++slot) members.push_back(slot);
                own += static_cast<std::size_t>(range.size());
            }
            most = std::max(most, own);
        }
        CAPTURE(ranks);
        CHECK(members == std::vector<int>{0, 1, 2, 3, 4, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19});
        CHECK(most == static_cast<std::size_t>((16 + ranks - 1) / ranks));
    }
}

TEST_CASE("the same bytes from one process and from several ranks of mpirun") {
    if (!can_run_ranks()) {
        WARN("skipped: this domino was built without MPI, or there is no mpirun");
        return;
    }
    const TemporaryFolder folder;
    folder.write("s.toml", small_scenario);
    const std::string scenario = folder.write("t.toml", with_reference);
    REQUIRE(run_domino({"run", scenario, "-o", folder / "one", "--members", "7", "-q"}).exit_code == 0);
    for (const char* ranks : {"1", "2", "3", "4"}) {
        const std::string command = mpirun + ranks + " " + DOMINO_PROGRAM + " run " + scenario + " -o " +
                                    (folder / ranks) + " --members 7 -q > " + (folder / "out") + " 2> " +
                                    (folder / "err");
        const int status = std::system(command.c_str());
        CAPTURE(ranks, read_file(folder / "err"));
        REQUIRE(status == 0);
        check_same_files(folder / "one", folder / ranks);
        CHECK_THAT(read_file(fs::path(folder / ranks) / "manifest.json"),
                   Catch::Contains(std::string("\"ranks\": ") + ranks));
    }
}

TEST_CASE("what is wrong with a rank is said once, and nobody waits for anybody") {
    if (!can_run_ranks()) {
        WARN("skipped: this domino was built without MPI, or there is no mpirun");
        return;
    }
    const TemporaryFolder folder;
    const std::string scenario = folder.write("s.toml", small_scenario);
    const auto run_ranks = [&](const std::string& file, const std::string& more) {
        const std::string command = mpirun + "3 " + DOMINO_PROGRAM + " run " + file + " -o " +
                                    (folder / "ranks") + more + " > " + (folder / "out") + " 2> " +
                                    (folder / "err");
        return std::system(command.c_str());
    };
    const auto said_times = [&](const std::string& text) {
        const std::string said = read_file(folder / "err");
        int times = 0;
        for (std::size_t at = said.find(text); at != std::string::npos; at = said.find(text, at + 1)) ++times;
        return times;
    };
    SECTION("a scenario that no rank can read") {
        const std::string wrong = folder.write("wrong.toml", small_scenario + "[run2]\nx = 1\n");
        CHECK(run_ranks(wrong, "") != 0);
        CAPTURE(read_file(folder / "err"));
        CHECK(said_times("wrong.toml:") == 1);
        CHECK_FALSE(fs::exists(folder / "ranks"));
    }
    SECTION("results that are there already") {
        fs::create_directories(folder / "ranks");
        CHECK(run_ranks(scenario, "") != 0);
        CAPTURE(read_file(folder / "err"));
        CHECK(said_times("exists already") == 1);
    }
    SECTION("members of one rank that cannot be written") {
        // Members 4 to 6 are the third rank's.
        fs::create_directories(folder / "ranks.unfinished/blocks/000000004-000000007.block.part");
        const std::string more = " --members 7 --threads 1 --resume";
        CHECK(run_ranks(scenario, more) != 0);
        CAPTURE(read_file(folder / "err"));
        CHECK(said_times("error: rank 2 of 3: ") == 1);
        CHECK(said_times("000000004-000000007.block") == 1);
        CHECK(said_times("--resume goes on from there") == 1);
        CHECK(count_blocks(folder / "ranks.unfinished/blocks") == 2);
        fs::remove_all(folder / "ranks.unfinished/blocks/000000004-000000007.block.part");
        CHECK(run_ranks(scenario, more) == 0);
        CHECK(said_times("4 of 7 members were done") == 1);
        REQUIRE(run_domino({"run", scenario, "-o", folder / "one", "--members", "7", "-q"}).exit_code == 0);
        check_same_files(folder / "one", folder / "ranks");
    }
    CHECK(said_times("MPI_ABORT") == 0);
}

}  // namespace domino::cli::test
