// Sixteen members side by side against the process written out plainly, bit for bit.
#include "sim/kernel/commitment_lanes.h"

#include <catch2/catch.hpp>
#include <deque>
#include <memory>

#include "sim/commitment.h"
#include "sim/drawn_ties.h"
#include "tests/sim/changing_covariate.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;

namespace {

constexpr std::uint32_t place_count = 60;
constexpr int steps = 255;

/// Every mechanism of commitment on: dated ties, drawn ties, a threshold, coercion, phases, joint
/// declarations, programmes, a withdrawal, a covariate that changes, places observed to commit, some before
/// the start.
World trial_world(std::uint32_t seed, int parts) {
    World world = test::rich_world(test::identity_order(place_count));
    test::LiteralWorld w(0);
    *w = std::move(world);
    w->calendar.parts_per_month = parts;
    std::vector<DatedEdge> hubs, dated;
    for (std::uint32_t i = 0; i < place_count; ++i) {
        const auto at = [&](std::uint32_t n, double below) {
            return test::random_at(seed * 4096 + i * 16 + n, 77) * below;
        };
        for (std::uint32_t n = 0; n < 3; ++n) {
            const auto j = static_cast<std::uint32_t>(at(n, place_count));
            if (j == i) continue;
            hubs.push_back({j, i, 0.1 + at(4, 1.0)});
            const int from = make_month(2019, 1).value + static_cast<int>(at(5 + n, 120.0));
            const double weight = 0.2 + at(9, 1.0);
            dated.push_back({j, i, weight, Month{from}, Month{from + 1 + static_cast<int>(at(10, 60.0))},
                             n == 0 ? weight : 0.0});
        }
        if (i % 13 == 0) w->places[i].committed_since = make_month(2018, 1);
        if (i % 17 == 1) w->places[i].committed_since = make_month(2023, 5);
    }
    w.add_layer("hubs", LayerKind::hierarchy, hubs, 0.0);
    w.add_layer("dated", LayerKind::network, dated, 0.0);
    w->couplings[2].response = Response::threshold;
    w->couplings[2].gamma_early = w->couplings[2].gamma_late = half_normal(3.0);
    w->couplings[3].gamma_early = half_normal(1.0);
    w->couplings[3].gamma_late = half_normal(3.0);
    w->couplings[3].coercion = uniform(0.0, 0.3);
    w->couplings[0].decay_ratio = log_uniform(0.5, 2.0);
    // Where a tie is drawn as nothing, its source coerces nobody.
    w->couplings[3].drawn_weight = seed == 3 ? fixed(0.0) : uniform(0.0, 20.0);
    Withdrawal out;
    out.id = "AAA 2024-01";
    out.from = make_month(2024, 1);
    out.to = make_month(2026, 1);
    out.coalition.assign(place_count, 0);
    out.coalition[4] = 1;
    out.propensity_factor = uniform(0.2, 0.8);
    w->withdrawals.push_back(out);
    test::add_changing_covariate(*w, "income");
    return *w;
}

struct Trial {
    explicit Trial(std::uint32_t seed, int parts = 1)
        : world(trial_world(seed, parts)), prepared(prepare(world)) {
        for (std::uint32_t m = 0; m < lane_count; ++m) {
            draws.push_back(draw_member(world, {seed, m}));
            ties.push_back(with_drawn_ties(prepared, draws.back()));
            propensity.push_back(place_propensity(ties.back(), draws.back()));
            trend.push_back(solve_trend(ties.back(), draws.back(), propensity.back()));
            members.push_back({&ties[m], &draws[m], {seed, m}, &propensity[m], &trend[m]});
        }
    }

    using Events = std::vector<std::vector<CommitmentEvent>>;

    Events run(std::span<const CommitmentMember> who, CouplingSwitch coupling,
               InstructionSet set = best_instruction_set()) const {
        CommitmentLanes lanes(prepared, {who.begin(), who.end()}, coupling, set);
        Events events(who.size());
        std::vector<std::vector<CommitmentEvent>*> into;
        for (auto& list : events) into.push_back(&list);
        for (int step = 0; step < steps; ++step) {
            for (int part = 0; part < world.calendar.parts_per_month; ++part) lanes.step(step, part, into);
        }
        return events;
    }

    std::vector<CommitmentEvent> run_plainly(std::size_t m, CouplingSwitch coupling) const {
        CommitmentProcess process(ties[m], draws[m], members[m].id, propensity[m], trend[m], coupling);
        std::vector<CommitmentEvent> events;
        for (int step = 0; step < steps; ++step) {
            for (int part = 0; part < world.calendar.parts_per_month; ++part)
                process.step(step, events, part);
        }
        return events;
    }

    World world;
    PreparedWorld prepared;
    std::deque<MemberDraws> draws;
    std::deque<PreparedWorld> ties;
    std::deque<std::vector<double>> propensity;
    std::deque<Trend> trend;
    std::vector<CommitmentMember> members;
};

void require_same(const std::vector<CommitmentEvent>& a, const std::vector<CommitmentEvent>& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t n = 0; n < a.size(); ++n) {
        REQUIRE(a[n].member == b[n].member);
        REQUIRE(a[n].place == b[n].place);
        REQUIRE(a[n].step == b[n].step);
        REQUIRE(a[n].cause == b[n].cause);
        REQUIRE(a[n].layer == b[n].layer);
        REQUIRE(a[n].source == b[n].source);
        REQUIRE(a[n].share == b[n].share);
    }
}

}  // namespace

TEST_CASE("commitment in lanes is the plain process, bit for bit, on random worlds") {
    std::array<std::size_t, cause_ids.size()> causes{};
    for (std::uint32_t seed = 1; seed <= 4; ++seed) {
        const Trial trial(seed, seed == 4 ? 2 : 1);
        for (const CouplingSwitch coupling : {CouplingSwitch::on, CouplingSwitch::off}) {
            const Trial::Events events = trial.run(trial.members, coupling);
            for (std::size_t m = 0; m < lane_count; ++m) {
                require_same(events[m], trial.run_plainly(m, coupling));
                for (const CommitmentEvent& e : events[m]) ++causes[static_cast<std::size_t>(e.cause)];
            }
        }
    }
    for (const std::size_t count : causes) CHECK(count > 10);  // every mechanism had its say
}

TEST_CASE("commitment in lanes depends neither on company nor on the instruction set") {
    const Trial trial(7);
    const Trial::Events all = trial.run(trial.members, CouplingSwitch::on);
    for (const std::size_t m : {std::size_t{0}, std::size_t{11}}) {
        require_same(trial.run(std::span(&trial.members[m], 1), CouplingSwitch::on).front(), all[m]);
    }
    for (const InstructionSet set : {InstructionSet::baseline, InstructionSet::avx2}) {
        if (!has_instruction_set(set)) {
            WARN("this machine lacks an instruction set; its events are not compared");
            continue;
        }
        const Trial::Events other = trial.run(trial.members, CouplingSwitch::on, set);
        for (std::size_t m = 0; m < lane_count; ++m) require_same(other[m], all[m]);
    }
}

TEST_CASE("a threshold met exactly is met, whatever its weights round to") {
    for (const std::uint32_t sources : {3U, 7U, 49U}) {
        test::LiteralWorld w(sources + 1, 24);
        std::vector<DatedEdge> edges;
        for (std::uint32_t j = 1; j <= sources; ++j) edges.push_back({j, 0, 1.0});
        w->places[1].committed_since = make_month(2019, 1);
        w->countries[0].commitment.log_hazard_forecast = fixed(-20.0);
        w.add_layer("near", LayerKind::proximity, edges, 1e12);
        w->couplings[0].response = Response::threshold;
        for (const double beyond : {0.0, 0.001}) {
            w->couplings[0].threshold = fixed((1.0 + beyond) / sources);
            const PreparedWorld prepared = prepare(*w);
            const MemberDraws draws = draw_member(*w, {1, 0});
            const auto propensity = place_propensity(prepared, draws);
            const Trend trend = solve_trend(prepared, draws, propensity);
            CommitmentLanes lanes(prepared, {{&prepared, &draws, {1, 0}, &propensity, &trend}},
                                  CouplingSwitch::on);
            std::vector<CommitmentEvent> events;
            std::vector<CommitmentEvent>* into = &events;
            for (int step = 0; step < 24; ++step) lanes.step(step, 0, std::span(&into, 1));
            CHECK(events.size() == (beyond == 0.0 ? 1 : 0));
        }
    }
}
