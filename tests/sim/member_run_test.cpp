// Members run in batches of any size up to the lanes, in any company and on any instruction set: the same
// bits.
#include "sim/member_run.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/kernel/lane.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;

namespace {

constexpr std::size_t member_count = 48;

/// Every mechanism on, and ties drawn: those along which technologies spread among them.
struct Trial {
    Trial() : world(test::rich_world(test::identity_order(24))) {
        world.couplings[0].decay_ratio = log_uniform(0.5, 2.0);
        prepared = prepare(world);
        for (std::uint32_t m = 0; m < member_count; ++m) draws.push_back(draw_member(world, {11, m}));
        for (std::uint32_t m = 0; m < member_count; ++m)
            inputs.push_back({&draws[m], {11, m}, nullptr, nullptr});
    }

    std::vector<MemberOutcome> run(std::size_t batch, std::size_t until = member_count,
                                   InstructionSet set = best_instruction_set()) const {
        std::vector<MemberOutcome> all;
        for (std::size_t begin = 0; begin < until; begin += batch) {
            const auto members = std::span(inputs).subspan(begin, std::min(batch, until - begin));
            for (MemberOutcome& one :
                 run_members(prepared, members, CouplingSwitch::on, nullptr, nullptr, set))
                all.push_back(std::move(one));
        }
        return all;
    }

    World world;
    PreparedWorld prepared;
    std::vector<MemberDraws> draws;
    std::vector<MemberInput> inputs;
};

void require_same(const MemberOutcome& a, const MemberOutcome& b) {
    REQUIRE(a.stage_step == b.stage_step);
    REQUIRE(a.stock_units == b.stock_units);
    REQUIRE(a.added_units == b.added_units);
    REQUIRE(a.sector_year_t == b.sector_year_t);
    REQUIRE(a.month_t == b.month_t);
    REQUIRE(a.credit_spent_jpy == b.credit_spent_jpy);
    REQUIRE(a.scheme_spent_jpy == b.scheme_spent_jpy);
    REQUIRE(a.events.size() == b.events.size());
    for (std::size_t n = 0; n < a.events.size(); ++n) {
        REQUIRE(a.events[n].place == b.events[n].place);
        REQUIRE(a.events[n].step == b.events[n].step);
        REQUIRE(a.events[n].source == b.events[n].source);
        REQUIRE(a.events[n].share == b.events[n].share);
    }
}

}  // namespace

TEST_CASE("batches of any size give the same bits") {
    const Trial trial;
    const auto expected = trial.run(lane_count);
    REQUIRE(expected.size() == member_count);
    CHECK(expected[0].month_t != expected[1].month_t);
    for (const std::size_t batch : {std::size_t{8}, std::size_t{13}}) {
        const auto outcomes = trial.run(batch);
        for (std::size_t m = 0; m < member_count; ++m) require_same(outcomes[m], expected[m]);
    }
    const auto alone = trial.run(1, 3);
    for (std::size_t m = 0; m < 3; ++m) require_same(alone[m], expected[m]);
    CHECK_THROWS_AS(run_members(trial.prepared, {}, CouplingSwitch::on, nullptr), std::invalid_argument);
}

TEST_CASE("a run without coupling leaves what it is compared by and no more") {
    const Trial trial;
    const auto run = [&](CouplingSwitch coupling) {
        return run_members(trial.prepared, std::span(trial.inputs).first(3), coupling, nullptr);
    };
    const auto on = run(CouplingSwitch::on), off = run(CouplingSwitch::off);
    const std::size_t places = trial.prepared.places;
    const auto reached = [&](const MemberOutcome& outcome, Stage stage) {
        const auto* steps = outcome.stage_step.data() + static_cast<std::size_t>(stage) * places;
        return places - static_cast<std::size_t>(std::count(steps, steps + places, never_step));
    };
    for (std::size_t m = 0; m < off.size(); ++m) {
        CHECK_FALSE(on[m].stock_units.empty());
        CHECK(off[m].stock_units.empty());
        CHECK(off[m].added_units.empty());
        CHECK(off[m].credits.flows.empty());
        CHECK(reached(on[m], Stage::implementing) > 0);
        CHECK(reached(off[m], Stage::enabled) + reached(off[m], Stage::implementing) == 0);
        CHECK(reached(off[m], Stage::committed) == off[m].events.size());
        CHECK(off[m].sector_year_t.size() == on[m].sector_year_t.size());
        REQUIRE(off[m].trace.additions.size() == on[m].trace.additions.size());
        CHECK(*std::max_element(off[m].trace.additions.begin(), off[m].trace.additions.end()) > 0.0);
    }
}

TEST_CASE("whole members come out with the same bits on every instruction set") {
    const Trial trial;
    const auto expected = trial.run(16, 16);
    for (const InstructionSet set : {InstructionSet::baseline, InstructionSet::avx2}) {
        if (!has_instruction_set(set)) {
            WARN("this machine lacks an instruction set; its bits are not compared");
            continue;
        }
        const auto outcomes = trial.run(16, 16, set);
        for (std::size_t m = 0; m < 16; ++m) require_same(outcomes[m], expected[m]);
    }
}
