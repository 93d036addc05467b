#include "sim/commitment.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "geo/portable_math.h"
#include "tests/sim/literal_world.h"

using namespace domino::sim;
using domino::sim::test::LiteralWorld;

namespace {

/// A commitment process with everything it refers to.
struct Running {
    explicit Running(const World& world, MemberId id = {1, 0}, CouplingSwitch coupling = CouplingSwitch::on)
        : prepared(prepare(world)),
          draws(draw_member(world, id)),
          propensity(place_propensity(prepared, draws)),
          trend(solve_trend(prepared, draws, propensity)),
          process(prepared, draws, id, propensity, trend, coupling) {}

    PreparedWorld prepared;
    MemberDraws draws;
    std::vector<double> propensity;
    Trend trend;
    CommitmentProcess process;
    std::vector<CommitmentEvent> events;
};

const Month open_start{INT32_MIN};

}  // namespace

TEST_CASE("without coupling the waiting time is exponential with the own hazard") {
    const std::size_t n = 20000;
    LiteralWorld world(n, 120);
    world->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(0.15));
    Running run(*world);
    for (int s = 0; s < 120; ++s) run.process.step(s, run.events);
    const double expected = 1.0 - std::exp(-0.15 * 10.0);
    const double se = std::sqrt(expected * (1.0 - expected) / n);
    CHECK(std::abs(static_cast<double>(run.events.size()) / n - expected) < 4.0 * se);
    for (const CommitmentEvent& e : run.events) REQUIRE(e.cause == Cause::spontaneous);
}

TEST_CASE("a star: symmetric neighbours have equal shares, shares sum to one") {
    // Leaves 1 … 4, committed from the start, act on the centre 0.
    LiteralWorld world(5, 12);
    for (std::size_t i = 1; i < 5; ++i) world->places[i].committed_since = make_month(2019, 6);
    world->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(0.0006));
    world.add_layer("near", LayerKind::proximity, {{1, 0, 1.0}, {2, 0, 1.0}, {3, 0, 1.0}, {4, 0, 1.0}}, 4.0);
    Running run(*world);
    run.process.step(0, run.events);
    REQUIRE(run.events.empty());  // this seed's draw leaves the centre waiting
    const auto terms = run.process.terms(0, 1);
    REQUIRE(terms.size() == 5);
    double total = 0.0;
    for (const auto& t : terms) total += t.amount;
    // Hazard 0.0006·(1 + 4·1) a year: own accord one fifth, each leaf one fifth.
    CHECK(total == Approx(0.003 / 12.0));
    for (const auto& t : terms) CHECK(t.amount / total == Approx(0.2));
}

TEST_CASE("a chain passes commitment on one step at a time") {
    // 0 -> 1 -> 2 with so strong a pull that each place follows at the step after its source.
    LiteralWorld world(3, 12);
    world->places[0].committed_since = make_month(2020, 3);
    world->countries[0].commitment.log_hazard_forecast = fixed(-30.0);
    world.add_layer("pairs", LayerKind::collaboration,
                    {{0, 1, 1.0, open_start, never}, {1, 2, 1.0, open_start, never}}, 1e18);
    Running run(*world);
    for (int s = 0; s < 12; ++s) run.process.step(s, run.events);
    REQUIRE(run.events.size() == 3);
    CHECK(run.events[0].step == 2);
    CHECK(run.events[0].cause == Cause::observed);
    CHECK(run.events[1].place == 1);
    CHECK(run.events[1].step == 3);
    CHECK(run.events[1].source == 0);
    CHECK(run.events[1].cause == Cause::layer);
    CHECK(run.events[2].place == 2);
    CHECK(run.events[2].step == 4);
    CHECK(run.events[2].source == 1);
    CHECK(run.events[2].share == Approx(1.0));
}

TEST_CASE("in a cycle nobody starts: exposure alone is not a cause") {
    LiteralWorld world(3, 60);
    world->countries[0].commitment.log_hazard_forecast = fixed(-1000.0);
    world.add_layer("near", LayerKind::proximity, {{0, 1, 1.0}, {1, 2, 1.0}, {2, 0, 1.0}}, 1e6);
    Running run(*world);
    for (int s = 0; s < 60; ++s) run.process.step(s, run.events);
    CHECK(run.events.empty());
}

TEST_CASE("dated edges act only while they are live, and an ended edge does not strengthen the others") {
    LiteralWorld world(3, 36);
    world->places[1].committed_since = make_month(2019, 1);
    world->places[2].committed_since = make_month(2019, 1);
    world->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(1e-6));
    world.add_layer(
        "pairs", LayerKind::collaboration,
        {{1, 0, 1.0, make_month(2021, 1), make_month(2022, 1)}, {2, 0, 1.0, make_month(2020, 7), never}},
        1.0);
    Running run(*world);
    const auto exposure_at = [&](int step) {
        double pull = 0.0;
        for (const auto& t : run.process.terms(0, step)) {
            if (t.cause == Cause::layer) pull += t.amount;
        }
        return pull / (1e-6 / 12.0);
    };
    // terms() speaks of any step; the level is set by the first step run.
    run.process.step(0, run.events);
    CHECK(exposure_at(0) == Approx(0.0));
    CHECK(exposure_at(6) == Approx(1.0));   // the second alone
    CHECK(exposure_at(12) == Approx(1.0));  // both, normalised
    CHECK(exposure_at(24) == Approx(0.5));  // the first has ended: half, not one
}

TEST_CASE("a threshold layer pushes only from phi on") {
    LiteralWorld world(5, 12);
    for (std::size_t i = 1; i < 3; ++i) world->places[i].committed_since = make_month(2019, 6);
    world->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(1e-6));
    world.add_layer("near", LayerKind::proximity, {{1, 0, 1.0}, {2, 0, 1.0}, {3, 0, 1.0}, {4, 0, 1.0}}, 7.0);
    world->couplings[0].response = Response::threshold;
    for (const auto& [phi, pull] : {std::pair(0.5, 7.0), std::pair(0.51, 0.0)}) {
        world->couplings[0].threshold = fixed(phi);
        Running run(*world);
        run.process.step(0, run.events);
        double sum = 0.0;
        for (const auto& t : run.process.terms(0, 0)) {
            if (t.cause == Cause::layer) sum += t.amount;
        }
        CHECK(sum / (1e-6 / 12.0) == Approx(pull));
    }
}

TEST_CASE("coercion commits the children of a new declaration with probability c, one step later") {
    const std::size_t children = 4000;
    LiteralWorld world(children + 1, 12);
    world->places[0].committed_since = make_month(2020, 5);
    std::vector<DatedEdge> edges;
    for (std::uint32_t i = 1; i <= children; ++i) edges.push_back({0, i, 1.0});
    world.add_layer("province", LayerKind::hierarchy, edges, 0.0);
    world->couplings[0].coercion = fixed(0.3);
    Running run(*world);
    std::map<int, std::size_t> by_step;
    for (int s = 0; s < 12; ++s) run.process.step(s, run.events);
    for (const CommitmentEvent& e : run.events) {
        if (e.place == 0) continue;
        CHECK(e.cause == Cause::coercion);
        CHECK(e.source == 0);
        ++by_step[e.step];
    }
    REQUIRE(by_step.size() == 1);
    CHECK(by_step.begin()->first == 5);
    const double share = static_cast<double>(by_step[5]) / children;
    CHECK(std::abs(share - 0.3) < 4.0 * std::sqrt(0.3 * 0.7 / children));
}

TEST_CASE("a joint declaration carries each place of its unit with probability pi") {
    const std::size_t n = 5000;
    LiteralWorld world(n, 12);
    world->countries[0].commitment.block_rate = fixed(6.0);
    world->parameters.block_join = fixed(0.2);
    Running run(*world);
    for (int s = 0; s < 12; ++s) run.process.step(s, run.events);
    REQUIRE_FALSE(run.events.empty());
    std::map<int, std::size_t> by_step;
    for (const CommitmentEvent& e : run.events) {
        CHECK(e.cause == Cause::block_shock);
        ++by_step[e.step];
    }
    std::size_t waiting = n;
    for (const auto& [step, joined] : by_step) {
        // k declarations in a month carry 1 − 0.8^k of those still waiting.
        const double share = static_cast<double>(joined) / static_cast<double>(waiting);
        const double k = std::max(1.0, std::round(std::log(1.0 - share) / std::log(0.8)));
        const double expected = 1.0 - std::pow(0.8, k);
        const double se = std::sqrt(expected * (1.0 - expected) / static_cast<double>(waiting));
        CHECK(std::abs(share - expected) < 4.0 * se);
        waiting -= joined;
    }
    CHECK(by_step.size() >= 2);
}

TEST_CASE("the trend is solved so that the coupled mean field passes the observed counts") {
    LiteralWorld world(200, 60);
    world->countries[0].commitment.observed = {{make_month(2020, 12), 0.1}, {make_month(2022, 6), 0.45}};
    world->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(0.15));
    std::vector<DatedEdge> ring;
    for (std::uint32_t i = 0; i < 200; ++i) ring.push_back({i, (i + 1) % 200, 1.0});
    world.add_layer("near", LayerKind::proximity, ring, 2.0);
    const PreparedWorld prepared = prepare(*world);
    double sums[2] = {};
    const int members = 200;
    for (std::uint32_t m = 0; m < members; ++m) {
        Running run(*world, {3, m});
        for (int s = 0; s < 30; ++s) {
            run.process.step(s, run.events);
            if (s == 11) sums[0] += static_cast<double>(run.events.size()) / 200.0;
        }
        sums[1] += static_cast<double>(run.events.size()) / 200.0;
    }
    CHECK(sums[0] / members == Approx(0.1).margin(0.01));
    CHECK(sums[1] / members == Approx(0.45).margin(0.02));
}
