#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using namespace domino::cli::test;
using nlohmann::json;

namespace {

// Two hubs that reach the same, and a third that reaches others.
const std::string hubs =
    "from,to,weight\nbig,a,1\nbig,b,1\nbig,c,1\nbig,d,1\ntwin,a,1\ntwin,b,1\ntwin,c,1\nfar,x,1\nfar,y,1\n";

Outcome optimize(std::vector<std::string> more) {
    more.insert(more.begin(), "optimize");
    return run_domino(more);
}

}  // namespace

TEST_CASE("optimize finds the seeds that reach most, with a certificate") {
    const TemporaryFolder folder;
    const std::string file = folder.write("hubs.csv", hubs);
    const Outcome text = optimize({file, "--model", "ic", "-k", "2", "--quiet"});
    REQUIRE(text.exit_code == 0);
    CHECK_THAT(text.out, Catch::StartsWith("# model: ic, "));
    CHECK_THAT(text.out, Catch::Contains("# certificate: these add at least "));
    CHECK_THAT(text.out, Catch::Contains("\nrank,node,added_spread,gain\n1,big,"));
    CHECK_THAT(text.out, Catch::Contains("\n2,far,"));
    const json told = json::parse(optimize({file, "--model", "ic", "-k", "2", "--quiet", "--json"}).out);
    CHECK(told.at("added_spread").get<double>() == Approx(8.0).margin(0.3));
    CHECK(told.at("certificate").at("reached").get<bool>());
    CHECK(told.at("certificate").at("lower_bound").get<double>() <= 8.0);
    CHECK(told.at("certificate").at("upper_bound").get<double>() >= 8.0);
    const Outcome threads = optimize({file, "--model", "ic", "-k", "2", "--quiet", "--threads", "3"});
    CHECK(threads.out == text.out);
}

TEST_CASE("optimize runs the other models") {
    const TemporaryFolder folder;
    const std::string file = folder.write("hubs.csv", hubs);
    const Outcome threshold = optimize({file, "--model", "lt", "--in-degree", "-k", "1", "--quiet"});
    REQUIRE(threshold.exit_code == 0);
    CHECK_THAT(threshold.out, Catch::Contains("\n1,big,"));
    const Outcome hazard = optimize(
        {file, "--model", "hazard", "--p", "0.01", "--q", "0.5", "--until", "5", "-k", "1", "--quiet"});
    REQUIRE(hazard.exit_code == 0);
    CHECK_THAT(hazard.out, Catch::Contains("\n1,big,"));
}

TEST_CASE("optimize says what is wrong") {
    const TemporaryFolder folder;
    const std::string file = folder.write("hubs.csv", hubs);
    const auto check = [&](std::vector<std::string> more, int exit_code, const std::string& message) {
        more.insert(more.begin(), file);
        const Outcome outcome = optimize(more);
        CHECK(outcome.exit_code == exit_code);
        CHECK_THAT(outcome.err, Catch::Contains(message));
        CHECK(outcome.out.empty());
    };
    check({"--model", "ic", "-k", "100"}, 5, "has 9 nodes");
    for (const std::string none : {"0", "-1", "1.5", "nan", "99999999999999999999999"})
        check({"--model", "ic", "-k", none}, 2, "--count: " + none + " is no whole number from 1 on;");
    for (const std::string none : {"0", "-1", "nan", "inf", "1e300", "much"})
        check({"--model", "ic", "-k", "1", "--memory", none}, 2,
              "--memory: " + none + " is no number above 0 and up to 1e+09;");
    check({"--model", "ic", "-k", "1", "--confidence", "nan"}, 2, "--confidence: nan is no number from 0.5");
    check({"--model", "ic", "-k", "1", "--probability", "nan"}, 2, "--probability: nan is no number from 0");
    check({"--model", "ic"}, 2, "--count");
    check({"--model", "ic", "-k", "1", "--q", "0.3"}, 2, "means nothing to --model ic");
    check({"--model", "hazard", "-k", "1"}, 2, "takes rates a year");
    check({"--model", "lt", "-k", "1"}, 4, "sum to 2");
    check({"--model", "ic", "-k", "1", "--ratio", "1.5"}, 2, "--ratio: 1.5 is no number from 0.01 to 0.99");
    check({"--model", "ic", "-k", "1", "-o", file}, 2, "exists already");
}
