#include "tests/support/small_results.h"

#include <array>
#include <stdexcept>

namespace domino::test {

namespace {

using geo::PlaceKind;
using sim::Cause;

constexpr int member_count = 4;
constexpr std::size_t year_count = 3;
constexpr std::array<double, sim::sector_count> sector_share = {0.2, 0.3, 0.1,  0.05, 0.05,
                                                                0.1, 0.1, 0.08, 0.02};
constexpr std::array<double, sim::remainder_count> remainder_t = {500.0, 40.0, 30.0, 200.0, 5.0};

// Row order of the table: by id.
enum Row : std::uint32_t { a_rest, a1, b_rest, b1, b2, b3, row_count };
enum LayerIndex : std::uint16_t { nearness, agreements };

geo::Place make_place(const char* id, const char* name, const char* iso3, PlaceKind kind, double lon,
                      double lat, double population) {
    geo::Place place;
    place.id = id;
    place.name = name;
    place.iso3 = iso3;
    place.admin1_id = std::string(iso3) + "-1";
    place.admin1_name = std::string("Unit of ") + iso3;
    place.kind = kind;
    place.position = {lon, lat};
    place.population = population;
    return place;
}

void add_places(scenarios::BuiltWorld& built) {
    built.places.places = {
        make_place("a.rest", "Rest of A", "AAA", PlaceKind::rest_of_region, 139.2, 35.9, 300000),
        make_place("a1", "Aone, \"the first\"", "AAA", PlaceKind::city, 139.7, 35.6, 900000),
        make_place("b.rest", "Rest of B", "BBB", PlaceKind::rest_of_region, 178.8, -17.8, 50000),
        make_place("b1", "Bone", "BBB", PlaceKind::city, 178.4, -18.1, 200000),
        make_place("b2", "Btwo", "BBB", PlaceKind::city, 177.4, -17.6, 80000),
        make_place("b3", "Bthree", "BBB", PlaceKind::city, -179.9, -16.8, 20000),
    };
    built.places.places[a1].name_local = "一";
    for (const geo::Place& place : built.places.places) {
        sim::PlaceInputs inputs;
        inputs.key = geo::place_key(place.id);
        inputs.country = place.iso3 == "AAA" ? 0 : 1;
        inputs.admin1 = inputs.country;
        inputs.kind = place.kind;
        inputs.population = place.population;
        inputs.potential_factor = {1.0, 1.0};
        built.world.places.push_back(inputs);
    }
    built.world.places[a1].committed_since = sim::make_month(2019, 6);
    built.world.admin1_keys = {geo::place_key("AAA-1"), geo::place_key("BBB-1")};
}

void add_countries(sim::World& world) {
    for (const char* iso3 : {"AAA", "BBB"}) {
        sim::Country country;
        country.iso3 = iso3;
        country.name = std::string("Land of ") + iso3;
        country.population_factor = {1.0, 1.01, 1.02, 1.03};
        country.gdp_musd = {1000, 1010, 1020, 1030};
        world.countries.push_back(country);
    }
    world.countries[0].fiscal_year_start_month = 4;
}

sim::FrozenLayer make_layer(const char* name, sim::LayerKind kind) {
    sim::FrozenLayer layer;
    layer.name = name;
    layer.kind = kind;
    layer.row_begin.assign(row_count + 1, 0);
    return layer;
}

void add_technologies(sim::World& world) {
    for (const auto& [id, unit] :
         {std::pair{"ev_car", "vehicle"}, std::pair{"heat_pump_building", "kW_th"}}) {
        sim::Technology technology;
        technology.id = id;
        technology.name = id;
        technology.unit = unit;
        technology.countries.resize(2);
        world.technologies.push_back(technology);
    }
}

void add_programmes(sim::World& world) {
    world.programmes.push_back({"c3p", "City partnerships", {5e8, 5e8, 5e8, 5e8}});
    sim::SupportWindow window;
    window.project_id = "c3p-b2-1";
    window.place = b2;
    window.partner = a_rest;
    window.from = sim::make_month(2021, 4);
    window.to = sim::make_month(2024, 4);
    window.cost_jpy_per_year = 2e7;
    world.support.push_back(window);
}

scenarios::BuiltWorld make_world() {
    scenarios::BuiltWorld built;
    built.world.calendar = sim::Calendar{sim::make_month(2020, 1), 39};
    add_places(built);
    add_countries(built.world);
    built.country_names = {"Aland", "Bland"};
    built.world.layers = {make_layer("proximity", sim::LayerKind::proximity),
                          make_layer("collaboration", sim::LayerKind::collaboration)};
    built.world.couplings.resize(2);
    add_technologies(built.world);
    add_programmes(built.world);
    built.links.push_back(
        {a1, b1, sim::make_month(2021, 1), sim::never, "collaboration", "agreement", false, "press release"});
    built.links.push_back({a_rest, b2, sim::make_month(2021, 4), sim::make_month(2024, 4), "collaboration",
                           "c3p_project", true, ""});
    built.benefits = {
        {"city_networks",
         scenarios::Beneficiary::partner_city,
         "Networks",
         scenarios::BenefitMeasure::tied_places,
         {},
         "guidebook"},
        {"company_technology",
         scenarios::Beneficiary::local_company,
         "Leading Technologies",
         scenarios::BenefitMeasure::supported_equipment,
         {0},
         "guidebook"},
    };
    built.technology_goals = {{3, 11}, {11}};
    built.history_mt = {{2018, {0.004, 0.0041, 0.0042}}, {2019, {0.018, 0.019}}};
    return built;
}

void resize_results(sim::RunResults& r, const sim::World& world) {
    r.calendar = world.calendar;
    r.members = member_count;
    r.places = row_count;
    r.countries = 2;
    r.technologies = 2;
    r.years = year_count;
    const std::size_t by_country = r.countries * r.years * member_count;
    r.emissions_t.resize(r.places * r.years * member_count);
    r.stage_step.assign(sim::stage_count * r.places * member_count, sim::never_step);
    r.capacity_mean.assign(r.places * r.years, 0.2);
    r.adoption_mean.assign(r.technologies * r.places * r.years, 0.25);
    r.event_members = member_count;
    r.committed_places.assign(by_country, 0.0);
    r.committed_people.assign(by_country, 0.0);
    r.stock_units.assign(r.technologies * by_country, 1000.0);
    r.added_units.assign(r.technologies * sim::sales_cause_count * by_country, 10.0);
    r.sector_t.assign(sim::sector_count * by_country, 0.0);
    r.remainder_t.assign(sim::remainder_count * by_country, 0.0);
    r.lulucf_t.assign(by_country, -100.0);
    r.gdp_musd.assign(by_country, 1000.0);
    r.fiscal_total_t.assign(by_country, 0.0);
    r.emission_factor.assign(by_country, 450.0);
    r.cost_jpy.assign(r.technologies * r.years * member_count, 1e5);
    r.spent_jpy.assign(r.years * member_count, 2e7);
    r.credit_spent_jpy.assign(r.years * member_count, 0.0);
    r.credit_units_t.assign(r.years * member_count, 0.0);
    r.identities = {{"stock = last stock + sales - retirements", 1e-14, 1e-12},
                    {"places + remainder = nation", 2e-10, 1e-9}};
}

void fill_emissions(sim::RunResults& r, const sim::World& world, double excess_from_2021) {
    for (std::size_t place = 0; place < r.places; ++place) {
        const std::size_t country = world.places[place].country;
        for (std::size_t year = 0; year < r.years; ++year) {
            const double factor = year > 0 ? 1.0 + excess_from_2021 : 1.0;
            for (std::size_t m = 0; m < member_count; ++m) {
                const double t = factor * (1000.0 * static_cast<double>(place + 1) *
                                               (1.0 + 0.1 * static_cast<double>(year)) +
                                           10.0 * static_cast<double>(m));
                r.emissions_t[r.place_year(place, year, m)] = static_cast<float>(t);
                for (std::size_t s = 0; s < sim::sector_count; ++s) {
                    r.sector_t[r.sector_at(country, static_cast<sim::Sector>(s), year, m)] +=
                        t * sector_share[s];
                }
                r.fiscal_total_t[r.country_year(country, year, m)] += t;
            }
        }
    }
    for (std::size_t country = 0; country < r.countries; ++country) {
        for (std::size_t year = 0; year < r.years; ++year) {
            for (std::size_t m = 0; m < member_count; ++m) {
                for (std::size_t p = 0; p < sim::remainder_count; ++p) {
                    r.remainder_t[r.remainder_at(country, static_cast<sim::RemainderPart>(p), year, m)] =
                        remainder_t[p];
                    r.fiscal_total_t[r.country_year(country, year, m)] += remainder_t[p];
                }
            }
        }
    }
}

void commit(sim::RunResults& r, std::uint32_t member, std::uint32_t place, std::uint16_t step, Cause cause,
            std::uint16_t layer = sim::no_layer, std::uint32_t source = sim::no_place, double share = 1.0) {
    r.stage_step[r.stage_at(sim::Stage::committed, place, member)] = step;
    r.events.push_back({member, place, step, cause, layer, source, share});
}

void fill_scenario_events(sim::RunResults& r) {
    commit(r, 0, a1, 0, Cause::observed);
    commit(r, 1, a1, 0, Cause::observed);
    commit(r, 1, b1, 14, Cause::layer, agreements, a1, 0.6);
    r.events.back().avoided_t = 250.5;
    commit(r, 1, b2, 20, Cause::layer, nearness, b1, 0.5);
    commit(r, 1, b3, 30, Cause::spontaneous);
    commit(r, 2, a1, 0, Cause::observed);
    commit(r, 2, b1, 14, Cause::layer, agreements, a1, 0.55);
    commit(r, 2, b2, 22, Cause::layer, nearness, b1, 0.4);
    commit(r, 3, a1, 0, Cause::observed);
    commit(r, 3, a_rest, 10, Cause::block_shock);
    commit(r, 3, b1, 15, Cause::programme, sim::no_layer, sim::no_place, 0.7);
    commit(r, 3, b_rest, 38, Cause::coercion, nearness, b1, 0.9);
    for (std::size_t m = 1; m < member_count; ++m) {
        r.stage_step[r.stage_at(sim::Stage::engaged, b1, m)] = 12;
    }
}

void fill_reference_events(sim::RunResults& r) {
    for (std::uint32_t m = 0; m < member_count; ++m) {
        commit(r, m, a1, 0, Cause::observed);
    }
    commit(r, 1, b1, 30, Cause::spontaneous);
    commit(r, 3, a_rest, 10, Cause::block_shock);
}

sim::UncoupledTotals make_uncoupled(const sim::RunResults& on, double commitments_lost,
                                    double emissions_factor) {
    sim::UncoupledTotals off;
    for (std::size_t year = 0; year < on.years; ++year) {
        for (std::size_t m = 0; m < member_count; ++m) {
            double committed = 0.0;
            for (std::size_t place = 0; place < on.places; ++place) {
                const auto step = on.stage_step[on.stage_at(sim::Stage::committed, place, m)];
                committed += step != sim::never_step && step < 12 * (year + 1) ? 1.0 : 0.0;
            }
            off.commitments.push_back(
                static_cast<std::uint32_t>(committed > commitments_lost ? committed - commitments_lost : 0));
        }
    }
    for (std::size_t country = 0; country < on.countries; ++country) {
        for (std::size_t year = 0; year < on.years; ++year) {
            for (std::size_t m = 0; m < member_count; ++m) {
                double t = 0.0;
                for (std::size_t s = 0; s < sim::sector_count; ++s) {
                    t += on.sector_t[on.sector_at(country, static_cast<sim::Sector>(s), year, m)];
                }
                for (std::size_t p = 0; p < sim::remainder_count; ++p) {
                    t +=
                        on.remainder_t[on.remainder_at(country, static_cast<sim::RemainderPart>(p), year, m)];
                }
                off.emissions_t.push_back(t * (year > 0 ? emissions_factor : 1.0));
            }
        }
    }
    return off;
}

void add_evidence(scenarios::BuiltWorld& built) {
    built.observations.push_back({"AAA", "emissions", "Mt CO2e/yr", 2021, 12, 0.0042, true, "inventory"});
    built.observations.push_back({"BBB", "ev_car_stock", "vehicle", 2021, 12, 5000.0, false, "statistics"});
    built.inputs.push_back({"gamma_collaboration", "Influence of an agreement", "0",
                            "half normal(0.5), zero with probability 0.5", "1", 'G', "no study", 0.0, 0.8});
    built.inputs.push_back(
        {"capex_ev", "Price of an electric car", "4000000", "", "JPY", 'S', "a catalogue", 0.0, 0.0});
}

}  // namespace

SmallRun make_small_run(WithReference reference) {
    SmallRun run;
    run.scenario.name = "more-pairs";
    run.scenario.title = "More pairs";
    run.scenario.file = "/plans/more-pairs.toml";
    run.scenario.places.countries = {"AAA", "BBB"};
    run.scenario.technologies = {"ev_car", "heat_pump_building"};
    run.built = make_world();
    add_evidence(run.built);
    sim::RunResults& on = run.results.scenario;
    resize_results(on, run.built.world);
    fill_emissions(on, run.built.world, 0.0);
    fill_scenario_events(on);
    sim::count_commitments(run.built.world, on);
    run.results.scenario_uncoupled = make_uncoupled(on, 1.0, 1.01);
    if (reference == WithReference::no) {
        return run;
    }
    run.reference = run.scenario;
    run.reference.name = "as-today";
    run.reference.title = "As today";
    run.reference.file = "/plans/as-today.toml";
    run.reference_built = run.built;
    run.reference_built.links.pop_back();
    run.reference_built.world.support.clear();
    sim::RunResults& off = run.results.reference.emplace();
    resize_results(off, run.built.world);
    fill_emissions(off, run.built.world, 0.02);
    fill_reference_events(off);
    sim::count_commitments(run.built.world, off);
    off.spent_jpy.assign(off.spent_jpy.size(), 0.0);
    run.results.reference_uncoupled = make_uncoupled(off, 0.0, 1.0);
    return run;
}

std::size_t place_index(const SmallRun& run, const std::string& id) {
    for (std::size_t i = 0; i < run.built.places.places.size(); ++i) {
        if (run.built.places.places[i].id == id) {
            return i;
        }
    }
    throw std::out_of_range("no place " + id);
}

}  // namespace domino::test
