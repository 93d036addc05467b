#include "sim/credits/project_credits.h"

#include <catch2/catch.hpp>

#include "sim/stock_turnover.h"
#include "tests/sim/literal_world.h"

namespace domino::sim {
namespace {

/// One place, a boiler that saves fuel and a panel that saves power; credited for ten years.
World small_world() {
    test::LiteralWorld w(1);
    w.add_technology("boiler", 0.0, 0.0);
    w.add_technology("panel", 0.0, 0.0);
    w->technologies[0].countries[0].effects = {{Sector::industry_fuel, 2.0, 0.0}};
    w->technologies[1].countries[0].effects = {{Sector::electricity_residential, 0.0, 900.0}};
    for (Technology& t : w->technologies) t.jcm_credit_years = 10.0;
    return *w;
}

PlaceReductions reductions_of(const World& world, double industry_t, double power_t) {
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    PlaceReductions out(sector_count * years, 0.0);
    for (std::size_t y = 0; y < years; ++y) {
        out[index(Sector::industry_fuel) * years + y] = industry_t;
        out[index(Sector::electricity_residential) * years + y] = power_t;
    }
    return out;
}

}  // namespace

TEST_CASE("A project is monitored from its first month to the end of its crediting period", "[credits]") {
    World world = small_world();
    const InstalledProject project{0, 0, make_month(2025, 3), make_month(2027, 4), 1200.0};
    const auto monitored = monitored_by_year(world, project);
    REQUIRE(monitored.size() == 21);
    for (int year = 2020; year < 2027; ++year) CHECK(monitored[static_cast<std::size_t>(year - 2020)] == 0.0);
    CHECK(monitored[7] == Approx(900.0));  // April to December 2027; the units last practically for ever
    CHECK(monitored[8] == Approx(1200.0));
    CHECK(monitored[17] == Approx(300.0));  // to March 2037
    CHECK(monitored[18] == 0.0);

    // Units that wear out yield less: the mean of the survival over each year.
    world.technologies[0].lifetime_years = 10.0;
    const auto worn = monitored_by_year(world, project);
    double expected = 0.0;
    for (int month = 0; month < 12; ++month)
        expected +=
            100.0 * erlang_survival(world.technologies[0].erlang_stages, 10.0, (9 + month + 0.5) / 12);
    CHECK(worn[8] == Approx(expected));
    CHECK(worn[16] < 0.5 * monitored[16]);
}

TEST_CASE("Credits stay within the modelled reduction of the place and sector", "[credits]") {
    const World world = small_world();
    const std::vector<InstalledProject> projects = {
        {0, 0, make_month(2025, 1), make_month(2027, 1), 700.0},
        {0, 0, make_month(2025, 2), make_month(2027, 1), 700.0},
        {0, 1, make_month(2025, 3), make_month(2027, 1), 400.0},
    };
    const auto credited = [&](double industry_t, double power_t) {
        const PlaceReductions one = reductions_of(world, industry_t, power_t);
        const std::vector<const PlaceReductions*> reductions(projects.size(), &one);
        const auto credits = credit_projects(world, projects, reductions);
        CHECK(largest_excess(world, projects, reductions, credits) < 1e-12);
        std::vector<double> in_2028;
        for (const ProjectCredits& project : credits) in_2028.push_back(project.credited_t[8]);
        return in_2028;
    };
    // Enough for all.
    CHECK(credited(5000.0, 5000.0)[0] == Approx(700.0));
    CHECK(credited(5000.0, 5000.0)[1] == Approx(700.0));
    CHECK(credited(5000.0, 5000.0)[2] == Approx(400.0));
    // The first in line is served first; one sector's reduction is not another's.
    const auto tight = credited(1000.0, 100.0);
    CHECK(tight[0] == Approx(700.0));
    CHECK(tight[1] == Approx(300.0));
    CHECK(tight[2] == Approx(100.0));
    // Elsewhere in the place emissions rise: in all, no more than is left.
    const auto offset = credited(1000.0, -600.0);
    CHECK(offset[0] == Approx(400.0));
    CHECK(offset[1] == 0.0);
    CHECK(offset[2] == 0.0);
    CHECK(credited(0.0, 0.0)[0] == 0.0);

    // The check sees credits that nobody capped.
    const PlaceReductions little = reductions_of(world, 100.0, 0.0);
    const std::vector<const PlaceReductions*> reductions(projects.size(), &little);
    auto uncapped = credit_projects(world, projects, reductions);
    uncapped[0].credited_t = uncapped[0].monitored_t;
    CHECK(largest_excess(world, projects, reductions, uncapped) > 0.5);
}

}  // namespace domino::sim
