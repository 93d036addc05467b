#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <stdexcept>
#include <string>
#include <tuple>

#include "geo/portable_math.h"
#include "sim/ensemble.h"
#include "sim/live/live_session.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;

namespace {

constexpr int members = 20;

/// Everything on, an eco-lease and a withdrawal among it, in quarters.
World baseline_world() {
    World world = test::rich_world(test::identity_order(40));
    world.calendar.months_per_step = 3;
    world.eco_lease = world.credits;
    world.eco_lease.stream = 1;
    world.eco_lease.payment_years = 5;
    world.eco_lease.budget_jpy.assign(world.eco_lease.budget_jpy.size(), 4e6);
    for (CreditProgramme* programme : {&world.credits, &world.eco_lease}) {
        programme->size_median_t = 200.0;
        programme->size_mean_t = 300.0;
    }
    Withdrawal out;
    out.id = "out";
    out.from = make_month(2031, 1);
    out.to = make_month(2035, 1);
    out.coalition.assign(world.places.size(), 0);
    out.coalition[0] = 1;
    out.propensity_factor = uniform(0.3, 0.8);
    out.intensity_drift_per_year = fixed(0.01);
    world.withdrawals.push_back(out);
    return world;
}

RunResults full_run(const World& baseline, const World& changed) {
    EnsembleOptions options;
    options.members = members;
    options.threads = 1;
    options.seed = 5;
    return run_ensemble(changed, &baseline, options).scenario;
}

LiveOptions live_options(int threads = 2) {
    LiveOptions options;
    options.members = members;
    options.threads = threads;
    options.seed = 5;
    return options;
}

bool same_events(const std::vector<CommitmentEvent>& a, const std::vector<CommitmentEvent>& b) {
    const auto all = [](const CommitmentEvent& e) {
        return std::tuple(e.member, e.place, e.step, e.cause, e.layer, e.source, e.share);
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](const auto& x, const auto& y) { return all(x) == all(y); });
}

void require_same(const RunResults& a, const RunResults& b) {
    REQUIRE(a.emissions_t == b.emissions_t);
    REQUIRE(a.stage_step == b.stage_step);
    REQUIRE(a.capacity_mean == b.capacity_mean);
    REQUIRE(a.adoption_mean == b.adoption_mean);
    REQUIRE(a.stock_units == b.stock_units);
    REQUIRE(a.added_units == b.added_units);
    REQUIRE(a.sector_t == b.sector_t);
    REQUIRE(a.remainder_t == b.remainder_t);
    REQUIRE(a.lulucf_t == b.lulucf_t);
    REQUIRE(a.gdp_musd == b.gdp_musd);
    REQUIRE(a.fiscal_total_t == b.fiscal_total_t);
    REQUIRE(a.emission_factor == b.emission_factor);
    REQUIRE(a.cost_jpy == b.cost_jpy);
    REQUIRE(a.spent_jpy == b.spent_jpy);
    REQUIRE(a.credit_spent_jpy == b.credit_spent_jpy);
    REQUIRE(a.lease_spent_jpy == b.lease_spent_jpy);
    REQUIRE(a.credit_units_t == b.credit_units_t);
    REQUIRE(a.scheme_spent_jpy == b.scheme_spent_jpy);
    REQUIRE(a.credits.tonnes == b.credits.tonnes);
    REQUIRE(a.credits.monitored_t == b.credits.monitored_t);
    REQUIRE(a.credits.uncredited_t == b.credits.uncredited_t);
    REQUIRE(same_events(a.events, b.events));
    REQUIRE(a.identities.size() == b.identities.size());
    for (std::size_t n = 0; n < a.identities.size(); ++n)
        REQUIRE(a.identities[n].largest_relative_error == b.identities[n].largest_relative_error);
}

struct Lever {
    std::string name;
    std::function<void(World&)> turn;
    int resumed_year;  ///< 0: not run again at all
};

std::size_t year_index(int year) {
    return static_cast<std::size_t>(year - 2020);
}

std::vector<Lever> levers() {
    const auto more_support = [](World& w) {
        SupportWindow more = w.support.back();
        more.project_id = "more";
        more.place = 3;
        more.from = make_month(2029, 4);
        more.to = make_month(2032, 4);
        more.technologies = {1};
        w.support.push_back(more);
    };
    return {
        {"nothing", [](World&) {}, 0},
        {"one more project", more_support, 2029},
        {"a project less", [](World& w) { w.support.pop_back(); }, 2021},
        {"a programme's budget", [](World& w) { w.programmes[0].budget_jpy[year_index(2025)] = 2e7; }, 2025},
        {"a budget within a year",
         [](World& w) {
             w.programmes[0].budget_changes = make_month(2024, 7);
             w.programmes[0].unchanged_budget_jpy = w.programmes[0].budget_jpy[year_index(2024)];
             for (std::size_t y = year_index(2024); y < w.programmes[0].budget_jpy.size(); ++y)
                 w.programmes[0].budget_jpy[y] = 0.0;
         },
         2024},
        {"JCM's budget",
         [](World& w) {
             for (std::size_t y = year_index(2030); y < w.credits.budget_jpy.size(); ++y)
                 w.credits.budget_jpy[y] = 0.0;
         },
         2030},
        {"JCM's partners", [](World& w) { w.credits.eligible_from[1] = make_month(2027, 7); }, 2022},
        {"a lease's budget", [](World& w) { w.eco_lease.budget_jpy[year_index(2034)] = 1e6; }, 2030},
        {"a grant's share", [](World& w) { w.price_schemes[0].share = 0.5; }, 2026},
        {"a grant's end", [](World& w) { w.price_schemes[0].to = make_month(2033, 8); }, 2033},
        {"no grant", [](World& w) { w.price_schemes.clear(); }, 2026},
        {"another grant",
         [](World& w) {
             w.price_schemes.push_back({"pv grant", 0, {0, 1}, make_month(2028, 2), never, 0.3, {}});
         },
         2028},
        {"the grid",
         [](World& w) {
             for (std::size_t y = year_index(2032); y < w.countries[0].emission_factor_g_per_kwh.size(); ++y)
                 w.countries[0].emission_factor_g_per_kwh[y] *= 0.5;
         },
         2032},
        {"people", [](World& w) { w.countries[1].population_factor[year_index(2036)] = 1.2; }, 2036},
        {"a dated tie's end", [](World& w) { w.layers[1].to[0] = make_month(2030, 1); }, 2027},
        {"a dated tie more",
         [](World& w) {
             FrozenLayer& layer = w.layers[1];
             layer.source.push_back(0);
             layer.weight.push_back(0.5);
             layer.from.push_back(make_month(2033, 5));
             layer.to.push_back(never);
             ++layer.row_begin.back();
         },
         2033},
        {"a layer of dated ties",
         [](World& w) {
             FrozenLayer more = w.layers[1];
             more.name = "more";
             more.from.assign(more.from.size(), make_month(2024, 3));
             w.layers.push_back(more);
             w.couplings.push_back(w.couplings[1]);
         },
         2024},
        {"an undated tie", [](World& w) { w.layers[0].weight[3] *= 2.0; }, 2020},
        {"a declaration on record", [](World& w) { w.places[2].committed_since = make_month(2027, 5); },
         2027},
        {"a withdrawal's end", [](World& w) { w.withdrawals[0].to = make_month(2033, 1); }, 2033},
        {"no withdrawal", [](World& w) { w.withdrawals.clear(); }, 2031},
        {"a prior", [](World& w) { w.parameters.kappa2 = fixed(0.5); }, 2020},
        {"a technology's prior", [](World& w) { w.technologies[1].learning_rate = fixed(0.1); }, 2020},
        {"ties that members draw", [](World& w) { w.couplings[0].decay_ratio = uniform(0.5, 1.5); }, 2020},
        {"ties that members draw and no technology follows",
         [](World& w) {
             w.couplings[0].decay_ratio = uniform(0.5, 1.5);
             w.couplings[0].carries_technology = w.couplings[1].carries_technology = false;
         },
         2020},
        {"growth of nothing else than the last year",
         [](World& w) { w.countries[0].gdp_log_growth[year_index(2040)] = 0.3; }, 2040},
    };
}

}  // namespace

TEST_CASE("a live answer is the full run of the changed world, bit for bit") {
    const World baseline = baseline_world();
    const LiveSession session(baseline, live_options());
    require_same(session.baseline_results(), full_run(baseline, baseline));
    REQUIRE(session.snapshot_bytes() > 0);
    for (const Lever& lever : levers()) {
        INFO(lever.name);
        World changed = baseline;
        lever.turn(changed);
        const LiveAnswer answer = session.answer(changed);
        CHECK(answer.resumed_from ==
              (lever.resumed_year == 0 ? baseline.calendar.end() : make_month(lever.resumed_year, 1)));
        require_same(answer.results, full_run(baseline, changed));
    }
}

TEST_CASE("levers of a live session move the results they should") {
    const World baseline = baseline_world();
    const LiveSession session(baseline, live_options(1));
    for (const Lever& lever : levers()) {
        INFO(lever.name);
        World changed = baseline;
        lever.turn(changed);
        const LiveAnswer answer = session.answer(changed);
        const bool same = answer.results.emissions_t == session.baseline_results().emissions_t;
        // Nothing is learned where the world adds nothing.
        const bool quiet = lever.resumed_year == 0 || lever.name == "a technology's prior";
        if (!quiet) CHECK_FALSE(same);
    }
}

TEST_CASE("monthly, with few snapshots, from a late month on: the same answers") {
    World baseline = baseline_world();
    baseline.calendar.months_per_step = 1;
    LiveOptions options = live_options();
    options.years_between_snapshots = 4;
    options.snapshots_from = make_month(2025, 6);
    const LiveSession session(baseline, options);
    World changed = baseline;
    changed.price_schemes[0].share = 0.5;
    CHECK(session.answer(changed).resumed_from == make_month(2026, 1));
    require_same(session.answer(changed).results, full_run(baseline, changed));
    changed = baseline;
    changed.price_schemes[0].to = make_month(2032, 7);
    CHECK(session.answer(changed).resumed_from == make_month(2030, 1));
    require_same(session.answer(changed).results, full_run(baseline, changed));
    changed = baseline;
    changed.programmes[0].budget_jpy[year_index(2024)] = 0.0;
    CHECK(session.answer(changed).resumed_from == make_month(2020, 1));
    require_same(session.answer(changed).results, full_run(baseline, changed));
}

TEST_CASE("a baseline whose members draw their ties answers alike") {
    World baseline = baseline_world();
    baseline.couplings[0].decay_ratio = uniform(0.5, 1.5);
    baseline.couplings[0].carries_technology = baseline.couplings[1].carries_technology = false;
    const LiveSession session(baseline, live_options());
    World changed = baseline;
    changed.price_schemes[0].share = 0.5;
    changed.support.back().to = make_month(2026, 4);
    CHECK(session.answer(changed).resumed_from == make_month(2026, 1));
    require_same(session.answer(changed).results, full_run(baseline, changed));
}

TEST_CASE("a session with a reference of its own answers as a run with that reference") {
    const World baseline = baseline_world();
    World reference = baseline;
    reference.price_schemes.clear();
    reference.countries[0].commitment.observed = {{make_month(2021, 6), 0.3}};
    LiveOptions options = live_options();
    for (const IdleThreads idle : {IdleThreads::help_with_steps, IdleThreads::leave}) {
        options.idle_threads = idle;
        const LiveSession session(baseline, options, &reference);
        require_same(session.baseline_results(), full_run(reference, baseline));
        CHECK(session.baseline_results().emissions_t != full_run(baseline, baseline).emissions_t);
        World changed = baseline;
        changed.price_schemes[0].share = 0.5;
        CHECK(session.answer(changed).resumed_from == make_month(2026, 1));
        require_same(session.answer(changed).results, full_run(reference, changed));
        changed.technologies[1].learning_rate = fixed(0.1);
        require_same(session.answer(changed).results, full_run(reference, changed));
    }
}

TEST_CASE("a live session stops when it is asked to") {
    std::atomic<bool> cancelled{true};
    LiveOptions options = live_options();
    options.cancelled = &cancelled;
    CHECK_THROWS_AS(LiveSession(baseline_world(), options), Cancelled);
    cancelled = false;
    const LiveSession session(baseline_world(), options);
    World changed = baseline_world();
    changed.price_schemes[0].share = 0.5;
    cancelled = true;
    CHECK_THROWS_AS(session.answer(changed), Cancelled);
}

TEST_CASE("a live session refuses what cannot be compared, and options out of range") {
    const World baseline = baseline_world();
    const LiveSession session(baseline, live_options());
    World other = baseline;
    other.calendar.months_per_step = 1;
    CHECK_THROWS_AS(session.answer(other), std::invalid_argument);
    other = baseline;
    other.price_schemes[0].share = 2.0;
    CHECK_THROWS_AS(session.answer(other), std::invalid_argument);
    LiveOptions nobody = live_options();
    nobody.members = 0;
    CHECK_THROWS_AS(LiveSession(baseline, nobody), std::invalid_argument);
    LiveOptions none = live_options();
    none.years_between_snapshots = 0;
    CHECK_THROWS_AS(LiveSession(baseline, none), std::invalid_argument);
}
