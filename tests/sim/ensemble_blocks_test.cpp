#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "sim/block_bytes.h"
#include "sim/ensemble_join.h"
#include "tests/sim/rich_world.h"

namespace domino::sim {
namespace {

using test::identity_order;
using test::random_at;
using test::rich_world;

constexpr int member_count = 23;

EnsembleOptions some_options(std::size_t place_memory_bytes = std::size_t{1} << 30) {
    EnsembleOptions options;
    options.members = member_count;
    options.threads = 2;
    options.seed = 4;
    options.first_member = 3;
    options.place_memory_bytes = place_memory_bytes;
    return options;
}

void require_same(const RunResults& a, const RunResults& b) {
    for_each_member_array([](const auto& x, const auto& y) { REQUIRE(x == y); }, a, b);
    REQUIRE(a.capacity_mean == b.capacity_mean);
    REQUIRE(a.adoption_mean == b.adoption_mean);
    REQUIRE(a.distributions == b.distributions);
    REQUIRE(a.credits.tonnes == b.credits.tonnes);
    REQUIRE(a.credits.used == b.credits.used);
    REQUIRE(a.events.size() == b.events.size());
    for (std::size_t n = 0; n < a.events.size(); ++n) {
        REQUIRE(a.events[n].member == b.events[n].member);
        REQUIRE(a.events[n].place == b.events[n].place);
        REQUIRE(a.events[n].step == b.events[n].step);
        REQUIRE(a.events[n].cause == b.events[n].cause);
        REQUIRE(a.events[n].source == b.events[n].source);
        REQUIRE(a.events[n].share == b.events[n].share);
        REQUIRE(a.events[n].avoided_t == b.events[n].avoided_t);
    }
    for (std::size_t n = 0; n < a.identities.size(); ++n)
        REQUIRE(a.identities[n].largest_relative_error == b.identities[n].largest_relative_error);
}

void require_same(const EnsembleResults& a, const EnsembleResults& b) {
    require_same(a.scenario, b.scenario);
    REQUIRE(a.reference.has_value() == b.reference.has_value());
    if (a.reference) require_same(*a.reference, *b.reference);
    REQUIRE(a.scenario_uncoupled.emissions_t == b.scenario_uncoupled.emissions_t);
    REQUIRE(a.scenario_uncoupled.commitments == b.scenario_uncoupled.commitments);
}

World with_credits(World world) {
    world.credit_accounting.active = true;
    world.credit_accounting.simulated_from = make_month(2021, 1);
    return world;
}

/// The run's members in portions that are neither equal nor in order, each through its bytes.
EnsembleResults run_in_portions(const EnsembleRun& run) {
    const std::vector<SlotRange> portions = {{20, 23}, {0, 1}, {9, 20}, {1, 9}};
    EnsembleJoin join(run);
    for (const SlotRange& portion : portions) {
        REQUIRE_FALSE(join.missing().empty());
        run.run(std::span(&portion, 1), [&](EnsembleBlock&& block) {
            const std::string bytes = block_bytes(block);
            EnsembleBlock again = read_block(bytes, run);
            REQUIRE(block_bytes(again) == bytes);
            join.add(std::move(again));
        });
    }
    REQUIRE(join.missing().empty());
    return join.finish();
}

}  // namespace

TEST_CASE("members run in any portions, and carried as bytes, are the same run") {
    const World reference = with_credits(rich_world(identity_order(24)));
    World scenario = reference;
    scenario.price_schemes.front().share = 0.3;
    for (const std::size_t memory : {std::size_t{1} << 30, std::size_t{0}}) {
        const EnsembleRun run(scenario, &reference, some_options(memory));
        REQUIRE((run.place_detail() == PlaceDetail::distributions) == (memory == 0));
        const EnsembleResults whole = run_ensemble(scenario, &reference, some_options(memory));
        REQUIRE_FALSE(whole.scenario.credits.empty());
        require_same(run_in_portions(run), whole);
    }
}

TEST_CASE("the size of batches changes no byte") {
    const World reference = with_credits(rich_world(identity_order(16)));
    World scenario = reference;
    scenario.price_schemes.front().share = 0.3;
    EnsembleOptions options = some_options();
    options.members = 70;
    const EnsembleResults whole = run_ensemble(scenario, &reference, options);
    for (const int batch : {1, 8, 16, 32, 64, 128}) {
        for (const int threads : {1, 2}) {
            options.batch_members = batch;
            options.threads = threads;
            const EnsembleRun run(scenario, &reference, options);
            EnsembleJoin join(run);
            const SlotRange all{0, options.members};
            int largest = 0;
            run.run(std::span(&all, 1), [&](EnsembleBlock&& block) {
                largest = std::max(largest, block.slots().size());
                join.add(std::move(block));
            });
            CAPTURE(batch, threads);
            CHECK(largest <= batch);
            CHECK(largest >= std::min(batch, 70 / threads) / 2);
            require_same(join.finish(), whole);
        }
    }
    for (const int batch : {0, 129}) {
        options.batch_members = batch;
        CHECK_THROWS_AS(EnsembleRun(scenario, &reference, options), std::invalid_argument);
    }
}

TEST_CASE("a run without a reference, in portions") {
    const World world = rich_world(identity_order(16));
    const EnsembleRun run(world, nullptr, some_options());
    require_same(run_in_portions(run), run_ensemble(world, nullptr, some_options()));
}

TEST_CASE("distributions say of places what every member does, within their error") {
    const World world = rich_world(identity_order(20));
    const RunResults kept = run_ensemble(world, nullptr, some_options()).scenario;
    const RunResults summed = run_ensemble(world, nullptr, some_options(0)).scenario;
    REQUIRE(kept.keeps_members());
    REQUIRE_FALSE(summed.keeps_members());
    CHECK(summed.emissions_t.empty());
    CHECK(summed.stage_step.empty());
    CHECK(summed.sector_t == kept.sector_t);
    CHECK(summed.committed_places == kept.committed_places);
    const PlaceDistributions& d = *summed.distributions;
    CHECK(d.members() == static_cast<std::uint32_t>(member_count));
    for (std::size_t place = 0; place < kept.places; ++place) {
        for (std::size_t year = 0; year < kept.years; ++year) {
            std::vector<double> values;
            double sum = 0.0;
            for (std::size_t m = 0; m < static_cast<std::size_t>(member_count); ++m) {
                values.push_back(static_cast<double>(kept.emissions_t[kept.place_year(place, year, m)]));
                sum += values.back();
            }
            std::sort(values.begin(), values.end());
            REQUIRE(d.mean_t(place, year) == Approx(sum / member_count).epsilon(1e-9));
            const double bound = (values.back() - values.front()) / 63.0 + QuantileSketches::unit;
            REQUIRE(std::abs(d.quantile_t(place, year, 0.5) - values[member_count / 2]) <= bound);
            REQUIRE(std::abs(d.quantile_t(place, year, 1.0) - values.back()) <= bound);
            for (std::size_t stage = 0; stage < stage_count; ++stage) {
                const auto kind = static_cast<Stage>(stage);
                std::uint32_t reached = 0;
                for (std::size_t m = 0; m < static_cast<std::size_t>(member_count); ++m) {
                    const std::uint16_t step = kept.stage_step[kept.stage_at(kind, place, m)];
                    const int year_end =
                        make_month(kept.calendar.first_year() + static_cast<int>(year), 12).value;
                    reached += step != never_step && kept.calendar.month(step).value <= year_end ? 1U : 0U;
                }
                REQUIRE(d.reached(kind, place, year) == reached);
            }
        }
    }
    CHECK(d.largest_relative_error() > 0.0);
}

TEST_CASE("members that are there already, or not of the run, are refused") {
    const World world = rich_world(identity_order(8));
    const EnsembleRun run(world, nullptr, some_options());
    const SlotRange two{4, 6};
    std::vector<std::string> blocks;
    run.run(std::span(&two, 1), [&](EnsembleBlock&& block) { blocks.push_back(block_bytes(block)); });
    EnsembleJoin join(run);
    for (const std::string& bytes : blocks) join.add(read_block(bytes, run));
    CHECK(join.missing() == std::vector<SlotRange>{{0, 4}, {6, member_count}});
    CHECK_THROWS_AS(join.add(read_block(blocks.front(), run)), std::invalid_argument);
    CHECK_THROWS_AS(join.finish(), std::logic_error);
    EnsembleOptions fewer = some_options();
    fewer.members = 4;
    const EnsembleRun other(world, nullptr, fewer);
    CHECK_THROWS_AS(read_block(blocks.front(), other), BlockDamaged);
}

TEST_CASE("bytes that are no block of the run are refused, whatever they are") {
    const World world = with_credits(rich_world(identity_order(9)));
    const EnsembleRun run(world, nullptr, some_options());
    const SlotRange one{0, 1};
    std::string bytes;
    run.run(std::span(&one, 1), [&](EnsembleBlock&& block) { bytes = block_bytes(block); });
    CHECK_THROWS_AS(read_block(bytes + "x", run), BlockDamaged);
    CHECK_THROWS_AS(read_block("", run), BlockDamaged);
    for (std::size_t length = 0; length < bytes.size(); length += 1 + bytes.size() / 97)
        CHECK_THROWS_AS(read_block(std::string_view(bytes).substr(0, length), run), BlockDamaged);
    // Any byte may be anything: either it is a number of a result, or it is refused.
    for (std::uint32_t n = 0; n < 300; ++n) {
        std::string damaged = bytes;
        damaged[static_cast<std::size_t>(random_at(n, 7) * static_cast<double>(bytes.size()))] =
            static_cast<char>(static_cast<unsigned char>(random_at(n, 8) * 255.0));
        try {
            EnsembleJoin(run).add(read_block(damaged, run));
        } catch (const BlockDamaged&) {
        }
    }
    const World more = with_credits(rich_world(identity_order(11)));
    CHECK_THROWS_AS(read_block(bytes, EnsembleRun(more, nullptr, some_options())), BlockDamaged);
}

TEST_CASE("more members than distributions hold are refused before the run") {
    const World world = rich_world(identity_order(8));
    EnsembleOptions many = some_options(0);
    many.members = most_sketched_members + 1;
    CHECK_THROWS_AS(EnsembleRun(world, nullptr, many), std::invalid_argument);
}

}  // namespace domino::sim
