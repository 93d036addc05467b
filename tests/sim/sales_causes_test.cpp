// The adoption side of the ledger (model §8): sales split between own propensity, imitation and other places.
#include <catch2/catch.hpp>

#include "sim/ensemble.h"
#include "tests/sim/literal_world.h"

using namespace domino::sim;
using domino::sim::test::LiteralWorld;

namespace {

constexpr double single_precision = 1e-6;  // of a stock, after twelve steps in float

RunResults run(const World& world, int members = 1) {
    EnsembleOptions options;
    options.members = members;
    options.threads = 1;
    return run_ensemble(world, nullptr, options).scenario;
}

double added(const RunResults& r, std::size_t country, SalesCause cause, std::size_t year) {
    return r.added_units[r.added_at(0, country, cause, year, 0)];
}

double all_causes(const RunResults& r, std::size_t country, std::size_t year) {
    double sum = 0.0;
    for (std::size_t n = 0; n < sales_cause_count; ++n) {
        sum += added(r, country, static_cast<SalesCause>(n), year);
    }
    return sum;
}

/// Two countries of one place each; the second looks at the first.
LiteralWorld follower(double p, double q, double r) {
    LiteralWorld world(1);
    world.add_country("BBB", -40.0);
    world.add_place("b", 1, 100000.0);
    world.add_technology("t", 0.03, 0.38);
    world->technologies[0].countries[1].p = fixed(p);
    world->technologies[0].countries[1].q = fixed(q);
    world->technologies[0].between_places = fixed(r);
    world.add_layer("near", LayerKind::proximity, {{0, 1, 1.0}}, 0.0);
    world->couplings[0].carries_technology = true;
    return world;
}

}  // namespace

TEST_CASE("units that entered use are split by cause and add up to the growth of the stock") {
    LiteralWorld world = follower(0.01, 0.2, 0.05);
    const RunResults r = run(*world);
    for (std::size_t c = 0; c < 2; ++c) {
        double before = 0.0;
        for (std::size_t y = 0; y < r.years; ++y) {
            const double now = r.stock_units[r.stock_at(0, c, y, 0)];
            // A lifetime of 1e9 years retires nothing worth the name.
            CHECK(all_causes(r, c, y) == Approx(now - before).margin(single_precision * now));
            before = now;
        }
    }
    CHECK(added(r, 1, SalesCause::own_propensity, 5) > 0.0);
    CHECK(added(r, 1, SalesCause::imitation, 5) > 0.0);
    CHECK(added(r, 1, SalesCause::other_places, 5) > 0.0);
    CHECK(added(r, 0, SalesCause::other_places, 5) == 0.0);
    CHECK(added(r, 1, SalesCause::credit_projects, 5) == 0.0);
}

TEST_CASE("a place that would not buy of its own accord owes every unit to other places") {
    const RunResults r = run(*follower(0.0, 0.0, 0.1));
    CHECK(added(r, 1, SalesCause::other_places, 10) > 0.0);
    CHECK(added(r, 1, SalesCause::other_places, 10) == all_causes(r, 1, 10));
}

TEST_CASE("without coupling between places nothing is owed to them") {
    const RunResults r = run(*follower(0.01, 0.2, 0.0));
    for (std::size_t y = 0; y < r.years; ++y) CHECK(added(r, 1, SalesCause::other_places, y) == 0.0);
    CHECK(added(r, 1, SalesCause::imitation, 10) > added(r, 1, SalesCause::own_propensity, 10));
}

// dA/dt = (M − A)(p + r x_j), both constant: the parts stand as p to r x_j.
TEST_CASE("own propensity and other places share sales in proportion to their rates") {
    LiteralWorld world = follower(0.02, 0.0, 0.02);
    world->technologies[0].countries[0].p = fixed(1e6);  // full from the first month on
    const RunResults r = run(*world);
    CHECK(added(r, 1, SalesCause::other_places, 3) ==
          Approx(added(r, 1, SalesCause::own_propensity, 3)).epsilon(1e-6));
}

TEST_CASE("a limit on turnover cuts all causes alike") {
    LiteralWorld world = follower(0.02, 0.3, 0.02);
    const RunResults free = run(*world);
    world->technologies[0].countries[1].turnover_years = 1e4;
    const RunResults limited = run(*world);
    CHECK(all_causes(limited, 1, 10) == Approx(1e5 / 1e4).epsilon(1e-6));
    CHECK(all_causes(limited, 1, 10) < all_causes(free, 1, 10));
    for (const SalesCause cause :
         {SalesCause::own_propensity, SalesCause::imitation, SalesCause::other_places}) {
        CHECK(added(limited, 1, cause, 10) > 0.0);
    }
}
