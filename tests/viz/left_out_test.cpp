#include "viz/left_out.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/viz/small_context.h"

namespace domino {
namespace {

using scenarios::OnOff;

/// Places kept as distributions, and commitments of the first member alone.
test::SmallRun summed_run() {
    test::SmallRun run = test::make_small_run(test::WithReference::no);
    sim::RunResults& results = run.results.scenario;
    results.distributions.emplace(results.places, results.calendar);
    results.event_members = 1;
    return run;
}

bool names(const test::SmallRun& run, const std::string& file) {
    const auto left = viz::list_left_out(test::make_context(run, "data"));
    return std::any_of(left.begin(), left.end(),
                       [&](const viz::LeftOut& one) { return one.what.find(file) != std::string::npos; });
}

TEST_CASE("nothing is left out where every member is kept") {
    const test::SmallRun run = test::make_small_run(test::WithReference::no);
    CHECK(viz::list_left_out(test::make_context(run, "data")).empty());
}

TEST_CASE("what lacks members is named for each file that is asked for, and for no other") {
    test::SmallRun run = summed_run();
    for (const char* file : {"report.html", "results.nc", "domino_ledger.csv", "results.gpkg"})
        CHECK(names(run, file));
    const viz::LeftOut last = viz::list_left_out(test::make_context(run, "data")).back();
    CHECK(last.what == "members beyond the first 1 in layers events and domino_links of results.gpkg");
    CHECK(last.why.find("every commitment of every member") == 0);
    scenarios::OutputSection& wanted = run.scenario.output;
    wanted.ledger = OnOff::off;
    CHECK_FALSE(names(run, "domino_ledger.csv"));
    CHECK(names(run, "results.gpkg"));
    wanted.geopackage = OnOff::off;
    wanted.report = OnOff::off;
    CHECK_FALSE(names(run, "results.gpkg"));
    CHECK_FALSE(names(run, "report.html"));
}

}  // namespace
}  // namespace domino
