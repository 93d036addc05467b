#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "geo/portable_math.h"
#include "sim/ensemble.h"
#include "sim/random.h"
#include "tests/sim/rich_world.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::sim::test::identity_order;
using domino::sim::test::LiteralWorld;
using domino::sim::test::rich_world;
using domino::validation::record;

namespace {

constexpr std::size_t members = 6;

RunResults run(const World& world, int threads = 2) {
    EnsembleOptions options;
    options.members = static_cast<int>(members);
    options.threads = threads;
    options.seed = 17;
    return run_ensemble(world, nullptr, options).scenario;
}

template <class Value>
std::size_t differing(const std::vector<Value>& a, const std::vector<Value>& b) {
    if (a.size() != b.size()) return std::max(a.size(), b.size());
    std::size_t count = 0;
    for (std::size_t n = 0; n < a.size(); ++n) count += a[n] == b[n] ? 0 : 1;
    return count;
}

/// Numbers that differ by a bit between two runs, over everything the model decides.
std::size_t differences(const RunResults& a, const RunResults& b) {
    std::size_t count =
        differing(a.emissions_t, b.emissions_t) + differing(a.stage_step, b.stage_step) +
        differing(a.capacity_mean, b.capacity_mean) + differing(a.adoption_mean, b.adoption_mean) +
        differing(a.stock_units, b.stock_units) + differing(a.sector_t, b.sector_t) +
        differing(a.remainder_t, b.remainder_t) + differing(a.fiscal_total_t, b.fiscal_total_t) +
        differing(a.cost_jpy, b.cost_jpy) + differing(a.credit_spent_jpy, b.credit_spent_jpy) +
        differing(a.scheme_spent_jpy, b.scheme_spent_jpy);
    count += a.events.size() == b.events.size() ? 0 : 1;
    for (std::size_t n = 0; n < std::min(a.events.size(), b.events.size()); ++n) {
        const CommitmentEvent& x = a.events[n];
        const CommitmentEvent& y = b.events[n];
        count += x.member == y.member && x.place == y.place && x.step == y.step && x.cause == y.cause &&
                         x.layer == y.layer && x.source == y.source && x.share == y.share
                     ? 0
                     : 1;
    }
    return count;
}

void record_none(const std::string& what, std::size_t breaches, const char* source = "invariance") {
    record({.case_id = "V17",
            .what = what,
            .expected = 0.0,
            .obtained = static_cast<double>(breaches),
            .source = source});
}

/// Two countries of ten coupled places each, no tie between them. Endogenous cost, shared budgets and joint
/// declarations are off.
struct Component {
    std::string iso3;
    std::string prefix;
};

World components(const std::vector<Component>& parts) {
    LiteralWorld world(0, 120);
    world->countries.clear();
    world->admin1_keys.clear();
    world->uncertainty = Uncertainty::sampled;
    world->parameters = ModelParameters{};
    world->parameters.block_join = fixed(0.0);
    world->endogenous_cost = EndogenousCost::off;
    std::vector<DatedEdge> ring;
    for (const Component& part : parts) {
        const std::uint16_t country = world.add_country(part.iso3, domino::portable::log(0.05));
        for (std::uint32_t i = 0; i < 10; ++i) {
            const std::uint32_t place =
                world.add_place(part.prefix + std::to_string(i), country, 1e5 + 1e4 * i);
            const std::uint32_t first = place - i;
            ring.push_back({first + (i + 1) % 10, place, 0.7});
            ring.push_back({first + (i + 9) % 10, place, 0.6});
            world->places[place].emissions_t.fill(1e4);
            for (SectorPath& sector : world->countries[country].sectors) sector.base_t += 1e4;
        }
    }
    world.add_technology("pv", 0.01, 0.3);
    world->technologies[0].between_places = fixed(0.05);
    for (TechnologyInCountry& local : world->technologies[0].countries) {
        local.effects = {{Sector::electricity_residential, 0.0, 1000.0}};
    }
    world.add_layer("ring", LayerKind::proximity, ring, 3.0);
    world->couplings[0].carries_technology = true;
    return *world;
}

/// Numbers of `alone`'s places and country that differ in `together`, where they stand from the given rows
/// on.
std::size_t component_differences(const RunResults& alone, const RunResults& together,
                                  std::size_t first_place, std::size_t country) {
    std::size_t count = 0;
    for (std::size_t m = 0; m < members; ++m) {
        for (std::size_t i = 0; i < alone.places; ++i) {
            for (std::size_t s = 0; s < stage_count; ++s) {
                const auto stage = static_cast<Stage>(s);
                count += alone.stage_step[alone.stage_at(stage, i, m)] !=
                         together.stage_step[together.stage_at(stage, first_place + i, m)];
            }
            for (std::size_t y = 0; y < alone.years; ++y) {
                count += alone.emissions_t[alone.place_year(i, y, m)] !=
                         together.emissions_t[together.place_year(first_place + i, y, m)];
            }
        }
        for (std::size_t y = 0; y < alone.years; ++y) {
            count += alone.stock_units[alone.stock_at(0, 0, y, m)] !=
                     together.stock_units[together.stock_at(0, country, y, m)];
        }
    }
    return count;
}

}  // namespace

TEST_CASE("V17 threads", "[validation]") {
    const World world = rich_world(identity_order(30));
    const RunResults one = run(world, 1);
    REQUIRE(one.events.size() > 20);
    for (const int threads : {2, 3, 8}) {
        record_none("numbers that differ between 1 thread and " + std::to_string(threads),
                    differences(one, run(world, threads)));
    }
}

TEST_CASE("V17 order of edges", "[validation]") {
    std::vector<DatedEdge> edges;
    for (std::uint32_t i = 0; i < 30; ++i) {
        for (std::uint32_t d = 1; d <= 4; ++d) edges.push_back({(i + d * d) % 30, i, 0.13 * d});
    }
    const auto world_of = [](const std::vector<DatedEdge>& list) {
        LiteralWorld world(30, 120);
        world->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(0.05));
        world.add_layer("ties", LayerKind::user, list, 2.0);
        return *world;
    };
    const RunResults straight = run(world_of(edges));
    REQUIRE(straight.events.size() > 20);
    std::vector<DatedEdge> turned(edges.rbegin(), edges.rend());
    for (std::size_t n = 0; n + 7 < turned.size(); n += 7) std::swap(turned[n], turned[n + 5]);
    record_none("numbers that differ when edges come in another order",
                differences(straight, run(world_of(turned))));
}

TEST_CASE("V17 order of places", "[validation]") {
    const std::uint32_t n = 24;
    std::vector<std::uint32_t> order = identity_order(n);
    for (std::uint32_t i = 0; i < n; ++i) order[i] = (i * 7 + 3) % n;
    const RunResults a = run(rich_world(identity_order(n)));
    const RunResults b = run(rich_world(order));
    std::size_t steps = 0, emissions = 0;
    for (std::uint32_t row = 0; row < n; ++row) {
        const std::uint32_t place = order[row];
        for (std::size_t m = 0; m < members; ++m) {
            for (std::size_t s = 0; s < stage_count; ++s) {
                const auto stage = static_cast<Stage>(s);
                steps += a.stage_step[a.stage_at(stage, place, m)] != b.stage_step[b.stage_at(stage, row, m)];
            }
            for (std::size_t y = 0; y < a.years; ++y) {
                const auto x = static_cast<double>(a.emissions_t[a.place_year(place, y, m)]);
                const auto z = static_cast<double>(b.emissions_t[b.place_year(row, y, m)]);
                emissions += std::abs(x - z) <= 1e-6 * std::abs(x) ? 0 : 1;
            }
        }
    }
    REQUIRE(a.events.size() > 20);
    record_none("first passages of stages that differ when places are relabelled", steps);
    record_none("emissions that differ by more than 1e-6 when places are relabelled", emissions,
                "invariance up to the order of sums");
}

TEST_CASE("V17 a layer that does nothing", "[validation]") {
    World with = rich_world(identity_order(20));
    for (std::size_t l = 0; l < with.layers.size(); ++l) {
        if (with.layers[l].name != "near") continue;
        with.couplings[l].gamma_early = with.couplings[l].gamma_late = fixed(0.0);
        with.couplings[l].carries_technology = false;
        World without = with;
        without.layers.erase(without.layers.begin() + static_cast<std::ptrdiff_t>(l));
        without.couplings.erase(without.couplings.begin() + static_cast<std::ptrdiff_t>(l));
        RunResults a = run(with);
        const RunResults b = run(without);
        // The other layer keeps its name and its draws; only its number in the list moves up.
        for (CommitmentEvent& event : a.events) {
            if (event.layer != no_layer && event.layer > l) --event.layer;
        }
        REQUIRE(a.events.size() > 20);
        record_none("numbers that differ when a layer with coefficient 0 is left out", differences(a, b));
    }
}

TEST_CASE("V17 components without a tie between them", "[validation]") {
    const Component a{"AAA", "a"};
    const Component b{"BBB", "b"};
    const RunResults together = run(components({a, b}));
    const RunResults first = run(components({a}));
    const RunResults second = run(components({b}));
    REQUIRE(first.events.size() > 20);
    record_none("numbers of component A that differ when component B is there",
                component_differences(first, together, 0, 0));
    record_none("numbers of component B that differ when component A is there",
                component_differences(second, together, 10, 1));
}

TEST_CASE("V17 twice the weight of a layer whose rows are full", "[validation]") {
    const auto world_of = [](double factor) {
        LiteralWorld world(20, 120);
        world->countries[0].commitment.log_hazard_forecast = fixed(domino::portable::log(0.05));
        std::vector<DatedEdge> edges;
        for (std::uint32_t i = 0; i < 15; ++i) {
            edges.push_back({i + 1, i, 0.4 * factor});
            edges.push_back({i + 3, i, 0.9 * factor});
        }
        world.add_layer("ties", LayerKind::user, edges, 3.0);
        return *world;
    };
    const RunResults once = run(world_of(1.0));
    REQUIRE(once.events.size() > 20);
    record_none("numbers that differ when weights of rows that sum to 1.3 are doubled",
                differences(once, run(world_of(2.0))));
    // The rule ends where rows are not full: there, weights matter.
    CHECK(differences(once, run(world_of(0.5))) > 0);
}

TEST_CASE("V17 half the step", "[validation]") {
    World world = components({{"AAA", "a"}, {"BBB", "b"}});
    world.technologies[0].lifetime_years = 15.0;
    const RunResults month = run(world);
    world.calendar.parts_per_month = 2;
    const RunResults half = run(world);
    std::size_t beyond = 0;
    double moved = 0.0;
    for (std::size_t y = 0; y < month.years; ++y) {
        double sum = 0.0;
        for (std::size_t i = 0; i < month.places; ++i) {
            sum += month.adoption_mean[i * month.years + y] - half.adoption_mean[i * half.years + y];
        }
        const double change = std::abs(sum) / static_cast<double>(month.places);
        moved = std::max(moved, change);
        beyond += change <= 0.002 ? 0 : 1;
    }
    CHECK(moved > 0.0);
    record_none("years in which halving the step moves mean adoption by more than 0.002 of the potential",
                beyond, "declared in docs/model.md");
}
