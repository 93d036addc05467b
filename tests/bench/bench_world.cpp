#include "tests/bench/bench_world.h"

#include <algorithm>
#include <string>
#include <vector>

#include "geo/hilbert_curve.h"
#include "geo/portable_math.h"
#include "sim/random.h"
#include "sim/results.h"
#include "tests/bench/bench_graph.h"
#include "tests/sim/literal_world.h"

namespace domino::bench {
namespace {

using namespace sim;

constexpr std::uint16_t country_count = 10;
constexpr int pairs_per_hundred = 10;

double uniform_at(std::uint32_t what, std::uint64_t id, std::uint32_t index = 0) {
    return sim::uniform({42, Process::dynamics, what, 0, 0, id, index});
}

std::vector<DatedEdge> always(const geo::EdgeList& edges) {
    std::vector<DatedEdge> dated;
    for (const geo::Edge& e : edges) dated.push_back({e.from, e.to, e.weight});
    return dated;
}

void add_countries(test::LiteralWorld& world) {
    for (std::uint16_t c = 1; c < country_count; ++c) {
        world.add_country("C" + std::to_string(c), portable::log(0.03));
    }
    for (Country& country : world->countries) {
        country.commitment.log_hazard_forecast = normal(portable::log(0.02), 0.3);
        country.commitment.block_rate = log_uniform(0.02, 0.1);
        country.commitment.observed = {{make_month(2022, 6), 0.05}};
    }
}

void add_places(test::LiteralWorld& world, const ScatteredPlaces& scattered) {
    world->admin1_keys.clear();
    for (std::uint32_t c = 0; c < scattered.clusters; ++c) {
        world->admin1_keys.push_back(geo::place_key("region" + std::to_string(c)));
    }
    for (std::uint32_t i = 0; i < scattered.count(); ++i) {
        const auto country = static_cast<std::uint16_t>(scattered.cluster[i] % country_count);
        const std::uint32_t row =
            world.add_place("place" + std::to_string(i), country, scattered.population[i]);
        PlaceInputs& place = world->places[row];
        place.admin1 = static_cast<std::uint16_t>(scattered.cluster[i]);
        place.curve_index = geo::hilbert_index(scattered.position[i]);
        for (std::size_t s = 0; s < sector_count; ++s) {
            place.emissions_t[s] = 0.6 * place.population;
            world->countries[country].sectors[s].base_t += place.emissions_t[s];
        }
    }
}

void add_technologies(test::LiteralWorld& world, std::uint32_t count) {
    for (std::uint32_t k = 0; k < count; ++k) {
        world.add_technology("technology" + std::to_string(k), 1e-3, 0.3);
        Technology& t = world->technologies.back();
        t.lifetime_years = 12.0 + k;
        t.learning_rate = normal(0.2, 0.03);
        t.cost_noise_sd = 0.08;
        t.world_units_at_start = 1e6;
        t.between_places = half_normal(0.01);
        for (TechnologyInCountry& local : t.countries) {
            local.units_per_head = 0.3;
            local.q = uniform(0.2, 0.4);
            local.p = log_uniform(1e-4, 1e-3);
            local.initial_share = 0.01;
            local.jcm_t_per_unit_year = 0.5;
            if (k % 2 == 0) {
                local.effects = {{Sector::electricity_residential, 0.0, 1000.0}};
            } else {
                local.effects = {{Sector::buildings_fuel, 0.2, 0.0}};
            }
        }
    }
}

/// Each place and the largest place of its region act on each other.
std::vector<DatedEdge> link_regions(const ScatteredPlaces& scattered) {
    std::vector<std::uint32_t> largest(scattered.clusters, no_place);
    for (std::uint32_t i = 0; i < scattered.count(); ++i) {
        std::uint32_t& head = largest[scattered.cluster[i]];
        if (head == no_place || scattered.population[i] > scattered.population[head]) head = i;
    }
    std::vector<DatedEdge> edges;
    for (std::uint32_t i = 0; i < scattered.count(); ++i) {
        const std::uint32_t head = largest[scattered.cluster[i]];
        if (head == i) continue;
        edges.push_back({head, i, 1.0});
        edges.push_back({i, head, scattered.population[i] / 1e6});
    }
    return edges;
}

/// Agreements between places anywhere; every fifth comes with a supported project.
std::vector<DatedEdge> link_pairs(World& world) {
    std::vector<DatedEdge> edges;
    const auto places = static_cast<std::uint32_t>(world.places.size());
    const std::uint32_t pairs = places * pairs_per_hundred / 100;
    const auto any_place = [&](std::uint32_t pair, std::uint32_t end) {
        return static_cast<std::uint32_t>(uniform_at(sub_of("pair"), pair, end) * places);
    };
    for (std::uint32_t n = 0; n < pairs; ++n) {
        const std::uint32_t a = any_place(n, 0);
        const std::uint32_t b = any_place(n, 1);
        if (a == b) continue;
        const Month from{world.calendar.first.value +
                         static_cast<int>(uniform_at(sub_of("pair begins"), n) * 120)};
        const Month to{from.value + 60};
        edges.push_back({a, b, 0.5, from, to});
        edges.push_back({b, a, 0.5, from, to});
        if (n % 5 == 0) world.support.push_back({"project" + std::to_string(n), b, a, from, to, 2e7, 0});
    }
    std::sort(world.support.begin(), world.support.end(), [&](const auto& x, const auto& y) {
        if (x.from != y.from) return x.from < y.from;
        return world.places[x.place].key < world.places[y.place].key;
    });
    return edges;
}

void add_money(World& world) {
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    world.programmes.push_back(
        {"projects", "Projects", ByYear(years, 2e4 * static_cast<double>(world.places.size()))});
    world.credits.active = true;
    world.credits.budget_jpy.assign(years, 1e9);
    world.credits.eligible_from.assign(country_count, make_month(2022, 1));
    world.credits.projects_per_year.assign(country_count, 2.0);
    world.credits.technology_weight.assign(world.technologies.size(),
                                           1.0 / static_cast<double>(world.technologies.size()));
    world.price_schemes.push_back({"grant", 0, {0, 1}, make_month(2026, 4), never, 0.2, ByYear(years, 1e9)});
}

}  // namespace

World make_bench_world(const BenchWorldSize& size) {
    test::LiteralWorld world(0, size.steps);
    world->uncertainty = Uncertainty::sampled;
    world->parameters = ModelParameters{};
    const ScatteredPlaces scattered = scatter_places(size.places);
    add_countries(world);
    add_places(world, scattered);
    add_technologies(world, size.technologies);
    world.add_layer("near", LayerKind::proximity, always(link_neighbours(scattered)), 0.0);
    world.add_layer("gravity", LayerKind::network, always(link_by_gravity(scattered)), 0.0);
    world.add_layer("region", LayerKind::hierarchy, link_regions(scattered), 0.0);
    world.add_layer("pairs", LayerKind::collaboration, link_pairs(*world), 0.0);
    for (LayerCoupling& c : world->couplings) {
        c.gamma_early = half_normal(0.5);
        c.gamma_late = half_normal(1.0);
        c.carries_technology = true;
    }
    add_money(*world);
    return *world;
}

World make_commitment_world(std::uint32_t places, int steps) {
    const double own_per_year = 12.0 * 2e-4;
    test::LiteralWorld world(0, steps);
    world->countries[0].commitment.log_hazard_forecast = fixed(portable::log(own_per_year));
    const RowGraph graph = make_row_graph(places);
    std::vector<DatedEdge> edges;
    for (std::uint32_t i = 0; i < places; ++i) {
        world.add_place("place" + std::to_string(i), 0, 1e5);
        for (std::size_t e = graph.row_begin[i]; e < graph.row_begin[i + 1U]; ++e) {
            edges.push_back({graph.source[e], i, graph.weight[e]});
        }
    }
    // Exposure multiplies the place's own hazard: h = p (1 + γ E) is p + q E for γ = q/p.
    world.add_layer("graph", LayerKind::user, edges, 0.06 / 2e-4);
    return *world;
}

}  // namespace domino::bench
