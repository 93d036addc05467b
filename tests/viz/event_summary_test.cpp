#include <catch2/catch.hpp>

#include "tests/support/small_results.h"
#include "viz/event_summary.h"

using namespace domino;
using namespace domino::test;

TEST_CASE("the report sees one group where the ledger names several causes or layers") {
    const SmallRun run = make_small_run(WithReference::no);
    sim::RunResults results = run.results.scenario;
    const auto event = [](std::uint32_t member, std::uint16_t step, sim::Cause cause, std::uint16_t layer,
                          double share) {
        sim::CommitmentEvent e;
        e.member = member;
        e.place = 4;
        e.source = 1;
        e.step = step;
        e.cause = cause;
        e.layer = layer;
        e.share = share;
        return e;
    };
    // Coercion counts as own province through whichever layer; a layer of kind collaboration does not.
    results.events = {event(0, 20, sim::Cause::coercion, 0, 0.5), event(1, 10, sim::Cause::coercion, 1, 0.3),
                      event(2, 30, sim::Cause::coercion, 0, 0.7), event(3, 12, sim::Cause::layer, 1, 0.9)};
    const viz::EventSummary told = viz::summarize_events(run.built, results);

    REQUIRE(told.groups.size() == 2);
    CHECK(told.groups[0].slot == viz::own_province);
    CHECK(told.groups[0].members == 3);
    CHECK(told.groups[0].median_step == 20.0);
    CHECK(told.groups[0].mean_share == Approx(0.5));
    CHECK(told.groups[1].slot == viz::agreement);

    REQUIRE(told.ledger_groups.size() == 3);
    const viz::LedgerGroup& most = told.ledger_groups[0];
    CHECK(most.cause == sim::Cause::coercion);
    CHECK(most.layer == 0);
    CHECK(most.members == 2);
    CHECK(most.median_step == 25.0);
    CHECK(most.mean_share == Approx(0.6));
    std::uint32_t own_province = 0;
    for (const viz::LedgerGroup& group : told.ledger_groups)
        own_province += group.slot == viz::own_province ? group.members : 0;
    CHECK(own_province == told.groups[0].members);
}
