#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "sim/live/live_session.h"
#include "sim/selection/exhaustive_search.h"
#include "sim/selection/gain_meter.h"
#include "sim/selection/lazy_greedy.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;

namespace {

constexpr int until = 2036;

/// Six projects beside those there are, of one phase or two; the places differ from case to case.
std::vector<SupportWindow> projects(std::uint32_t instance, std::uint32_t places) {
    std::vector<SupportWindow> windows;
    for (std::uint32_t n = 0; n < 6; ++n) {
        SupportWindow window;
        window.project_id = "more" + std::to_string(n);
        window.place = (7 * n + 3 + instance) % places;
        window.from = make_month(2026, 4);
        window.to = make_month(n % 2 == 0 ? 2032 : 2029, 4);
        window.cost_jpy_per_year = 2e7;
        windows.push_back(window);
    }
    return windows;
}

/// A random small world with everything on: no two instances have the same priors or draws.
World small_world(std::uint32_t instance) {
    World world = test::rich_world(test::identity_order(24));
    world.calendar.months_per_step = 3;
    world.parameters.eta_support = uniform(0.1, 0.3 + 0.1 * instance);
    for (LayerCoupling& coupling : world.couplings)
        coupling.gamma_early = coupling.gamma_late = half_normal(0.5 * (1 + instance));
    return world;
}

/// One in which support makes places commit, and neighbours follow beyond a threshold.
World tipping_world(std::uint32_t instance) {
    World world = small_world(instance);
    world.parameters.support_hazard = fixed(1.0);
    for (Country& country : world.countries)
        country.commitment.log_hazard_forecast = fixed(domino::portable::log(0.02));
    world.couplings[0].response = Response::threshold;
    world.couplings[0].threshold = uniform(0.18, 0.5);
    world.couplings[0].gamma_early = world.couplings[0].gamma_late = fixed(0.5);
    return world;
}

struct Measured {
    double gap = 0.0, best = 0.0;
    Selection selection;
};

Measured measure(std::uint32_t instance, Aim aim, int threads) {
    const double phases_paid = aim == Aim::commitments ? 5.0 : 3.0;
    const World world = aim == Aim::commitments ? tipping_world(instance) : small_world(instance);
    const auto windows = projects(instance, static_cast<std::uint32_t>(world.places.size()));
    LiveOptions live;
    live.members = 12;
    live.seed = 100 + instance;
    live.threads = threads;
    const LiveSession session(world, live);
    const std::vector<Target> none;
    const GainMeter meter(aim, until, session.baseline(), none, session.baseline_results());
    SelectionProblem problem;
    for (std::size_t n = 0; n < windows.size(); ++n) problem.cost.push_back(n % 2 == 0 ? 2.0 : 1.0);
    problem.fits = [phases_paid, cost = problem.cost](const ItemSet& chosen, std::uint32_t item) {
        double sum = cost[item];
        for (const std::uint32_t other : chosen) sum += cost[other];
        return sum <= phases_paid && std::find(chosen.begin(), chosen.end(), item) == chosen.end();
    };
    problem.evaluate = [&](const std::vector<ItemSet>& sets) {
        std::vector<MemberValues> values;
        for (const ItemSet& set : sets) {
            World changed = world;
            for (const std::uint32_t item : set) changed.support.push_back(windows[item]);
            values.push_back(meter.gain(session.answer(changed).results));
        }
        return values;
    };
    ValueMemory memory;
    Measured measured;
    measured.selection = select_by_both_rules(problem, memory).better;
    const auto best = find_best_selection(problem, memory, 100);
    REQUIRE(best);
    CHECK(best->sets == (aim == Aim::commitments ? 44 : 20));
    CHECK(best->value >= measured.selection.mean());
    measured.best = best->value;
    measured.gap = relative_gap(measured.selection.mean(), best->value);
    return measured;
}

}  // namespace

TEST_CASE("on random small worlds lazy greedy is near the best of all plans", "[selection]") {
    double sum = 0.0, worst = 0.0;
    constexpr std::uint32_t instances = 8;
    for (std::uint32_t instance = 0; instance < instances; ++instance) {
        const Measured measured = measure(instance, Aim::abatement, 2);
        CHECK(measured.best > 0.0);
        CHECK(measured.selection.picks.size() >= 2);
        sum += measured.gap;
        worst = std::max(worst, measured.gap);
    }
    UNSCOPED_INFO("mean gap " << sum / instances << ", worst " << worst);
    CHECK(worst < 0.05);
}

TEST_CASE("what greedy misses of commitments, which tip, is measured too", "[selection]") {
    double worst = 0.0;
    for (std::uint32_t instance = 0; instance < 16; ++instance) {
        const Measured measured = measure(instance, Aim::commitments, 2);
        CHECK(measured.best > 0.0);
        worst = std::max(worst, measured.gap);
    }
    UNSCOPED_INFO("worst gap " << worst);
    CHECK(worst < 0.1);
}

TEST_CASE("a selection is the same from one thread and from two", "[selection]") {
    const Measured one = measure(3, Aim::abatement, 1), two = measure(3, Aim::abatement, 2);
    CHECK(one.selection.chosen == two.selection.chosen);
    CHECK(one.selection.value == two.selection.value);
}

LiveOptions few_members() {
    LiveOptions live;
    live.members = 4;
    live.threads = 1;
    return live;
}

TEST_CASE("a run gains nothing over itself, and what it gains adds up", "[selection]") {
    const World world = small_world(1);
    const LiveSession session(world, few_members());
    World changed = world;
    changed.support.push_back(projects(1, 24).front());
    const RunResults results = session.answer(changed).results;
    const RunResults& without = session.baseline_results();
    const std::vector<Target> none;
    const GainMeter abatement(Aim::abatement, until, world, none, without);
    CHECK(abatement.gain(without) == MemberValues(4, 0.0));
    double expected = 0.0;
    for (std::size_t c = 0; c < results.countries; ++c)
        for (std::size_t y = 0; y <= until - 2020; ++y)
            expected += without.national_total_t(c, y, 2) - results.national_total_t(c, y, 2);
    CHECK(abatement.gain(results)[2] == Approx(expected));
    CHECK(expected > 0.0);
    const GainMeter gap(Aim::gap, until, world, none, without);
    CHECK(gap.targets() == 0);
    CHECK(gap.gain(results) == MemberValues(4, 0.0));
    CHECK_THROWS_AS(GainMeter(Aim::abatement, 2050, world, none, without), std::invalid_argument);
}

TEST_CASE("the gap counts one target a country and year, the unconditional one", "[selection]") {
    const World world = small_world(2);
    const LiveSession session(world, few_members());
    World changed = world;
    for (const SupportWindow& window : projects(2, 24)) changed.support.push_back(window);
    const RunResults results = session.answer(changed).results;
    const RunResults& without = session.baseline_results();
    const auto target = [](int year, Conditionality conditionality, double level_mt) {
        Target one;
        one.type = TargetType::fixed_level;
        one.lulucf = LulucfTreatment::excluded;
        one.conditionality = conditionality;
        one.target_year = year;
        one.level_low_mt = one.level_high_mt = level_mt;
        return one;
    };
    const std::vector<Target> targets = {target(2035, Conditionality::conditional, 0.001),
                                         target(2035, Conditionality::unconditional, 0.002),
                                         target(2045, Conditionality::unconditional, 0.001)};
    const GainMeter meter(Aim::gap, until, world, targets, without);
    CHECK(meter.targets() == 1);
    const auto before = assess(targets[1], world, without), after = assess(targets[1], world, results);
    REQUIRE(before.status == TargetStatus::assessed);
    const MemberValues gain = meter.gain(results);
    for (std::size_t m = 0; m < 4; ++m) {
        CHECK(gain[m] == Approx(std::max(0.0, before.gap_mt[m]) - std::max(0.0, after.gap_mt[m])));
        CHECK(before.gap_mt[m] > 0.0);
    }
}
