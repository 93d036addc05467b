#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using namespace domino::cli::test;
using nlohmann::json;

namespace {

const std::string diamond = "from,to\na,b\na,c\nb,d\nc,d\n";
const std::string weighted_diamond = "from,to,weight\nc,d,0.5\na,b,0.5\nb,d,0.5\na,c,0.5\n";

std::vector<std::string> spread(std::vector<std::string> more) {
    more.insert(more.begin(), "spread");
    return more;
}

double expected_spread(const Outcome& outcome) {
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    return json::parse(outcome.out).at("expected_spread").get<double>();
}

}  // namespace

TEST_CASE("spread is in the help, the manual and the completion") {
    CHECK_THAT(run_domino({"--help"}).out, Catch::Contains("domino spread edges.csv"));
    CHECK_THAT(run_domino({"spread", "--help"}).out, Catch::Contains("Examples:"));
    CHECK_THAT(run_domino({"--man"}).out, Catch::Contains(".SS domino spread EDGES"));
    CHECK_THAT(run_domino({"--completion"}).out, Catch::Contains("--threshold-count"));
}

TEST_CASE("spread tells exact answers of the textbook") {
    const TemporaryFolder folder;
    const std::string plain = folder.write("plain.csv", diamond);
    const std::string weighted = folder.write("weighted.csv", weighted_diamond);
    const Outcome cascade =
        run_domino(spread({plain, "--model", "ic", "--probability", "0.5", "--seeds", "a", "--exact"}));
    CHECK(cascade.exit_code == 0);
    CHECK(cascade.err.empty());
    CHECK(cascade.out ==
          "# model: ic, exact\n"
          "# graph: 4 nodes, 4 edges\n"
          "# seeds: a\n"
          "# expected spread: 2.4375\n"
          "# standard error: 0\n"
          "node,activation_probability,standard_error\n"
          "a,1,0\n"
          "b,0.5,0\n"
          "c,0.5,0\n"
          "d,0.4375,0\n");
    const auto exactly = [](const std::string& file, std::vector<std::string> more) {
        more.insert(more.begin(), {file, "--seeds", "a", "--json"});
        return expected_spread(run_domino(spread(more)));
    };
    CHECK(exactly(weighted, {"--model", "ic", "--exact"}) == 2.4375);
    CHECK(exactly(weighted, {"--model", "lt", "--exact"}) == 2.5);
    // Without weights in-degrees decide: b and c follow for certain, and so does d.
    CHECK(exactly(plain, {"--model", "lt", "--exact"}) == 4.0);
    CHECK(exactly(plain, {"--model", "ic", "--in-degree", "--exact"}) == 3.75);
    CHECK(exactly(plain, {"--model", "threshold", "--threshold", "0.5"}) == 4.0);
    CHECK(exactly(plain, {"--model", "threshold", "--threshold-count", "2"}) == 1.0);
    CHECK(exactly(plain, {"--model", "hazard", "--q", "0.5", "--until", "2", "--dt", "2", "--exact"}) ==
          Approx(1.0 + 2.0 * (1.0 - std::exp(-1.0))));
    const Outcome curve = run_domino(spread(
        {plain, "--model", "hazard", "--q", "0.5", "--until", "1", "--exact", "--seeds", "a,d", "--json"}));
    const json told = json::parse(curve.out);
    CHECK(told["over_time"].size() == 13);
    CHECK(told["seeds"] == json({"a", "d"}));
    CHECK(told["over_time"][12]["expected_spread"] == told["expected_spread"]);
}

TEST_CASE("spread simulates: the same bytes for any threads and order of rows, near the exact answer") {
    const TemporaryFolder folder;
    const std::string edges = folder.write("e.csv", weighted_diamond);
    const std::string other = folder.write("o.csv",
                                           "weight,target,source\n0.5,c,a\n0.5,d,b\n"
                                           "0.5,b,a\n0.5,d,c\n");
    for (const std::string model : {"ic", "lt", "hazard"}) {
        CAPTURE(model);
        std::vector<std::string> common = {"--model", model, "--seeds", "a", "--json"};
        if (model == "hazard") common.insert(common.end(), {"--q", "0.4", "--p", "0.01", "--until", "3"});
        const auto run = [&](std::vector<std::string> more) {
            more.insert(more.end(), common.begin(), common.end());
            return run_domino(spread(more));
        };
        const Outcome one = run({edges, "--members", "20000", "--threads", "1"});
        CHECK(one.out == run({other, "--members", "20000", "--threads", "3"}).out);
        CHECK(one.out != run({edges, "--members", "20000", "--seed", "2"}).out);
        const double exact = expected_spread(run({edges, "--exact"}));
        const json told = json::parse(one.out);
        const double error = told["standard_error"];
        CHECK(error > 0.0);
        CHECK(std::abs(told["expected_spread"].get<double>() - exact) < 4.0 * error);
        double sum = 0.0;
        for (const json& node : told["activation"]) sum += node["activation_probability"].get<double>();
        CHECK(sum == Approx(told["expected_spread"].get<double>()));
    }
}

TEST_CASE("spread sorts nodes as a reader expects, quotes names, and takes edges both ways") {
    const TemporaryFolder folder;
    const std::string numbers = folder.write("n.csv", "from,to\n10,9\n9,100\n");
    const Outcome sorted =
        run_domino(spread({numbers, "--model", "ic", "--probability", "1", "--seeds", "9"}));
    CHECK_THAT(sorted.out, Catch::Contains("\n9,1,0\n10,0,0\n100,1,0\n"));
    const Outcome both = run_domino(spread(
        {numbers, "--model", "ic", "--probability", "1", "--seeds", "9", "--undirected", "--members", "5"}));
    CHECK_THAT(both.out, Catch::Contains("\n9,1,0\n10,1,0\n100,1,0\n"));
    const std::string quoted = folder.write("q.csv", "from,to\n\"Da Nang, city\",\"say \"\"x\"\"\"\n");
    const Outcome names = run_domino(
        spread({quoted, "--model", "threshold", "--threshold-count", "1", "--seeds", "say \"x\""}));
    CHECK_THAT(names.out, Catch::Contains("\"Da Nang, city\",0,0\n\"say \"\"x\"\"\",1,0\n"));
}

TEST_CASE("spread writes a file whole, and replaces one only when told to") {
    const TemporaryFolder folder;
    const std::string edges = folder.write("e.csv", diamond);
    const std::vector<std::string> common = {edges,     "--model", "threshold", "--threshold",     "0.5",
                                             "--seeds", "a",       "-o",        folder / "out.csv"};
    const Outcome written = run_domino(spread(common));
    CHECK(written.exit_code == 0);
    CHECK(written.out.empty());
    CHECK_THAT(written.err, Catch::Contains("expected spread 4"));
    CHECK_THAT(read_file(folder / "out.csv"), Catch::Contains("d,1,0\n"));
    CHECK(run_domino(spread(common)).exit_code == 2);
    std::vector<std::string> again = common;
    again.emplace_back("--overwrite");
    CHECK(run_domino(spread(again)).exit_code == 0);
    CHECK(folder.list() == std::vector<std::string>{"e.csv", "out.csv"});
}

TEST_CASE("spread stops at Ctrl-C and leaves nothing") {
    const TemporaryFolder folder;
    const std::string edges = folder.write("e.csv", weighted_diamond);
    Program program(spread({edges, "--model", "ic", "--seeds", "a", "--members", "50000000", "--threads", "1",
                            "-o", folder / "out.csv"}));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    program.interrupt();
    CHECK(program.wait().exit_code == 130);
    CHECK(folder.list() == std::vector<std::string>{"e.csv"});
}

TEST_CASE("spread tells what is wrong, all at once, with an exit code") {
    const TemporaryFolder folder;
    const std::string edges = folder.write("e.csv", diamond);
    struct Wrong {
        std::string table;
        std::vector<std::string> arguments;
        int exit_code;
        std::vector<std::string> told;
    };
    const std::vector<std::string> ic = {"--model", "ic", "--seeds", "a", "--exact"};
    const auto with = [](std::vector<std::string> more, std::initializer_list<const char*> last) {
        more.insert(more.end(), last.begin(), last.end());
        return more;
    };
    const std::string dense = [] {
        std::string text = "from,to,weight\n";
        for (int a = 0; a < 40; ++a)
            for (int b = 0; b < 40; ++b)
                if (a != b) text += std::to_string(a) + "," + std::to_string(b) + ",0.5\n";
        return text;
    }();
    const std::vector<Wrong> all = {
        {"from,to,weight\na,a,0.5\nb,,0.5\na,b,-1\na,c,x\na,d,1.5\na,e,0.5\na,e,0.2\n",
         ic,
         4,
         {":2, column to: \"a\" acts on itself", ":3, column to: the name of a node is missing",
          ":4, column weight: weight -1 is negative", ":5, column weight: \"x\" is not a finite number",
          ":6, column weight: weight 1.5 is above 1",
          ":8, column from: the edge from \"a\" to \"e\" stands "
          "already on line 7"}},
        {"form,to\na,b\n", ic, 4, {"column \"from\" is missing", "rename \"form\""}},
        {"from,to,weight\n", ic, 4, {"there are no edges"}},
        {"from,to,weight\na,b,0.1\n",
         with(ic, {"--undirected", "--weight", "wait"}),
         4,
         {"\"wait\" is missing"}},
        {"from,to,weight\na,b,0.1\nb,a,0.1\n", with(ic, {"--undirected"}), 4, {"edges act both ways here"}},
        {"from,to,weight\na,c,0.7\nb,c,0.7\n",
         {"--model", "lt", "--seeds", "a"},
         4,
         {"edges to \"c\"", "sum to 1.4", "at most 1"}},
        {diamond, ic, 2, {"no column weight or probability", "--probability P"}},
        {diamond, {"--model", "lt", "--seeds", "a,,b"}, 2, {"empty name"}},
        {"from,to\nTokyo,Osaka\n", {"--model", "lt", "--seeds", "Tokio"}, 2, {"did you mean \"Tokyo\""}},
        {diamond, {"--model", "lt", "--seeds", "a", "--q", "1"}, 2, {"--q means nothing to --model lt"}},
        {diamond, {"--model", "lt", "--seeds", "a", "--exact", "--members", "9"}, 2, {"leave out --members"}},
        {diamond, {"--model", "sir", "--seeds", "a"}, 2, {"--model"}},
        {diamond, {"--model", "hazard", "--seeds", "a"}, 2, {"--p", "--q"}},
        {diamond, {"--model", "hazard", "--seeds", "a", "--q", "-1"}, 2, {"a rate of -1"}},
        {diamond, {"--model", "hazard", "--seeds", "a", "--q", "1", "--dt", "0"}, 2, {"a step of 0 years"}},
        {diamond,
         {"--model", "hazard", "--seeds", "a", "--q", "1", "--until", "1", "--dt", "0.3"},
         2,
         {"no whole number of steps", "--until 0.9 or 1.2"}},
        {diamond, {"--model", "lt", "--seeds", "a,b,a"}, 2, {"\"a\" twice"}},
        {diamond, {"--model", "threshold", "--seeds", "a"}, 2, {"--threshold SHARE"}},
        {diamond, {"--model", "threshold", "--seeds", "a", "--threshold", "0"}, 2, {"threshold of 0"}},
        {diamond,
         {"--model", "threshold", "--seeds", "a", "--threshold", "nan"},
         2,
         {"--threshold: nan is no number from 0 to 1"}},
        {diamond,
         {"--model", "threshold", "--seeds", "a", "--threshold-count", "inf"},
         2,
         {"--threshold-count: inf is no number"}},
        {diamond, {"--model", "ic", "--seeds", "a", "--probability", "nan"}, 2, {"--probability: nan is no"}},
        {diamond, {"--model", "hazard", "--seeds", "a", "--q", "nan"}, 2, {"a rate of nan"}},
        {diamond,
         {"--model", "hazard", "--seeds", "a", "--q", "1", "--until", "nan"},
         2,
         {"after nan years"}},
        {diamond, {"--model", "hazard", "--seeds", "a", "--q", "1", "--dt", "inf"}, 2, {"a step of inf"}},
        {dense, {"--model", "ic", "--seeds", "1", "--exact"}, 5, {"exact answer takes at most", "--members"}},
        {dense, {"--model", "hazard", "--q", "1", "--seeds", "1", "--exact"}, 5, {"3^nodes", "--members"}},
    };
    for (const Wrong& wrong : all) {
        std::vector<std::string> arguments = wrong.arguments;
        arguments.insert(arguments.begin(), folder.write("w.csv", wrong.table));
        const Outcome outcome = run_domino(spread(arguments));
        CAPTURE(wrong.table.substr(0, 80), wrong.arguments, outcome.err);
        CHECK(outcome.exit_code == wrong.exit_code);
        CHECK(outcome.out.empty());
        for (const std::string& part : wrong.told) CHECK_THAT(outcome.err, Catch::Contains(part));
    }
    CHECK(run_domino(spread({folder / "none.csv", "--model", "lt", "--seeds", "a"})).exit_code == 4);
}
