#pragma once

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "geo/portable_math.h"
#include "sim/random.h"
#include "tests/sim/literal_world.h"

namespace domino::sim::test {

inline double random_at(std::uint32_t n, std::uint32_t sub) {
    return uniform({99, Process::parameter, sub, n, 0, 0, 0});
}

/// Two coupled countries with every mechanism on: layers of each kind, programmes, credits, a price scheme,
/// learning, frailty, joint declarations. `order` permutes the places.
inline World rich_world(const std::vector<std::uint32_t>& order) {
    LiteralWorld w(0, 255);
    w.add_country("BBB", domino::portable::log(0.03));
    w->uncertainty = Uncertainty::sampled;
    w->parameters = ModelParameters{};
    const auto n = static_cast<std::uint32_t>(order.size());
    std::vector<std::uint32_t> row_of(n);
    for (std::uint32_t row = 0; row < n; ++row) {
        const std::uint32_t place = order[row];
        row_of[place] = row;
        w.add_place("place" + std::to_string(place), static_cast<std::uint16_t>(place % 2),
                    20000.0 + 1e6 * random_at(place, 1));
    }
    for (std::uint16_t c = 0; c < 2; ++c) {
        w->countries[c].commitment.log_hazard_forecast = normal(domino::portable::log(0.1), 0.3);
        w->countries[c].commitment.block_rate = log_uniform(0.05, 0.4);
        w->countries[c].commitment.observed = {{make_month(2021, 6), 0.2}};
    }
    w.add_technology("pv", 1e-3, 0.3);
    w.add_technology("ev", 1e-3, 0.4);
    for (Technology& t : w->technologies) {
        t.lifetime_years = 15.0;
        t.learning_rate = normal(0.2, 0.03);
        t.cost_noise_sd = 0.08;
        t.world_units_at_start = 1e6;
        t.between_places = or_zero(half_normal(0.01));
        for (TechnologyInCountry& local : t.countries) {
            local.q = uniform(0.2, 0.4);
            local.p = log_uniform(1e-4, 1e-3);
            local.initial_share = 0.01;
            local.jcm_t_per_unit_year = 0.5;
            local.effects = {{Sector::electricity_residential, 0.0, 1000.0}};
        }
    }
    for (std::uint32_t row = 0; row < n; ++row) {
        w->places[row].emissions_t = {2e5, 1e5, 3e5, 1e4, 1e4, 1e5, 1e5, 1e5, 1e3};
        for (std::size_t s = 0; s < sector_count; ++s) {
            w->countries[w->places[row].country].sectors[s].base_t += w->places[row].emissions_t[s];
        }
    }
    std::vector<DatedEdge> near;
    std::vector<DatedEdge> pairs;
    for (std::uint32_t i = 0; i < n; ++i) {
        for (std::uint32_t d = 1; d <= 3; ++d) {
            // Neighbours stay within the country: components can be told apart.
            near.push_back({row_of[(i + 2 * d) % n], row_of[i], 0.2 + 0.1 * d});
        }
        if (i % 8 == 0) {
            pairs.push_back({row_of[i], row_of[(i + 1) % n], 1.0, make_month(2021, 4), make_month(2027, 4)});
            w->support.push_back({"project" + std::to_string(i), row_of[(i + 1) % n], row_of[i],
                                  make_month(2021, 4), make_month(2027, 4), 2e7, 0});
        }
    }
    w.add_layer("near", LayerKind::proximity, near, 0.0);
    w.add_layer("pairs", LayerKind::collaboration, pairs, 0.0);
    for (LayerCoupling& c : w->couplings) {
        c.gamma_early = half_normal(0.5);
        c.gamma_late = half_normal(1.0);
        c.carries_technology = true;
    }
    const auto years = static_cast<std::size_t>(w->calendar.touched_years());
    w->programmes.push_back({"c3p", "C3P", ByYear(years, 1e8)});
    w->credits.active = true;
    w->credits.budget_jpy.assign(years, 2e7);
    w->credits.eligible_from = {make_month(2015, 1), make_month(2022, 1)};
    w->credits.projects_per_year = {1.0, 1.0};
    w->credits.technology_weight = {0.7, 0.3};
    w->price_schemes.push_back({"ev grant", 1, {0}, make_month(2026, 4), never, 0.2, ByYear(years, 1e6)});
    return *w;
}

inline std::vector<std::uint32_t> identity_order(std::uint32_t n) {
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0U);
    return order;
}

}  // namespace domino::sim::test
