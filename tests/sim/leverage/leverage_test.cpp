#include "sim/leverage/leverage.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <numeric>

#include "sim/leverage/mean_field.h"
#include "tests/sim/leverage/every_lever_world.h"

namespace domino::sim {
namespace {

/// A member at its medians, made ready.
struct Ready {
    explicit Ready(World given)
        : world(std::make_unique<World>(std::move(given))),
          prepared(prepare(*world)),
          draws(draw_member(*world, {1, 0})),
          constants(member_constants(prepared, draws)),
          trend(solve_trend(prepared, draws, constants.propensity)) {}

    MeanFieldInput input() const { return {&prepared, &draws, &constants, &trend, nullptr}; }

    std::unique_ptr<World> world;
    PreparedWorld prepared;
    MemberDraws draws;
    MemberConstants constants;
    Trend trend;
};

/// Tonnes avoided with levers pulled, [year][place].
std::vector<double> pulled(const FieldConstants& constants, const ReferenceTrace& base,
                           const LeverField& levers) {
    MeanField field(constants, &base, &levers);
    std::vector<MonthTape> tape(1);
    for (std::size_t y = 0; y < constants.years; ++y) field.run_year(y, tape);
    return field.abated_t();
}

using Lever = std::vector<double> LeverField::*;

/// Every derivative there is, in one row.
std::vector<double> all_of(const LeverField& field) {
    std::vector<double> all;
    for (const Lever lever :
         {&LeverField::hazard, &LeverField::support, &LeverField::units, &LeverField::price_share})
        all.insert(all.end(), (field.*lever).begin(), (field.*lever).end());
    return all;
}

/// Central differences at a step and half of it, extrapolated (Richardson): an error of fourth order. Summed
/// over the differences of places and years, which loses the fewest digits.
double difference(const FieldConstants& constants, const ReferenceTrace& base, Lever lever, std::size_t at,
                  double step) {
    const auto central = [&](double h) {
        LeverField levers(constants.years, constants.technologies, constants.places);
        (levers.*lever)[at] = h;
        const std::vector<double> up = pulled(constants, base, levers);
        (levers.*lever)[at] = -h;
        const std::vector<double> down = pulled(constants, base, levers);
        double sum = 0.0;
        for (std::size_t n = 0; n < up.size(); ++n) sum += up[n] - down[n];
        return sum / (2.0 * h);
    };
    return (4.0 * central(step / 2.0) - central(step)) / 3.0;
}

}  // namespace

TEST_CASE("Leverage is what finite differences give, for every lever in worlds with everything on") {
    const std::uint32_t seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U);
    const Ready ready(test::every_lever_world(seed));
    const Leverage leverage = measure_leverage(ready.input(), {});
    const FieldConstants constants(ready.input());
    std::size_t acting = 0, all = 0;
    const auto check = [&](const char* name, Lever lever, std::size_t at, double step) {
        const double by_adjoint = (leverage.derivative.*lever)[at];
        const double by_difference = difference(constants, leverage.trace, lever, at, step);
        INFO(name << " of seed " << seed << " at " << at << ": " << by_adjoint << " against "
                  << by_difference);
        // What the last digits of the tonnes leave of a difference of two.
        const double rounding = 1e-16 * leverage.abated_t / step;
        CHECK(std::abs(by_adjoint - by_difference) <= 1e-6 * std::abs(by_difference) + rounding);
        ++all;
        acting += std::abs(by_difference) > 1e5 * rounding ? 1 : 0;
    };
    const LeverField& d = leverage.derivative;
    for (const std::size_t year : {1U, 4U, 10U}) {
        for (std::size_t i = 0; i < constants.places; i += 1 + year / 4) {
            check("hazard", &LeverField::hazard, d.at(year, i), 1e-4);
            check("support", &LeverField::support, d.at(year, i), 3e-4);
            for (std::size_t t = i % 2; t < constants.technologies; t += 2) {
                check("units", &LeverField::units, d.at(year, t, i), 1.0);
                check("price share", &LeverField::price_share, d.at(year, t, i), 1e-3);
            }
        }
    }
    INFO(acting << " of " << all);
    CHECK(10 * acting > 8 * all);
}

TEST_CASE("Leverage holds where a month has parts, a step has months, or nobody else buys units") {
    World world = test::every_lever_world(5);
    switch (GENERATE(0, 1, 2)) {
        case 0:
            world.calendar.parts_per_month = 2;
            break;
        case 1:
            world.calendar.months_per_step = 3;
            break;
        default:
            world.credits.active = world.eco_lease.active = false;
    }
    const Ready ready(std::move(world));
    const CountedAbatement counted{2025, 2032};
    const Leverage leverage = measure_leverage(ready.input(), counted);
    const FieldConstants constants(ready.input());
    LeverField levers(constants.years, constants.technologies, constants.places);
    const auto counted_sum = [&] {
        const std::vector<double> abated = pulled(constants, leverage.trace, levers);
        return std::accumulate(abated.begin() + 5 * 12, abated.begin() + 13 * 12, 0.0);
    };
    CHECK(counted_sum() == Approx(leverage.abated_t).epsilon(1e-12));
    const auto check = [&](Lever lever, std::size_t at, double step) {
        (levers.*lever)[at] = step;
        const double up = counted_sum();
        (levers.*lever)[at] = -step;
        const double by_difference = (up - counted_sum()) / (2.0 * step);
        (levers.*lever)[at] = 0.0;
        CHECK((leverage.derivative.*lever)[at] == Approx(by_difference).epsilon(1e-5));
    };
    check(&LeverField::hazard, levers.at(2, 1), 1e-4);
    check(&LeverField::support, levers.at(3, 4), 1e-3);
    check(&LeverField::units, levers.at(6, 3, 7), 1.0);
    check(&LeverField::price_share, levers.at(4, 1, 8), 1e-3);
    // What comes after the years that count adds nothing to them.
    CHECK(leverage.derivative.units[levers.at(13, 0, 1)] == 0.0);
    CHECK(leverage.derivative.hazard[levers.at(15, 1)] == 0.0);
}

TEST_CASE("Leverage of one place's tonnes is what its own differences give, and places add up to all") {
    const Ready ready(test::every_lever_world(3));
    const FieldConstants constants(ready.input());
    const Leverage all = measure_leverage(ready.input(), {});
    const std::vector<double> expected = all_of(all.derivative);
    std::vector<double> sum(expected.size(), 0.0);
    double abated_t = 0.0;
    for (std::uint32_t i = 0; i < constants.places; ++i) {
        const Leverage own = measure_leverage(ready.input(), {0, 9999, i});
        const std::vector<double> part = all_of(own.derivative);
        for (std::size_t n = 0; n < part.size(); ++n) sum[n] += part[n];
        abated_t += own.abated_t;
    }
    CHECK(abated_t == Approx(all.abated_t).epsilon(1e-12));
    const double largest = std::abs(*std::max_element(
        expected.begin(), expected.end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
    for (std::size_t n = 0; n < sum.size(); ++n)
        REQUIRE(std::abs(sum[n] - expected[n]) <= 1e-9 * std::abs(expected[n]) + 1e-15 * largest);

    // A neighbour's lever, on the tonnes of place 4 alone.
    const Leverage own = measure_leverage(ready.input(), {0, 9999, 4U});
    for (const std::size_t pulled_at : {4U, 5U, 0U}) {
        LeverField levers(constants.years, constants.technologies, constants.places);
        const std::size_t at = levers.at(3, pulled_at);
        const auto own_sum = [&](double step) {
            levers.support[at] = step;
            const std::vector<double> abated = pulled(constants, own.trace, levers);
            double tonnes = 0.0;
            for (std::size_t n = 4; n < abated.size(); n += constants.places) tonnes += abated[n];
            return tonnes;
        };
        const double by_difference = (own_sum(1e-3) - own_sum(-1e-3)) / 2e-3;
        CAPTURE(pulled_at, by_difference);
        CHECK(own.derivative.support[at] == Approx(by_difference).epsilon(1e-5).margin(1e-10 * own.abated_t));
    }
}

TEST_CASE("Leverage has the same bits for any number of threads") {
    const Ready ready(test::every_lever_world(2, 40));
    const std::vector<double> alone = all_of(measure_leverage(ready.input(), {}).derivative);
    for (const int count : {2, 5}) {
        const Threads threads(count);
        CHECK(all_of(measure_leverage(ready.input(), {}, &threads).derivative) == alone);
    }
}

TEST_CASE("Several sums of tonnes come from one pass forwards as from one each") {
    const Ready ready(test::every_lever_world(2, 40));
    const std::vector<CountedAbatement> sums = {{0, 9999, {}}, {0, 9999, 4U}, {2022, 2025, {}}};
    const std::vector<Leverage> together = measure_leverages(ready.input(), sums);
    REQUIRE(together.size() == sums.size());
    for (std::size_t n = 0; n < sums.size(); ++n) {
        const Leverage alone = measure_leverage(ready.input(), sums[n]);
        CHECK(all_of(together[n].derivative) == all_of(alone.derivative));
        CHECK(together[n].abated_t == alone.abated_t);
        CHECK(together[n].share_cost_jpy == alone.share_cost_jpy);
        CHECK(together[n].relative_cost == alone.relative_cost);
    }
    CHECK(together[0].abated_t > together[1].abated_t);
}

TEST_CASE("Units that teach the world bring more than those that do not") {
    World world = test::every_lever_world(3);
    const Ready learning(world);
    world.endogenous_cost = EndogenousCost::off;
    const Ready not_learning(world);
    const LeverField with = measure_leverage(learning.input(), {}).derivative;
    const LeverField without = measure_leverage(not_learning.input(), {}).derivative;
    for (std::size_t i = 0; i < 12; ++i)
        CHECK(with.units[with.at(4, 0, i)] > without.units[with.at(4, 0, i)]);
}

TEST_CASE("Support counts for what a place's own support lacks") {
    World world = test::every_lever_world(4);
    world.credits.active = world.eco_lease.active = false;
    for (SupportWindow& window : world.support) window = world.support.front();
    world.support.resize(1);
    world.support[0].channels = {1.0, 1.0, 1.0};
    world.support[0].technologies.clear();
    const Ready ready(world);
    const LeverField by = measure_leverage(ready.input(), {}).derivative;
    const std::uint32_t place = world.support[0].place;
    CHECK(by.support[by.at(3, place)] == 0.0);
    CHECK(by.support[by.at(3, place + 1)] > 0.0);
    CHECK(by.support[by.at(9, place)] > 0.0);  // after it has ended
}

}  // namespace domino::sim
