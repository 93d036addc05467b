#include "sim/ensemble.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "geo/portable_math.h"
#include "sim/prepared_world.h"
#include "sim/random.h"
#include "tests/sim/literal_world.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;
using domino::sim::test::identity_order;
using domino::sim::test::rich_world;

namespace {

EnsembleOptions options(int members, int threads) {
    EnsembleOptions o;
    o.members = members;
    o.threads = threads;
    o.seed = 5;
    return o;
}

bool same_events(const std::vector<CommitmentEvent>& a, const std::vector<CommitmentEvent>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.member == y.member && x.place == y.place && x.step == y.step && x.cause == y.cause &&
               x.layer == y.layer && x.source == y.source && x.share == y.share;
    });
}

void require_same(const RunResults& a, const RunResults& b) {
    REQUIRE(a.emissions_t == b.emissions_t);
    REQUIRE(a.stage_step == b.stage_step);
    REQUIRE(a.capacity_mean == b.capacity_mean);
    REQUIRE(a.adoption_mean == b.adoption_mean);
    REQUIRE(a.sector_t == b.sector_t);
    REQUIRE(a.fiscal_total_t == b.fiscal_total_t);
    REQUIRE(a.stock_units == b.stock_units);
    REQUIRE(a.credit_spent_jpy == b.credit_spent_jpy);
    REQUIRE(a.scheme_spent_jpy == b.scheme_spent_jpy);
    REQUIRE(same_events(a.events, b.events));
}

}  // namespace

TEST_CASE("the same bytes for 1, 2 and 8 threads") {
    const World world = rich_world(identity_order(40));
    const EnsembleResults one = run_ensemble(world, &world, options(12, 1));
    REQUIRE_FALSE(one.scenario.events.empty());
    for (const int threads : {2, 8}) {
        const EnsembleResults many = run_ensemble(world, &world, options(12, threads));
        require_same(one.scenario, many.scenario);
        require_same(*one.reference, *many.reference);
        REQUIRE(one.scenario_uncoupled.emissions_t == many.scenario_uncoupled.emissions_t);
        REQUIRE(one.scenario_uncoupled.commitments == many.scenario_uncoupled.commitments);
    }
}

TEST_CASE("identical scenarios differ by exactly zero") {
    const World world = rich_world(identity_order(30));
    const EnsembleResults r = run_ensemble(world, &world, options(6, 2));
    require_same(r.scenario, *r.reference);
    REQUIRE(r.scenario_uncoupled.emissions_t == r.reference_uncoupled->emissions_t);
}

TEST_CASE("members do not depend on how many there are") {
    const World world = rich_world(identity_order(20));
    const RunResults few = run_ensemble(world, nullptr, options(3, 1)).scenario;
    EnsembleOptions later = options(1, 1);
    later.first_member = 2;
    const RunResults third = run_ensemble(world, nullptr, later).scenario;
    for (std::size_t i = 0; i < few.places; ++i) {
        for (std::size_t y = 0; y < few.years; ++y) {
            REQUIRE(few.emissions_t[few.place_year(i, y, 2)] == third.emissions_t[third.place_year(i, y, 0)]);
        }
    }
}

TEST_CASE("relabelling the rows changes no place's events, and emissions only by rounding of sums") {
    const std::uint32_t n = 24;
    std::vector<std::uint32_t> order = identity_order(n);
    std::reverse(order.begin(), order.end());
    World straight = rich_world(identity_order(n));
    World turned = rich_world(order);
    // Sums over places run in row order; what depends on such sums is switched off here.
    for (World* w : {&straight, &turned}) {
        w->endogenous_cost = EndogenousCost::off;
        w->credits.active = false;
        w->price_schemes.clear();
        for (Country& c : w->countries) c.commitment.observed.clear();
    }
    const RunResults a = run_ensemble(straight, nullptr, options(4, 1)).scenario;
    const RunResults b = run_ensemble(turned, nullptr, options(4, 1)).scenario;
    for (std::uint32_t place = 0; place < n; ++place) {
        const std::uint32_t row = n - 1 - place;
        for (std::size_t m = 0; m < 4; ++m) {
            REQUIRE(a.stage_step[a.stage_at(Stage::committed, place, m)] ==
                    b.stage_step[b.stage_at(Stage::committed, row, m)]);
            for (std::size_t y = 0; y < a.years; ++y) {
                REQUIRE(a.emissions_t[a.place_year(place, y, m)] ==
                        Approx(b.emissions_t[b.place_year(row, y, m)]).epsilon(1e-6));
            }
        }
    }
}

TEST_CASE("an isolated place in a country of its own changes no other place by a bit") {
    World without = rich_world(identity_order(20));
    without.endogenous_cost = EndogenousCost::off;
    World with = without;
    with.countries.push_back(with.countries[0]);
    with.countries.back().iso3 = "ISL";
    for (SectorPath& s : with.countries.back().sectors) s.base_t = 0.0;
    with.admin1_keys.push_back(domino::geo::place_key("ISL-1"));
    for (Technology& t : with.technologies) t.countries.push_back(t.countries[0]);
    with.credits.eligible_from.push_back(never);
    with.credits.projects_per_year.push_back(0.0);
    PlaceInputs island;
    island.key = domino::geo::place_key("island");
    island.country = 2;
    island.admin1 = 2;
    island.population = 5000.0;
    island.potential_factor = {1.0, 1.0};
    with.places.push_back(island);
    for (FrozenLayer& l : with.layers) l.row_begin.push_back(l.row_begin.back());
    const RunResults a = run_ensemble(without, nullptr, options(6, 2)).scenario;
    const RunResults b = run_ensemble(with, nullptr, options(6, 2)).scenario;
    for (std::size_t i = 0; i < a.places; ++i) {
        for (std::size_t m = 0; m < 6; ++m) {
            for (std::size_t s = 0; s < stage_count; ++s) {
                REQUIRE(a.stage_step[a.stage_at(static_cast<Stage>(s), i, m)] ==
                        b.stage_step[b.stage_at(static_cast<Stage>(s), i, m)]);
            }
            for (std::size_t y = 0; y < a.years; ++y) {
                REQUIRE(a.emissions_t[a.place_year(i, y, m)] == b.emissions_t[b.place_year(i, y, m)]);
            }
        }
    }
}

TEST_CASE("a layer with coefficient zero equals the world without the layer") {
    World with = rich_world(identity_order(20));
    for (LayerCoupling& c : with.couplings) {
        c.gamma_early = c.gamma_late = fixed(0.0);
        c.carries_technology = false;
    }
    World without = with;
    without.layers.clear();
    without.couplings.clear();
    const RunResults a = run_ensemble(with, nullptr, options(4, 2)).scenario;
    const RunResults b = run_ensemble(without, nullptr, options(4, 2)).scenario;
    REQUIRE(a.emissions_t == b.emissions_t);
    REQUIRE(same_events(a.events, b.events));
}

TEST_CASE("with every coupling zero, the uncoupled run is the run") {
    World world = rich_world(identity_order(20));
    for (LayerCoupling& c : world.couplings) c.gamma_early = c.gamma_late = fixed(0.0);
    for (Technology& t : world.technologies) t.between_places = fixed(0.0);
    const EnsembleResults r = run_ensemble(world, nullptr, options(4, 1));
    for (std::size_t y = 0; y < r.scenario.years; ++y) {
        for (std::size_t m = 0; m < 4; ++m) {
            for (std::size_t c = 0; c < 2; ++c) {
                REQUIRE(r.scenario_uncoupled.emissions_t[(c * r.scenario.years + y) * 4 + m] ==
                        r.scenario.national_total_t(c, y, m));
            }
        }
    }
}

TEST_CASE("a lever changes nothing before its start") {
    const World reference = rich_world(identity_order(20));
    const Month start = make_month(2028, 4);
    const std::size_t first_changed = 2028 - 2020;
    const auto check_before = [&](const World& world) {
        const EnsembleResults r = run_ensemble(world, &reference, options(5, 2));
        bool changed = false;
        for (std::size_t i = 0; i < r.scenario.places; ++i) {
            for (std::size_t m = 0; m < 5; ++m) {
                for (std::size_t y = 0; y < r.scenario.years; ++y) {
                    const std::size_t at = r.scenario.place_year(i, y, m);
                    const bool same = r.scenario.emissions_t[at] == r.reference->emissions_t[at];
                    if (y < first_changed) REQUIRE(same);
                    changed = changed || !same;
                }
            }
        }
        CHECK(changed);
    };
    SECTION("new agreements and projects") {
        World world = reference;
        for (std::uint32_t i = 2; i < 20; i += 4) {
            world.support.push_back(
                {"new" + std::to_string(i), i, std::nullopt, start, make_month(2031, 4), 2e7, 0});
        }
        check_before(world);
    }
    SECTION("a price scheme") {
        World world = reference;
        world.price_schemes.push_back({"pv grant", 0, {0, 1}, start, never, 0.3, {}});
        check_before(world);
    }
    SECTION("a larger JCM budget") {
        World world = reference;
        for (std::size_t y = first_changed; y < world.credits.budget_jpy.size(); ++y)
            world.credits.budget_jpy[y] = 1e8;
        check_before(world);
    }
}

TEST_CASE("budgets bind: without money nobody is supported, and nothing is overspent") {
    World world = rich_world(identity_order(40));
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    world.programmes[0].budget_jpy.assign(years, 3.5e7);  // one project-year of 20 M, not two
    const PreparedWorld prepared = prepare(world);
    for (std::size_t y = 0; y < years; ++y) CHECK(prepared.programme_spent_jpy[y] <= 3.5e7);
    CHECK(prepared.programme_spent_jpy[2] == Approx(2e7));
    std::size_t supported = 0;
    for (std::size_t i = 0; i < prepared.places; ++i)
        supported += prepared.supported[30 * prepared.places + i];
    CHECK(supported == 1);
    world.programmes[0].budget_jpy.assign(years, 0.0);
    const PreparedWorld poor = prepare(world);
    CHECK(std::accumulate(poor.supported.begin(), poor.supported.end(), 0) == 0);

    const RunResults r = run_ensemble(rich_world(identity_order(40)), nullptr, options(6, 2)).scenario;
    for (const double spent : r.credit_spent_jpy) CHECK(spent <= 2e7);
    CHECK(*std::max_element(r.credit_spent_jpy.begin(), r.credit_spent_jpy.end()) > 0.0);
    for (const double spent : r.scheme_spent_jpy) CHECK(spent <= 1e6);
    CHECK(*std::max_element(r.scheme_spent_jpy.begin(), r.scheme_spent_jpy.end()) > 0.0);
    for (const IdentityCheck& check : r.identities) {
        INFO(check.name << " " << check.largest_relative_error);
        CHECK(check.holds());
    }
}

TEST_CASE("the base year is reproduced and only what is added since counts") {
    World world = rich_world(identity_order(10));
    for (Country& c : world.countries) {
        c.base_year = 2022;
        for (SectorPath& s : c.sectors) s.observed_factor = ByYear(22, 0.9);
        for (SectorPath& s : c.sectors) s.observed_factor[2] = 1.0;
    }
    const RunResults r = run_ensemble(world, nullptr, options(3, 1)).scenario;
    for (std::size_t c = 0; c < 2; ++c) {
        double base = 0.0;
        for (const SectorPath& s : world.countries[c].sectors) base += s.base_t;
        for (std::size_t m = 0; m < 3; ++m) {
            CHECK(r.national_total_t(c, 2, m) == Approx(base).epsilon(1e-9));
            CHECK(r.national_total_t(c, 0, m) == Approx(0.9 * base).epsilon(1e-9));
            CHECK(r.national_total_t(c, 15, m) != Approx(base).epsilon(1e-4));
        }
    }
}

TEST_CASE("worlds that do not match, empty ensembles and cancelled runs are refused") {
    const World world = rich_world(identity_order(10));
    World other = rich_world(identity_order(12));
    CHECK_THROWS_AS(run_ensemble(world, &other, options(2, 1)), std::invalid_argument);
    CHECK_THROWS_AS(run_ensemble(world, nullptr, options(0, 1)), std::invalid_argument);
    std::atomic<bool> stop = true;
    EnsembleOptions o = options(4, 2);
    o.cancelled = &stop;
    CHECK_THROWS_AS(run_ensemble(world, nullptr, o), Cancelled);
    World broken = world;
    broken.places[0].population = -1.0;
    CHECK_THROWS_AS(run_ensemble(broken, nullptr, options(1, 1)), std::invalid_argument);
}
