// Halving the step (VALIDATION V17): results change by less than the tolerance docs/model.md declares.
#include <catch2/catch.hpp>
#include <cmath>

#include "geo/portable_math.h"
#include "sim/ensemble.h"
#include "tests/sim/literal_world.h"

using namespace domino::sim;
using domino::sim::test::LiteralWorld;

namespace {

/// A chain of places with every coupling strong, support, capacity and two technologies.
LiteralWorld strongly_coupled_world() {
    constexpr std::uint32_t n = 60;
    LiteralWorld world(n);
    world->parameters = ModelParameters{};
    world->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(0.05));
    world.add_technology("t", 0.002, 0.4);
    world.add_technology("u", 0.001, 0.3);
    std::vector<DatedEdge> near;
    for (std::uint32_t i = 0; i < n; ++i) {
        near.push_back({(i + 1) % n, i, 0.5});
        near.push_back({(i + n - 1) % n, i, 0.5});
        if (i % 6 == 0) {
            world->support.push_back({"project" + std::to_string(i), i, std::nullopt, make_month(2022, 4),
                                      make_month(2028, 4), 1e6, 0});
        }
    }
    world->programmes.push_back(
        {"c3p", "C3P", ByYear(static_cast<std::size_t>(world->calendar.touched_years()), 1e9)});
    world.add_layer("near", LayerKind::proximity, near, 2.0);
    world->couplings[0].carries_technology = true;
    for (Technology& t : world->technologies) {
        t.lifetime_years = 15.0;
        t.between_places = fixed(0.02);
        t.countries[0].initial_share = 0.01;
    }
    return world;
}

struct Means {
    std::vector<double> adoption;  ///< [technology][year], over places and members
    std::vector<double> committed;
};

Means means(const World& world) {
    EnsembleOptions options;
    options.members = 40;
    options.threads = 2;
    const RunResults r = run_ensemble(world, nullptr, options).scenario;
    Means m;
    for (std::size_t k = 0; k < r.technologies; ++k) {
        for (std::size_t y = 0; y < r.years; ++y) {
            double sum = 0.0;
            for (std::size_t i = 0; i < r.places; ++i)
                sum += r.adoption_mean[(k * r.places + i) * r.years + y];
            m.adoption.push_back(sum / static_cast<double>(r.places));
        }
    }
    for (std::size_t y = 0; y < r.years; ++y) {
        double count = 0.0;
        for (std::size_t i = 0; i < r.places; ++i) {
            for (std::size_t member = 0; member < 40; ++member) {
                const std::uint16_t step = r.stage_step[r.stage_at(Stage::committed, i, member)];
                count += step != never_step && step < 12 * (y + 1) ? 1.0 : 0.0;
            }
        }
        m.committed.push_back(count / (40.0 * static_cast<double>(r.places)));
    }
    return m;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
    double largest = 0.0;
    for (std::size_t n = 0; n < a.size(); ++n) largest = std::max(largest, std::abs(a[n] - b[n]));
    return largest;
}

}  // namespace

TEST_CASE("V17 halving the step changes mean adoption by less than the declared tolerance") {
    constexpr double declared_adoption = 0.002;   // of the potential, docs/model.md "The step"
    constexpr double declared_committed = 0.005;  // of the places
    World world = *strongly_coupled_world();
    const Means month = means(world);
    world.calendar.parts_per_month = 2;
    const Means half = means(world);
    world.calendar.parts_per_month = 4;
    const Means quarter = means(world);
    INFO("adoption " << largest_difference(month.adoption, half.adoption) << ", then "
                     << largest_difference(half.adoption, quarter.adoption));
    INFO("committed " << largest_difference(month.committed, half.committed) << ", then "
                      << largest_difference(half.committed, quarter.committed));
    CHECK(month.adoption.back() > 0.2);
    CHECK(month.committed.back() > 0.5);
    CHECK(largest_difference(month.adoption, half.adoption) > 0.0);
    CHECK(largest_difference(month.adoption, half.adoption) < declared_adoption);
    CHECK(largest_difference(month.committed, half.committed) < declared_committed);
    CHECK(largest_difference(half.adoption, quarter.adoption) <
          0.75 * largest_difference(month.adoption, half.adoption));
}

TEST_CASE("V17 steps of three months change mean adoption by less than the declared tolerance") {
    constexpr double declared_adoption = 0.008;  // of the potential, docs/model.md "The step"
    constexpr double declared_committed = 0.01;  // of the places
    World world = *strongly_coupled_world();
    const Means month = means(world);
    world.calendar.months_per_step = 3;
    const Means three = means(world);
    INFO("adoption " << largest_difference(month.adoption, three.adoption));
    INFO("committed " << largest_difference(month.committed, three.committed));
    CHECK(largest_difference(month.adoption, three.adoption) > 0.0);
    CHECK(largest_difference(month.adoption, three.adoption) < declared_adoption);
    CHECK(largest_difference(month.committed, three.committed) < declared_committed);
}
