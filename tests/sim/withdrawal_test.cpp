#include <catch2/catch.hpp>
#include <cmath>

#include "geo/portable_math.h"
#include "sim/commitment.h"
#include "sim/ensemble.h"
#include "sim/withdrawal_effects.h"
#include "tests/sim/literal_world.h"

using namespace domino::sim;
using domino::sim::test::LiteralWorld;

namespace {

/// Two places of one country and one of another; the first country is out from 2030-01 to 2032-01, place 0
/// stays.
LiteralWorld leaving(double factor, double drift) {
    LiteralWorld world(2);
    const auto other = world.add_country("BBB", -40.0);
    world.add_place("q0", other, 100000.0);
    Withdrawal w;
    w.id = "AAA 2030-01";
    w.from = make_month(2030, 1);
    w.to = make_month(2032, 1);
    w.coalition = {1, 0, 0};
    w.propensity_factor = fixed(factor);
    w.intensity_drift_per_year = fixed(drift);
    world->withdrawals.push_back(w);
    return world;
}

int step_of(int year, int month) {
    return make_month(year, month).value - make_month(2020, 1).value;
}

std::vector<double> propensity_at(const World& world, const std::vector<WithdrawalDraws>& draws, int step) {
    std::vector<double> factors(world.places.size());
    withdrawal_propensity(world, draws, step, factors);
    return factors;
}

std::vector<double> drift_at(const World& world, const std::vector<WithdrawalDraws>& draws, int step) {
    std::vector<double> factors(world.places.size());
    withdrawal_drift(world, draws, step, factors);
    return factors;
}

}  // namespace

TEST_CASE("a withdrawal slows the places outside the coalition while it lasts") {
    LiteralWorld w = leaving(0.5, 0.02);
    const std::vector<WithdrawalDraws> draws = draw_member(*w, {1, 0}).withdrawals;
    REQUIRE(draws.size() == 1);
    CHECK(draws[0].propensity_factor == 0.5);
    CHECK(propensity_at(*w, draws, step_of(2029, 12)) == std::vector<double>{1.0, 1.0, 1.0});
    CHECK(propensity_at(*w, draws, step_of(2030, 1)) == std::vector<double>{1.0, 0.5, 1.0});
    CHECK(propensity_at(*w, draws, step_of(2031, 12)) == std::vector<double>{1.0, 0.5, 1.0});
    CHECK(propensity_at(*w, draws, step_of(2032, 1)) == std::vector<double>{1.0, 1.0, 1.0});
}

TEST_CASE("intensity drifts for each month outside, and what was lost stays lost") {
    LiteralWorld world = leaving(1.0, 0.02);
    const auto draws = draw_member(*world, {1, 0}).withdrawals;
    CHECK(drift_at(*world, draws, step_of(2029, 12))[1] == 1.0);
    CHECK(drift_at(*world, draws, step_of(2030, 12))[1] == Approx(std::exp(0.02)).epsilon(1e-12));
    CHECK(drift_at(*world, draws, step_of(2035, 6))[1] == Approx(std::exp(0.04)).epsilon(1e-12));
    CHECK(drift_at(*world, draws, step_of(2035, 6))[0] == 1.0);
    CHECK(drift_at(*world, draws, step_of(2035, 6))[2] == 1.0);
}

TEST_CASE("a run with a withdrawal is the run without it until it begins, and emits more after") {
    LiteralWorld with = leaving(0.5, 0.02), without = leaving(0.5, 0.02);
    without->withdrawals.clear();
    for (LiteralWorld* world : {&with, &without}) {
        for (std::size_t i = 0; i < 2; ++i) (*world)->places[i].emissions_t[0] = 1000.0;
        (*world)->countries[0].sectors[0].base_t = 2000.0;
    }
    EnsembleOptions options;
    options.members = 2;
    const auto a = run_ensemble(*with, nullptr, options).scenario;
    const auto b = run_ensemble(*without, nullptr, options).scenario;
    const auto at = [&](std::size_t place, int year) {
        return a.place_year(place, static_cast<std::size_t>(year - 2020), 0);
    };
    for (int year = 2020; year <= 2040; ++year) {
        CHECK(a.emissions_t[at(0, year)] == b.emissions_t[at(0, year)]);
        if (year < 2030) {
            CHECK(a.emissions_t[at(1, year)] == b.emissions_t[at(1, year)]);
        } else {
            CHECK(a.emissions_t[at(1, year)] > b.emissions_t[at(1, year)]);
        }
    }
    CHECK(a.emissions_t[at(1, 2040)] / b.emissions_t[at(1, 2040)] == Approx(std::exp(0.04)).epsilon(1e-5));
}

TEST_CASE("a withdrawal that lacks a place is refused") {
    LiteralWorld world = leaving(0.5, 0.0);
    world->withdrawals[0].coalition.pop_back();
    CHECK_THROWS_AS(prepare(*world), std::invalid_argument);
}
