// Covariates that change from year to year move the hazard by the value of the year.
#include "tests/sim/changing_covariate.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/commitment.h"
#include "sim/ensemble.h"
#include "sim/propensity_factors.h"
#include "sim/trend.h"

using namespace domino::sim;

namespace {

constexpr int years = 22;  // touched: 2020 … 2041

int step_of(int year, int month) {
    return make_month(year, month).value - make_month(2020, 1).value;
}

/// Two places under a hazard of 0.1 a year, and a covariate with β = 2: the first place's x falls by 0.1 a
/// year, the second's stays at 0.3.
test::LiteralWorld two_places() {
    test::LiteralWorld w(2);
    w->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(0.1));
    HazardCovariate covariate{"income", fixed(2.0), {0.5, 0.3}, {}};
    for (int year = 0; year < years; ++year) covariate.by_year.push_back({0.5 - 0.1 * year, 0.3});
    w->covariates = {covariate};
    return w;
}

/// Who, where, when and why.
using Course = std::vector<std::tuple<std::uint32_t, std::uint32_t, int, Cause, std::uint32_t, double>>;

Course course_of(const EnsembleResults& results, int before_step = 10'000) {
    Course course;
    for (const CommitmentEvent& event : results.scenario.events)
        if (event.step < before_step)
            course.emplace_back(event.member, event.place, event.step, event.cause, event.source,
                                event.share);
    return course;
}

EnsembleResults run(const World& world) {
    EnsembleOptions options;
    options.members = 40;
    return run_ensemble(world, nullptr, options);
}

}  // namespace

TEST_CASE("the hazard is that of the year: exp(a + β x(year))") {
    auto w = two_places();
    const PreparedWorld prepared = prepare(*w);
    const MemberDraws draws = draw_member(*w, {1, 0});
    const auto propensity = place_propensity(prepared, draws);
    const Trend trend = solve_trend(prepared, draws, propensity);
    CommitmentProcess process(prepared, draws, {1, 0}, propensity, trend, CouplingSwitch::on);
    std::vector<CommitmentEvent> events;
    for (const auto& [year, month] : {std::pair{2020, 1}, {2020, 12}, {2021, 1}, {2026, 7}, {2040, 12}}) {
        process.step(step_of(year, month), events);
        const double x = 0.5 - 0.1 * (year - 2020);
        CHECK(process.own_hazard(0) == Approx(0.1 * std::exp(2.0 * x)).epsilon(1e-12));
        CHECK(process.own_hazard(1) == Approx(0.1 * std::exp(2.0 * 0.3)).epsilon(1e-12));
    }
}

TEST_CASE("one that says the same in every year is one that does not change, bit for bit") {
    World constant = test::rich_world(test::identity_order(30));
    HazardCovariate covariate{"slope", normal(0.5, 0.2), {}, {}};
    for (std::uint32_t i = 0; i < 30; ++i) covariate.centred.push_back(test::random_at(i, 300));
    constant.covariates = {covariate};
    World yearly = constant;
    yearly.covariates[0].by_year.assign(static_cast<std::size_t>(yearly.calendar.touched_years()),
                                        covariate.centred);
    const EnsembleResults a = run(yearly), b = run(constant);
    CHECK(course_of(a) == course_of(b));
    CHECK(a.scenario.emissions_t == b.scenario.emissions_t);
}

TEST_CASE("what changes from a year on changes nothing before it, and then who commits") {
    World early = test::rich_world(test::identity_order(30));
    for (Country& country : early.countries) country.commitment.observed.clear();
    test::add_changing_covariate(early, "income");
    World late = early;
    const std::size_t changed = 2030 - 2020;
    for (std::size_t year = changed; year < late.covariates[0].by_year.size(); ++year)
        for (double& x : late.covariates[0].by_year[year]) x += 5.0;
    const EnsembleResults a = run(early), b = run(late);
    const int change = step_of(2030, 1);
    CHECK(!course_of(a, change).empty());
    CHECK(course_of(a, change) == course_of(b, change));
    CHECK(course_of(a) != course_of(b));
}

TEST_CASE("a world is refused whose covariate lacks years or contradicts itself") {
    for (const auto& spoil :
         std::vector<void (*)(HazardCovariate&)>{[](HazardCovariate& c) { c.by_year.pop_back(); },
                                                 [](HazardCovariate& c) { c.by_year[3].pop_back(); },
                                                 [](HazardCovariate& c) { c.by_year[4][0] = NAN; },
                                                 [](HazardCovariate& c) { c.by_year[0][0] += 1.0; }}) {
        auto w = two_places();
        spoil(w->covariates[0]);
        CHECK_THROWS_AS(prepare(*w), std::invalid_argument);
    }
}
