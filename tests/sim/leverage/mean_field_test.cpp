#include "sim/leverage/mean_field.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "sim/leverage/leverage.h"
#include "sim/member_run.h"
#include "tests/sim/leverage/every_lever_world.h"

namespace domino::sim {
namespace {

/// Of one member's run, everything its mean field starts from.
struct Started {
    explicit Started(const World& world)
        : prepared(prepare(world)),
          draws(draw_member(world, {1, 0})),
          constants(member_constants(prepared, draws)),
          trend(solve_trend(prepared, draws, constants.propensity)),
          field_constants({&prepared, &draws, &constants, &trend, nullptr}),
          field(field_constants, nullptr) {}

    void run() {
        std::vector<MonthTape> tape(1);
        for (std::size_t y = 0; y < field_constants.years; ++y) field.run_year(y, tape);
    }

    PreparedWorld prepared;
    MemberDraws draws;
    MemberConstants constants;
    Trend trend;
    FieldConstants field_constants;
    MeanField field;
};

}  // namespace

TEST_CASE("Where nothing is left to chance the mean field is the simulator") {
    // Who commits, and when, is on record; nobody draws projects; all the rest is on.
    World world = test::every_lever_world(6);
    world.credits.active = world.eco_lease.active = false;
    for (Country& c : world.countries) {
        c.commitment.log_hazard_forecast = fixed(-60.0);
        c.commitment.block_rate = fixed(0.0);
    }
    world.parameters.support_hazard = fixed(0.0);
    for (LayerCoupling& c : world.couplings) c.coercion = fixed(0.0);
    for (std::uint32_t i = 0; i < world.places.size(); i += 2)
        world.places[i].committed_since = Month{make_month(2019, 1).value + 9 * static_cast<int>(i)};
    Started started(world);
    const MemberOutcome outcome =
        run_member(started.prepared, started.draws, {1, 0}, CouplingSwitch::on, nullptr, &started.trend);
    started.run();
    const FieldConstants& k = started.field_constants;
    const FieldState& end = started.field.state();
    for (std::size_t t = 0; t < k.technologies; ++t) {
        CHECK(end.additions[t] == Approx(outcome.trace.additions[(t + 1) * k.years - 1]).epsilon(1e-4));
        for (std::size_t c = 0; c < k.countries; ++c) {
            double stock = 0.0;
            for (const std::uint32_t i : started.prepared.country_places[c]) stock += end.stock[k.cell(t, i)];
            CHECK(stock ==
                  Approx(outcome.stock_units[(t * k.countries + c + 1) * k.years - 1]).epsilon(1e-4));
        }
    }
    // A world in which technologies do nothing, with the same grid, emits more by what they avoid.
    World idle = world;
    for (Technology& t : idle.technologies)
        for (TechnologyInCountry& local : t.countries) local.effects.clear();
    const PreparedWorld without = prepare(idle);
    const MemberOutcome as_usual =
        run_member(without, started.draws, {1, 0}, CouplingSwitch::on, &outcome.trace, &started.trend);
    double avoided = 0.0;
    for (std::size_t n = 0; n < outcome.sector_year_t.size(); ++n)
        avoided += as_usual.sector_year_t[n] - outcome.sector_year_t[n];
    const std::vector<double>& abated = started.field.abated_t();
    CHECK(std::accumulate(abated.begin(), abated.end(), 0.0) == Approx(avoided).epsilon(1e-3));
}

TEST_CASE("The mean field commits as many as members do on average") {
    // Without couplings the mean of independent places is exact.
    World world = test::every_lever_world(7);
    for (LayerCoupling& c : world.couplings) {
        c.gamma_early = c.gamma_late = fixed(0.0);
        c.coercion = fixed(0.0);
    }
    Started started(world);
    started.run();
    const std::vector<double>& committed = started.field.state().committed;
    const double expected = std::accumulate(committed.begin(), committed.end(), 0.0);
    double sum = 0.0;
    constexpr std::uint32_t members = 200;
    for (std::uint32_t m = 0; m < members; ++m) {
        sum += static_cast<double>(
            run_member(started.prepared, started.draws, {1, m}, CouplingSwitch::on, nullptr, &started.trend)
                .events.size());
        for (const std::int32_t step : started.prepared.committed_from_step) sum += step < 0 ? 1.0 : 0.0;
    }
    // Twelve places: at most √12/2 a member off the mean, √200 times less of 200, three times that.
    CHECK(expected == Approx(sum / members).margin(0.37));
    CHECK(expected > 4.0);
    CHECK(expected < 11.0);
}

TEST_CASE("Projects install what a programme's members do on average") {
    World world = test::every_lever_world(8);
    world.price_schemes.clear();
    world.support.clear();
    world.eco_lease.active = false;
    world.credits.budget_jpy.assign(world.credits.budget_jpy.size(), 1e12);
    world.credits.size_mean_t = 100.0;
    world.credits.size_median_t = 80.0;
    Started started(world);
    double expected = 0.0;
    const ExpectedProjects& projects = started.field_constants.projects;
    for (int step = 0; step < started.prepared.steps; ++step) {
        for (std::size_t c = 0; c < 2; ++c)
            for (std::size_t t = 0; t < 4; ++t) expected += projects.country_units(step, c, t);
    }
    double sum = 0.0;
    constexpr std::uint32_t members = 100;
    for (std::uint32_t m = 0; m < members; ++m) {
        const MemberOutcome outcome =
            run_member(started.prepared, started.draws, {1, m}, CouplingSwitch::on, nullptr, &started.trend);
        const auto years = static_cast<std::size_t>(world.calendar.touched_years());
        for (std::size_t n = 0; n < 8; ++n) {
            for (std::size_t y = 0; y < years; ++y)
                sum += outcome.added_units[(n * sales_cause_count +
                                            static_cast<std::size_t>(SalesCause::credit_projects)) *
                                               years +
                                           y];
        }
    }
    CHECK(expected == Approx(sum / members).epsilon(0.1));
}

}  // namespace domino::sim
