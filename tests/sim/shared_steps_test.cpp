// Threads may share the work of a step: the same bits whoever does what.
#include <catch2/catch.hpp>
#include <stdexcept>

#include "geo/portable_math.h"
#include "sim/ensemble_threads.h"
#include "sim/member_run.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;

namespace {

struct Batch {
    std::vector<MemberOutcome> outcomes;
    PlaceYears places;
};

Batch run_batch(const PreparedWorld& prepared, std::uint32_t members, const Threads* threads) {
    std::vector<MemberDraws> draws;
    for (std::uint32_t m = 0; m < members; ++m) draws.push_back(draw_member(*prepared.world, {5, m}));
    std::vector<MemberInput> inputs;
    for (std::uint32_t m = 0; m < members; ++m) inputs.push_back({&draws[m], {5, m}});
    BatchRoute route;
    route.threads = threads;
    Batch batch{{}, PlaceYears(prepared, members)};
    batch.outcomes = run_members(prepared, inputs, CouplingSwitch::on, &batch.places, nullptr,
                                 best_instruction_set(), route);
    return batch;
}

}  // namespace

TEST_CASE("one batch comes out the same whether or not threads share its steps") {
    World world = test::rich_world(test::identity_order(1200));
    world.calendar.months_per_step = 3;
    for (Technology& t : world.technologies) t.between_places = half_normal(0.02);
    // Most of it lies in one country.
    for (std::size_t i = 0; i < world.places.size(); ++i) {
        if (world.places[i].country != 1 || i % 10 == 0) continue;
        world.places[i].country = 0;
        world.places[i].admin1 = world.places[0].admin1;
    }
    const PreparedWorld prepared = prepare(world);
    const Batch alone = run_batch(prepared, 3, nullptr);
    for (const int count : {1, 2, 3}) {
        const Threads threads(count);
        const Batch shared = run_batch(prepared, 3, &threads);
        REQUIRE(alone.places.emissions_t == shared.places.emissions_t);
        REQUIRE(alone.places.adoption_sum == shared.places.adoption_sum);
        REQUIRE(alone.places.capacity_sum == shared.places.capacity_sum);
        for (std::size_t m = 0; m < alone.outcomes.size(); ++m) {
            const MemberOutcome &a = alone.outcomes[m], &b = shared.outcomes[m];
            REQUIRE(a.events.size() == b.events.size());
            REQUIRE(a.stage_step == b.stage_step);
            REQUIRE(a.stock_units == b.stock_units);
            REQUIRE(a.added_units == b.added_units);
            REQUIRE(a.sector_year_t == b.sector_year_t);
            REQUIRE(a.month_t == b.month_t);
            REQUIRE(a.trace.additions == b.trace.additions);
            REQUIRE(a.trace.modelled_power_kwh == b.trace.modelled_power_kwh);
            REQUIRE(a.scheme_spent_jpy == b.scheme_spent_jpy);
            REQUIRE(a.credits.flows == b.credits.flows);
            REQUIRE(a.identities.stock == b.identities.stock);
        }
    }
}

TEST_CASE("threads run every task once, from within tasks too, and pass exceptions on") {
    const Threads threads(2);
    CHECK(threads.count() >= 1);
    std::vector<int> done(64, 0);
    threads.run(
        8, [&](std::size_t outer) { threads.run(8, [&](std::size_t inner) { ++done[outer * 8 + inner]; }); });
    CHECK(done == std::vector<int>(64, 1));
    threads.run_and_help(
        8, [&](std::size_t outer) { threads.run(8, [&](std::size_t inner) { ++done[outer * 8 + inner]; }); });
    CHECK(done == std::vector<int>(64, 2));
    const auto fail = [](std::size_t n) {
        if (n == 3) throw std::runtime_error("three");
    };
    CHECK_THROWS_WITH(threads.run(8, fail), "three");
    CHECK_THROWS_WITH(threads.run_and_help(8, fail), "three");
    CHECK_THROWS_WITH(run_shared(nullptr, 8, fail), "three");
    std::vector<std::size_t> order;
    run_shared(nullptr, 3, [&](std::size_t n) { order.push_back(n); });
    CHECK(order == std::vector<std::size_t>{0, 1, 2});
}
