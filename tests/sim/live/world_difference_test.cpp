#include <catch2/catch.hpp>
#include <functional>
#include <stdexcept>

#include "sim/live/world_difference.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;

namespace {

World changed(const std::function<void(World&)>& lever) {
    World world = test::rich_world(test::identity_order(16));
    lever(world);
    return world;
}

Month first(const std::function<void(World&)>& lever) {
    return first_difference(changed([](World&) {}), changed(lever)).from;
}

std::size_t year_index(int year) {
    return static_cast<std::size_t>(year - 2020);
}

const Month start = make_month(2020, 1);

}  // namespace

TEST_CASE("a world does not differ from itself") {
    CHECK(first([](World&) {}) == never);
    CHECK(first_difference(changed([](World&) {}), changed([](World&) {})).none());
}

TEST_CASE("what has no date differs from the start") {
    CHECK(first([](World& w) { w.parameters.kappa1 = fixed(0.1); }) == start);
    CHECK(first([](World& w) { w.parameters.inflation_per_year = 0.01; }) == start);
    CHECK(first([](World& w) { w.technologies[1].countries[1].ceiling = fixed(0.5); }) == start);
    CHECK(first([](World& w) { w.technologies[0].world_log_growth[9] = 0.1; }) == start);
    CHECK(first([](World& w) { w.couplings[0].gamma_late = fixed(2.0); }) == start);
    CHECK(first([](World& w) { w.layers[0].weight[3] *= 2.0; }) == start);
    CHECK(first([](World& w) { w.places[3].population += 1.0; }) == start);
    CHECK(first([](World& w) {
              w.covariates = {{"slope", fixed(0.1), std::vector<double>(w.places.size(), 1.0)}};
          }) == start);
    CHECK(first([](World& w) { w.admin1_keys[1].value += 1; }) == start);
    CHECK(first([](World& w) { w.money_year = 2024; }) == start);
    CHECK(first([](World& w) { w.endogenous_cost = EndogenousCost::off; }) == start);
    CHECK(first([](World& w) { w.uncertainty = Uncertainty::medians_only; }) == start);
    CHECK(first([](World& w) { w.credits.subsidy_ceiling = 0.3; }) == start);
    CHECK(first([](World& w) { w.eco_lease.active = true; }) == start);
    CHECK(first([](World& w) { w.countries[0].commitment.block_rate = fixed(0.1); }) == start);
    CHECK(first([](World& w) { w.countries[0].sectors[2].intensity_trend_per_year = 0.01; }) == start);
}

TEST_CASE("budgets and paths differ from their year") {
    CHECK(first([](World& w) { w.programmes[0].budget_jpy[year_index(2026)] = 0.0; }) == make_month(2026, 1));
    CHECK(first([](World& w) {
              w.programmes[0].budget_changes = make_month(2027, 4);
              w.programmes[0].unchanged_budget_jpy = 5.0;
          }) == make_month(2027, 1));
    CHECK(first([](World& w) { w.credits.budget_jpy[year_index(2031)] *= 2.0; }) == make_month(2031, 1));
    CHECK(first([](World& w) { w.credits.eligible_from[1] = make_month(2024, 8); }) == make_month(2022, 1));
    CHECK(first([](World& w) { w.price_schemes[0].budget_jpy[year_index(2030)] = 1.0; }) ==
          make_month(2030, 1));
    CHECK(first([](World& w) { w.countries[1].emission_factor_g_per_kwh[year_index(2033)] = 1.0; }) ==
          make_month(2033, 1));
    CHECK(first([](World& w) { w.countries[1].population_factor[year_index(2028)] = 1.1; }) ==
          make_month(2028, 1));
    // Of the base year, everything else is told relative to it.
    CHECK(first([](World& w) { w.countries[1].emission_factor_g_per_kwh[0] = 1.0; }) == start);
    CHECK(first([](World& w) { w.countries[1].population_factor[0] = 1.1; }) == start);
}

TEST_CASE("a lease must be borne by the budgets of all its years") {
    const auto lease = [](World& w) {
        w.eco_lease = w.credits;
        w.eco_lease.stream = 1;
        w.eco_lease.payment_years = 5;
    };
    const World baseline = changed(lease);
    const World later = changed([&](World& w) {
        lease(w);
        w.eco_lease.budget_jpy[year_index(2030)] = 0.0;
    });
    CHECK(first_difference(baseline, later).from == make_month(2026, 1));
}

TEST_CASE("support windows differ from the year their money is asked for") {
    CHECK(first([](World& w) { w.support.pop_back(); }) == make_month(2021, 1));
    CHECK(first([](World& w) { w.support[1].to = make_month(2025, 9); }) == make_month(2025, 1));
    CHECK(first([](World& w) {
              SupportWindow more = w.support.back();
              more.project_id = "more";
              more.from = make_month(2029, 4);
              more.to = make_month(2032, 4);
              w.support.push_back(more);
          }) == make_month(2029, 1));
    CHECK(first([](World& w) { w.support[0].channels.policy_dialogue = 0.5; }) == make_month(2021, 1));
}

TEST_CASE("price schemes and withdrawals differ from their months") {
    CHECK(first([](World& w) { w.price_schemes[0].share = 0.4; }) == make_month(2026, 4));
    CHECK(first([](World& w) { w.price_schemes[0].to = make_month(2032, 7); }) == make_month(2032, 7));
    CHECK(first([](World& w) { w.price_schemes.clear(); }) == make_month(2026, 4));
    CHECK(first([](World& w) {
              w.price_schemes.push_back({"more", 0, {1}, make_month(2035, 10), never, 0.1, {}});
          }) == make_month(2035, 10));
    const auto leave = [](World& w) {
        Withdrawal out;
        out.id = "out";
        out.from = make_month(2030, 2);
        out.coalition.assign(w.places.size(), 0);
        w.withdrawals.push_back(out);
    };
    CHECK(first(leave) == make_month(2030, 2));
    const World once = changed(leave);
    CHECK(first_difference(once, changed([&](World& w) {
                               leave(w);
                               w.withdrawals[0].to = make_month(2034, 3);
                           }))
              .from == make_month(2034, 3));
}

TEST_CASE("dated ties differ from the month one has what the other has not") {
    const auto& pairs = [](World& w) -> FrozenLayer& { return w.layers[1]; };
    CHECK(first([&](World& w) { pairs(w).to[0] = make_month(2026, 2); }) == make_month(2026, 2));
    CHECK(first([&](World& w) { pairs(w).from[0] = make_month(2025, 4); }) == make_month(2021, 4));
    CHECK(first([&](World& w) {
              FrozenLayer& layer = pairs(w);
              layer.source.push_back(0);
              layer.weight.push_back(0.5);
              layer.from.push_back(make_month(2033, 5));
              layer.to.push_back(never);
              ++layer.row_begin.back();
          }) == make_month(2033, 5));
    // A layer of its own, dated.
    CHECK(first([&](World& w) {
              FrozenLayer more = pairs(w);
              more.name = "more";
              for (Month& from : more.from) from = make_month(2024, 3);
              w.layers.push_back(more);
              w.couplings.push_back(w.couplings[1]);
          }) == make_month(2024, 3));
    // A row that comes to weigh more than 1 rounds its weights otherwise from the start; so may any row of
    // which members draw the weights.
    CHECK(first([&](World& w) {
              FrozenLayer& layer = pairs(w);
              const std::uint32_t row = 1;  // place 0 acts on it
              REQUIRE(layer.row_begin[row + 1] == layer.row_begin[row] + 1);
              const auto at = static_cast<std::ptrdiff_t>(layer.row_begin[row + 1]);
              layer.source.insert(layer.source.begin() + at, 5);
              layer.weight.insert(layer.weight.begin() + at, 1.0);
              layer.from.insert(layer.from.begin() + at, make_month(2026, 1));
              layer.to.insert(layer.to.begin() + at, never);
              for (std::size_t i = row + 1; i < layer.row_begin.size(); ++i) ++layer.row_begin[i];
          }) == start);
    const auto drawn = [&](World& w) { w.couplings[1].decay_ratio = uniform(0.5, 1.5); };
    CHECK(first_difference(changed(drawn), changed([&](World& w) {
                               drawn(w);
                               pairs(w).to[0] = make_month(2026, 2);
                           }))
              .from == start);
    // Undated ties that become dated sum differently from the start.
    CHECK(first([&](World& w) {
              w.layers[0].from.assign(w.layers[0].source.size(), make_month(2030, 1));
              w.layers[0].to.assign(w.layers[0].source.size(), never);
          }) == start);
}

TEST_CASE("observed declarations differ from their month, what is accounted for at the end from there") {
    CHECK(first([](World& w) { w.places[2].committed_since = make_month(2027, 5); }) == make_month(2027, 5));
    CHECK(first([](World& w) { w.places[2].committed_since = make_month(2015, 5); }) == start);
    CHECK(first([](World& w) { w.credit_accounting.international_share = 0.2; }) == make_month(2041, 3));
}

TEST_CASE("what lies beyond the run makes no difference; the first of several does") {
    CHECK(first([](World& w) { w.price_schemes[0].to = make_month(2050, 1); }) == never);
    CHECK(first([](World& w) {
              w.price_schemes[0].share = 0.4;
              w.programmes[0].budget_jpy[year_index(2024)] = 0.0;
          }) == make_month(2024, 1));
}

TEST_CASE("in quarters a difference counts from the start of its step") {
    const auto quarters = [](World& w) { w.calendar.months_per_step = 3; };
    const World later = changed([&](World& w) {
        quarters(w);
        w.price_schemes[0].to = make_month(2032, 8);
    });
    CHECK(first_difference(changed(quarters), later).from == make_month(2032, 7));
}

TEST_CASE("worlds of other months, places or technologies are not compared") {
    const World baseline = changed([](World&) {});
    CHECK_THROWS_AS(first_difference(baseline, changed([](World& w) { w.calendar.months_per_step = 3; })),
                    std::invalid_argument);
    CHECK_THROWS_AS(first_difference(baseline, test::rich_world(test::identity_order(15))),
                    std::invalid_argument);
    CHECK_THROWS_AS(first_difference(baseline, changed([](World& w) { w.technologies[0].id = "x"; })),
                    std::invalid_argument);
}
