#include "sim/world_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace domino::sim {
namespace {

[[noreturn]] void refuse(std::string_view what) {
    throw std::invalid_argument(fmt::format("world: {}", what));
}

void expect(bool holds, std::string_view what) {
    if (!holds) refuse(what);
}

/// The same where a message for each of many values would cost more than looking at them.
template <class What>
requires std::is_invocable_v<What>
void expect(bool holds, const What& what) {
    if (!holds) refuse(what());
}

void expect_years(const ByYear& values, std::size_t years, const std::string& name) {
    if (values.size() != years) {
        refuse(fmt::format("{} has {} years, the run touches {}", name, values.size(), years));
    }
    for (const double v : values) {
        if (!std::isfinite(v)) refuse(name + " holds a number that is not finite");
    }
}

void check_country(const Country& c, std::size_t years) {
    expect_years(c.population_factor, years, c.iso3 + " population_factor");
    expect_years(c.gdp_musd, years, c.iso3 + " gdp_musd");
    expect_years(c.gdp_log_growth, years, c.iso3 + " gdp_log_growth");
    expect_years(c.emission_factor_g_per_kwh, years, c.iso3 + " emission_factor_g_per_kwh");
    for (std::size_t s = 0; s < sector_count; ++s) {
        const std::string name = fmt::format("{} {}", c.iso3, sector_ids[s]);
        expect_years(c.sectors[s].observed_factor, years, name);
        expect(std::isfinite(c.sectors[s].base_t) && c.sectors[s].base_t >= 0.0,
               name + " base_t is negative");
    }
    for (std::size_t r = 0; r < remainder_count; ++r) {
        expect_years(c.remainder[r].observed_factor, years, fmt::format("{} {}", c.iso3, remainder_ids[r]));
    }
    expect_years(c.lulucf.observed_factor, years, c.iso3 + " lulucf");
    for (const double f : c.population_factor) expect(f >= 0.0, c.iso3 + " population_factor is negative");
    if (c.grid_path == GridPath::with_modelled_solar) {
        expect_years(c.generation_twh, years, c.iso3 + " generation_twh");
    }
}

void check_place(const World& world, const PlaceInputs& p, std::size_t row) {
    const auto says = [row](std::string_view what) {
        return [row, what] { return fmt::format("place {}: {}", row, what); };
    };
    expect(p.country < world.countries.size(), says("its country does not exist"));
    expect(p.admin1 < world.admin1_keys.size(), says("its admin-1 unit does not exist"));
    expect(std::isfinite(p.population) && p.population >= 0.0, says("population is negative or not finite"));
    for (const double e : p.emissions_t) expect(std::isfinite(e) && e >= 0.0, says("emissions are negative"));
    expect(p.potential_factor.size() == world.technologies.size(),
           says("potential_factor needs one value per technology"));
    for (const double f : p.potential_factor)
        expect(std::isfinite(f) && f >= 0.0, says("potential is negative"));
}

/// Ids of places, each once.
void check_keys(const World& world) {
    std::vector<std::pair<geo::PlaceKey, std::size_t>> keys;
    for (std::size_t i = 0; i < world.places.size(); ++i) keys.emplace_back(world.places[i].key, i);
    std::sort(keys.begin(), keys.end());
    for (std::size_t n = 1; n < keys.size(); ++n) {
        expect(keys[n - 1].first != keys[n].first,
               [&] { return fmt::format("place {}: id is not unique", keys[n].second); });
    }
}

void check_technology(const World& world, const Technology& t) {
    expect(t.lifetime_years > 0.0, t.id + ": lifetime must be positive");
    expect(t.erlang_stages >= 1 && t.erlang_stages <= 8, t.id + ": 1 to 8 Erlang stages");
    expect(t.erlang_stages * part_years(world.calendar) <= t.lifetime_years,
           t.id + ": lifetime is shorter than its stages' steps");
    expect_years(t.world_log_growth, static_cast<std::size_t>(world.calendar.touched_years()),
                 t.id + " world_log_growth");
    expect(t.countries.size() == world.countries.size(), t.id + ": needs one entry per country");
    for (const TechnologyInCountry& c : t.countries) {
        expect(c.units_per_head >= 0.0 && c.initial_share >= 0.0 && c.initial_share <= 1.0,
               t.id + ": units per head and initial share must lie in range");
        for (const TechnologyEffect& e : c.effects) {
            expect(e.direct_t_per_unit_year >= 0.0, t.id + ": a direct saving is negative");
            expect(is_electricity(e.sector) || e.electricity_kwh_per_unit_year == 0.0,
                   t.id + ": electricity effects belong to electricity sectors");
        }
    }
}

void check_credit_programme(const World& world, const CreditProgramme& programme, const std::string& name) {
    if (!programme.active) return;
    expect_years(programme.budget_jpy, static_cast<std::size_t>(world.calendar.touched_years()),
                 name + " budget");
    expect(programme.eligible_from.size() == world.countries.size() &&
               programme.projects_per_year.size() == world.countries.size() &&
               programme.technology_weight.size() == world.technologies.size(),
           name + " programme needs one entry per country and technology");
    expect(programme.payment_years >= 1, name + " programme pays in no year");
}

void check_programmes(const World& world) {
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    for (const Programme& p : world.programmes) expect_years(p.budget_jpy, years, p.id + " budget");
    for (const SupportWindow& w : world.support) {
        expect(w.place < world.places.size() && w.programme < world.programmes.size() && w.from < w.to,
               w.project_id + ": support window names no place, no programme, or ends before it begins");
        expect(w.cost_jpy_per_year >= 0.0, w.project_id + ": cost is negative");
        const auto& [feasibility, dialogue, capacity] = w.channels;
        expect(feasibility >= 0.0 && feasibility <= 1.0 && dialogue >= 0.0 && dialogue <= 1.0 &&
                   capacity >= 0.0 && capacity <= 1.0,
               w.project_id + ": the intensity of an activity is not in 0 … 1");
        for (const auto* list : {&w.technologies, &w.project_technologies}) {
            for (const std::uint16_t k : *list)
                expect(k < world.technologies.size(), w.project_id + ": names no technology");
        }
    }
    check_credit_programme(world, world.credits, "JCM");
    check_credit_programme(world, world.eco_lease, "eco-lease");
    for (const Withdrawal& w : world.withdrawals) {
        expect(
            w.country < world.countries.size() && w.coalition.size() == world.places.size() && w.from < w.to,
            w.id + ": withdrawal names no country, lacks a place, or ends before it begins");
    }
    for (const PriceScheme& s : world.price_schemes) {
        expect(s.technology < world.technologies.size() && s.share >= 0.0 && s.share <= 1.0,
               s.id + ": names no technology, or its share is not in 0 … 1");
        if (!s.budget_jpy.empty()) expect_years(s.budget_jpy, years, s.id + " budget");
    }
}

}  // namespace

void check_world(const World& world) {
    expect(world.calendar.steps > 0 && world.calendar.years() > 0, "the run holds no whole calendar year");
    expect(world.calendar.parts_per_month >= 1 && world.calendar.parts_per_month <= 60,
           "a month is stepped in 1 to 60 parts");
    expect(
        world.calendar.whole_steps(),
        "steps of several months do not make up whole calendar years, or the run is not made of whole steps");
    expect(world.calendar.months_per_step == 1 || world.calendar.parts_per_month == 1,
           "steps of several months and parts of a month exclude each other");
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    for (const Country& c : world.countries) check_country(c, years);
    for (std::size_t i = 0; i < world.places.size(); ++i) check_place(world, world.places[i], i);
    check_keys(world);
    for (const HazardCovariate& c : world.covariates) {
        const auto not_finite = [&] { return c.id + ": a value is not finite"; };
        expect(c.centred.size() == world.places.size(), c.id + ": needs one value per place");
        for (const double x : c.centred) expect(std::isfinite(x), not_finite);
        if (c.by_year.empty()) continue;
        expect(c.by_year.size() == years, c.id + ": needs values for every year of the run, or for none");
        expect(c.by_year.front() == c.centred, c.id + ": differs from itself in the first year");
        for (const auto& of_year : c.by_year) {
            expect(of_year.size() == world.places.size(), c.id + ": needs one value per place and year");
            for (const double x : of_year) expect(std::isfinite(x), not_finite);
        }
    }
    expect(world.couplings.size() == world.layers.size(), "one coupling per layer is needed");
    for (const FrozenLayer& l : world.layers) {
        expect(l.row_begin.size() == world.places.size() + 1, l.name + ": layer has other places");
        expect(l.drawn_weight.empty() || l.drawn_weight.size() == l.weight.size(),
               l.name + ": drawn weights need one entry per edge");
    }
    for (const Technology& t : world.technologies) check_technology(world, t);
    check_programmes(world);
}

}  // namespace domino::sim
