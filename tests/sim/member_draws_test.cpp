#include "sim/member_draws.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/portable_math.h"
#include "sim/cost.h"
#include "sim/credit_projects.h"
#include "sim/emission_paths.h"
#include "sim/prepared_world.h"
#include "sim/trend.h"
#include "tests/sim/literal_world.h"

namespace domino::sim {
namespace {

constexpr std::size_t homes = 0, industry = 2;

/// One country with 100 t of electricity, 40 of it in homes.
test::LiteralWorld powered_world() {
    test::LiteralWorld w(1);
    const double users_t[] = {40.0, 30.0, 25.0, 5.0};
    for (std::size_t u = 0; u < 4; ++u) {
        w->places[0].emissions_t[first_electricity_sector + u] = users_t[u];
        w->countries[0].sectors[first_electricity_sector + u].base_t = users_t[u];
    }
    w->uncertainty = Uncertainty::sampled;
    return w;
}

double users_sum(const World& world, const CountryPaths& paths, std::size_t year) {
    double sum = 0.0;
    for (std::size_t s = first_electricity_sector; s < sector_count; ++s)
        sum += world.countries[0].sectors[s].base_t * paths.sector_factor[s][year];
    return sum;
}

TEST_CASE("who uses the electricity is drawn, how much there is is not") {
    auto w = powered_world();
    w->countries[0].electricity_user_share = {uniform(32.0, 48.0), uniform(24.0, 36.0), uniform(20.0, 30.0),
                                              uniform(4.0, 6.0)};
    double least = 1e9, most = 0.0;
    for (std::uint32_t m = 0; m < 200; ++m) {
        const auto draws = draw_member(*w, {1, m});
        const auto& factor = draws.countries[0].electricity_user_factor;
        const auto paths = country_paths(*w, 0, draws);
        CHECK(users_sum(*w, paths, 0) == Approx(100.0).epsilon(1e-12));
        least = std::min(least, factor[homes]);
        most = std::max(most, factor[homes]);
    }
    // ±20 % on the share; made to sum to one, at most 0.48/(0.48 + 0.48) of what was 0.40, and so on.
    CHECK(least > 0.32 / (0.32 + 0.72) / 0.4);
    CHECK(least < 0.88);
    CHECK(most > 1.12);
    CHECK(most < 0.48 / (0.48 + 0.48) / 0.4);
    w->uncertainty = Uncertainty::medians_only;
    CHECK(draw_member(*w, {1, 0}).countries[0].electricity_user_factor[industry] == Approx(1.0));
}

TEST_CASE("without a prior on users the allocation stays to the bit") {
    const auto w = [] {
        auto world = powered_world();
        world->uncertainty = Uncertainty::sampled;
        return world;
    }();
    auto copy = w;
    const MemberDraws draws = draw_member(*copy, {1, 3});
    for (const double f : draws.countries[0].electricity_user_factor) CHECK(f == 1.0);
}

TEST_CASE("land use after the base year is one level per member, before it what was counted") {
    auto w = powered_world();
    Country& country = w->countries[0];
    country.base_year = 2022;
    country.lulucf.base_t = 468e6;
    country.lulucf.observed_factor[0] = 0.5;
    country.lulucf_projected_t = normal(468e6, 150e6);
    double sum = 0.0, squares = 0.0;
    constexpr std::uint32_t members = 2000;
    for (std::uint32_t m = 0; m < members; ++m) {
        const auto paths = country_paths(*w, 0, draw_member(*w, {1, m}));
        CHECK(paths.lulucf_t[0] == 234e6);
        CHECK(paths.lulucf_t[2] == 468e6);
        CHECK(paths.lulucf_t[3] == paths.lulucf_t[20]);
        sum += paths.lulucf_t[10] / members;
        squares += paths.lulucf_t[10] * paths.lulucf_t[10] / members;
    }
    CHECK(sum / 1e6 == Approx(468.0).margin(4 * 150.0 / 44.7));
    CHECK(portable::exp(0.5 * portable::log(squares - sum * sum)) / 1e6 == Approx(150.0).epsilon(0.07));
}

TEST_CASE("a unit's credited tonnes follow the member's grid factor, fuel does not") {
    auto w = powered_world();
    w.add_technology("pv", 0.0, 0.0);
    TechnologyInCountry& local = w->technologies[0].countries[0];
    // At 0.65 of a margin of 1.0 t: 0.65 t of power and 0.05 t of fuel.
    local.jcm_t_per_unit_year = 0.70;
    local.jcm_margin_t_per_unit_year = 1.0;
    w->credits.grid_factor = uniform(0.4, 0.9);
    w->credits.central_grid_factor = 0.65;
    double least = 1.0, most = 0.0;
    for (std::uint32_t m = 0; m < 200; ++m) {
        const auto draws = draw_member(*w, {1, m});
        const double t = credited_t_per_unit(*w, draws, 0, 0);
        CHECK(t == Approx(draws.credit_grid_factor + 0.05));
        least = std::min(least, t);
        most = std::max(most, t);
    }
    CHECK(least == Approx(0.45).margin(0.02));
    CHECK(most == Approx(0.95).margin(0.02));
    local.jcm_t_per_unit_year = 0.0;
    CHECK(credited_t_per_unit(*w, draw_member(*w, {1, 0}), 0, 0) == 0.0);
}

TEST_CASE("a member's factor on the world's growth leaves counted years alone") {
    auto w = powered_world();
    w.add_technology("pv", 0.0, 0.0);
    Technology& technology = w->technologies[0];
    technology.learning_rate = fixed(0.2);
    std::fill(technology.world_log_growth.begin(), technology.world_log_growth.end(), portable::log(2.0));
    technology.world_growth_factor = fixed(2.0);
    technology.first_projected_world_year = 2025;
    w->uncertainty = Uncertainty::medians_only;
    const auto draws = draw_member(*w, {1, 0});
    const CostPath cost(technology, draws.technologies[0], 2020);
    // One doubling a year to 2024, two a year afterwards, 20 % each.
    CHECK(cost.relative_cost(4, 0.0) == Approx(0.8 * 0.8 * 0.8 * 0.8));
    CHECK(cost.relative_cost(5, 0.0) == Approx(0.8 * 0.8 * 0.8 * 0.8 * 0.8 * 0.8));
}

TEST_CASE("a covariate's coefficient is drawn a member and moves propensity by its value") {
    test::LiteralWorld w(2);
    w->uncertainty = Uncertainty::sampled;
    const auto before = draw_member(*w, {1, 3});
    w->covariates = {{"income", uniform(0.1, 0.3), {1.0, -2.0}}};
    const PreparedWorld prepared = prepare(*w);
    const auto draws = draw_member(*w, {1, 3});
    REQUIRE(draws.coefficients.size() == 1);
    CHECK(draws.coefficients[0] != draw_member(*w, {1, 4}).coefficients[0]);
    CHECK(draws.frailty == before.frailty);
    const auto moved = place_propensity(prepared, draws);
    auto none = draws;
    none.coefficients[0] = 0.0;
    const auto plain = place_propensity(prepared, none);
    CHECK(moved[0] == Approx(plain[0] * std::exp(draws.coefficients[0])));
    CHECK(moved[1] == Approx(plain[1] * std::exp(-2.0 * draws.coefficients[0])));
}

}  // namespace
}  // namespace domino::sim
