#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/world.h"

namespace domino::sim::test {

/// A small world to be written out in a test: one country, one admin-1 unit, no technology, no uncertainty,
/// nobody commits unless the test says so.
class LiteralWorld {
 public:
    explicit LiteralWorld(std::size_t places, int steps = 255) {
        world_.calendar.steps = steps;
        world_.uncertainty = Uncertainty::medians_only;
        world_.parameters.frailty_sd = fixed(0.0);
        world_.parameters.beta_population = fixed(0.0);
        world_.parameters.support_hazard = fixed(0.0);
        world_.parameters.block_join = fixed(0.0);
        world_.parameters.eta_capacity = fixed(0.0);
        world_.parameters.eta_support = fixed(0.0);
        world_.parameters.eta_cost = fixed(0.0);
        add_country("AAA", -40.0);
        for (std::size_t i = 0; i < places; ++i) add_place("p" + std::to_string(i), 0, 100000.0);
    }

    /// `log_hazard`: a(t), constant, of a place of 100,000.
    std::uint16_t add_country(const std::string& iso3, double log_hazard) {
        Country c;
        c.iso3 = iso3;
        c.name = iso3;
        const auto years = static_cast<std::size_t>(world_.calendar.touched_years());
        c.population_factor.assign(years, 1.0);
        c.gdp_musd.assign(years, 1000.0);
        c.gdp_log_growth.assign(years, 0.0);
        c.emission_factor_g_per_kwh.assign(years, 500.0);
        c.base_year = world_.calendar.first.year();
        for (SectorPath& s : c.sectors) s.observed_factor.assign(years, 1.0);
        for (RemainderPath& r : c.remainder) r.observed_factor.assign(years, 1.0);
        c.lulucf.observed_factor.assign(years, 1.0);
        c.emission_factor_sd_per_year = 0.0;
        c.commitment.log_hazard_forecast = fixed(log_hazard);
        world_.countries.push_back(c);
        world_.admin1_keys.push_back(geo::place_key(iso3 + "-1"));
        for (Technology& t : world_.technologies) t.countries.push_back(t.countries.front());
        return static_cast<std::uint16_t>(world_.countries.size() - 1);
    }

    std::uint32_t add_place(const std::string& id, std::uint16_t country, double population) {
        PlaceInputs p;
        p.key = geo::place_key(id);
        p.country = country;
        p.admin1 = country;
        p.population = population;
        p.potential_factor.assign(world_.technologies.size(), 1.0);
        world_.places.push_back(p);
        return static_cast<std::uint32_t>(world_.places.size() - 1);
    }

    /// A technology everybody could use one unit of, nobody does; p and q constant, practically no
    /// retirement.
    std::uint16_t add_technology(const std::string& id, double p, double q) {
        Technology t;
        t.id = id;
        t.name = id;
        t.lifetime_years = 1e9;
        t.learning_rate = fixed(0.0);
        t.cost_noise_sd = 0.0;
        t.world_log_growth.assign(static_cast<std::size_t>(world_.calendar.touched_years()), 0.0);
        TechnologyInCountry local;
        local.units_per_head = 1.0;
        local.p = fixed(p);
        local.q = fixed(q);
        local.ceiling = fixed(1.0);
        local.capex_jpy = 1000.0;
        t.countries.assign(world_.countries.size(), local);
        world_.technologies.push_back(t);
        for (PlaceInputs& place : world_.places) place.potential_factor.push_back(1.0);
        return static_cast<std::uint16_t>(world_.technologies.size() - 1);
    }

    void add_layer(const std::string& name, LayerKind kind, const std::vector<DatedEdge>& edges,
                   double gamma) {
        Multiplex graph(world_.places.size());
        graph.add_layer(name, kind, std::span<const DatedEdge>(edges));
        world_.layers.push_back(graph.freeze().front());
        LayerCoupling coupling;
        coupling.gamma_early = coupling.gamma_late = fixed(gamma);
        world_.couplings.push_back(coupling);
    }

    World& operator*() { return world_; }
    World* operator->() { return &world_; }

 private:
    World world_;
};

}  // namespace domino::sim::test
