#pragma once

#include <string>

#include "geo/portable_math.h"
#include "tests/sim/changing_covariate.h"
#include "tests/sim/rich_world.h"

namespace domino::sim::test {

/// rich_world() of `places` with every layer, technology and lever on, drawn by `seed`: layers by exposure,
/// beyond a threshold and with coercion, dated and undated, carrying technology; technologies in series in
/// one sector, with and without electricity, one limited by turnover; support for all and for one technology;
/// two price schemes; JCM projects and leases; a grid path with modelled generation; a withdrawal; a
/// covariate that changes.
inline World every_lever_world(std::uint32_t seed, std::uint32_t places = 12) {
    World w = rich_world(identity_order(places));
    const auto draw = [&](std::uint32_t what, std::uint32_t n, double low, double high) {
        return low + (high - low) * random_at(1000 * seed + n, what);
    };
    const auto years = static_cast<std::size_t>(w.calendar.touched_years());
    for (Country& c : w.countries) {
        c.commitment.log_hazard_forecast = fixed(portable::log(draw(10, 0, 0.005, 0.02)));
        c.commitment.block_rate = fixed(draw(11, 0, 0.005, 0.03));
        c.commitment.observed.clear();
        c.base_year = 2021;
        c.grid_path = GridPath::with_modelled_solar;
        c.generation_twh.assign(years, 5.0);
        for (std::size_t y = 0; y < years; ++y) {
            c.population_factor[y] = 1.0 + 0.004 * static_cast<double>(y);
            c.gdp_log_growth[y] = 0.02;
            c.emission_factor_g_per_kwh[y] = 500.0 - 10.0 * static_cast<double>(y);
        }
    }
    for (std::uint32_t k = 0; k < 2; ++k) {
        Technology more = w.technologies[k];
        more.id += " more";
        w.technologies.push_back(more);
        for (PlaceInputs& place : w.places) place.potential_factor.push_back(1.0);
    }
    for (std::uint32_t k = 0; k < w.technologies.size(); ++k) {
        Technology& t = w.technologies[k];
        t.lifetime_years = 12.0 + k;
        t.erlang_stages = 2 + static_cast<int>(k);
        t.learning_rate = fixed(0.15);
        t.world_units_at_start = 3e5;
        t.world_log_growth.assign(years, 0.05);
        t.between_places = fixed(draw(12, k, 0.01, 0.05));
        for (TechnologyInCountry& local : t.countries) {
            local.units_per_head = 0.3;
            local.p = fixed(draw(13, k, 1e-3, 5e-3));
            local.q = fixed(draw(14, k, 0.1, 0.3));
            local.ceiling = fixed(0.7);
            local.initial_share = 0.02;
            local.capex_jpy = 3e5;
        }
    }
    w.technologies[0].power_role = PowerRole::generates;
    for (TechnologyInCountry& local : w.technologies[1].countries)
        local.effects = {{Sector::buildings_fuel, 0.1, 0.0}, {Sector::electricity_residential, 0.0, -500.0}};
    for (TechnologyInCountry& local : w.technologies[2].countries) {
        local.effects = {{Sector::buildings_fuel, 0.05, 0.0}};
        local.turnover_years = 30.0;
        local.q = fixed(0.6);
    }
    w.parameters.support_hazard = fixed(0.1);
    w.parameters.eta_capacity = fixed(0.4);
    w.parameters.eta_commitment = fixed(0.1);
    w.parameters.eta_support = fixed(0.3);
    w.parameters.block_join = fixed(0.3);
    w.support[0].channels = {0.5, 0.4, 0.6};
    w.support[0].technologies = {1};
    w.credits.technology_weight = {0.4, 0.2, 0.2, 0.2};
    w.credits.projects_per_support_year = fixed(0.5);
    w.credits.size_mean_t = 1250.0;
    w.credits.size_median_t = 800.0;
    w.credits.budget_jpy.assign(years, 4e8);
    w.eco_lease = w.credits;
    w.eco_lease.stream = 1;
    w.eco_lease.payment_years = 3;
    w.price_schemes.push_back({"pv grant", 0, {0, 1}, make_month(2024, 4), never, 0.1, {}});
    std::vector<std::uint8_t> coalition(places, 0);
    coalition[0] = coalition[3] = 1;
    w.withdrawals.push_back(
        {"exit", 0, make_month(2025, 1), make_month(2029, 1), coalition, fixed(0.5), fixed(0.01)});
    for (const double weight : {0.5, 0.35}) {
        FrozenLayer layer = w.layers[0];
        for (double& v : layer.weight) v *= weight;
        w.layers.push_back(layer);
        w.couplings.push_back(w.couplings[0]);
    }
    for (LayerCoupling& c : w.couplings) {
        c.gamma_early = fixed(0.8);
        c.gamma_late = fixed(1.6);
    }
    w.couplings[1].coercion = fixed(0.2);
    w.couplings[2].response = Response::threshold;
    w.couplings[2].threshold = fixed(draw(15, 0, 0.05, 0.2));
    w.couplings[3].coercion = fixed(0.1);
    w.places[2].committed_since = make_month(2018, 1);
    w.places[5].committed_since = make_month(2023, 5);
    add_changing_covariate(w, "income");
    return w;
}

}  // namespace domino::sim::test
