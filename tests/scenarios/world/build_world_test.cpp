#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "scenarios/built_world.h"
#include "sim/graph/multiplex.h"
#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios {
namespace {

using test::literal_scenario;
using test::LiteralPack;
using test::TemporaryFolder;

std::string all_problems(const Problems& problems) {
    std::string text;
    for (const auto& problem : problems) text += format(problem) + "\n";
    return text;
}

BuiltWorld build(const Scenario& scenario, const std::filesystem::path& pack) {
    auto result = build_world(scenario, pack);
    INFO(all_problems(result.problems));
    REQUIRE(result.built);
    return std::move(*result.built);
}

BuiltWorld build_literal(const Scenario& scenario = literal_scenario(), const LiteralPack& pack = {}) {
    const TemporaryFolder folder;
    return build(scenario, pack.write(folder));
}

const geo::Place& place(const BuiltWorld& built, const std::string& id) {
    for (const auto& row : built.places.places) {
        if (row.id == id) return row;
    }
    FAIL("no place " << id);
    return built.places.places.front();
}

std::uint32_t row_of(const BuiltWorld& built, const std::string& id) {
    return static_cast<std::uint32_t>(&place(built, id) - built.places.places.data());
}

const sim::FrozenLayer& layer(const BuiltWorld& built, const std::string& name) {
    for (const auto& frozen : built.world.layers) {
        if (frozen.name == name) return frozen;
    }
    FAIL("no layer " << name);
    return built.world.layers.front();
}

/// Edges of a layer as text of ids, weights and dates, so that worlds with other rows can be compared.
std::set<std::string> edges_by_id(const BuiltWorld& built, const sim::FrozenLayer& frozen) {
    std::set<std::string> edges;
    for (std::uint32_t i = 0; i + 1 < frozen.row_begin.size(); ++i) {
        for (std::uint32_t e = frozen.row_begin[i]; e < frozen.row_begin[i + 1]; ++e) {
            char text[200];
            std::snprintf(text, sizeof text, "%s>%s %a %d %d",
                          built.places.places[frozen.source[e]].id.c_str(), built.places.places[i].id.c_str(),
                          frozen.weight[e], frozen.dated() ? frozen.from[e].value : 0,
                          frozen.dated() ? frozen.to[e].value : 0);
            edges.insert(text);
        }
    }
    return edges;
}

/// Same bits for every place both worlds have, by id.
void check_same_places(const BuiltWorld& a, const BuiltWorld& b) {
    std::size_t compared = 0;
    for (std::size_t i = 0; i < a.world.places.size(); ++i) {
        for (std::size_t j = 0; j < b.world.places.size(); ++j) {
            if (a.places.places[i].id != b.places.places[j].id) continue;
            const auto& x = a.world.places[i];
            const auto& y = b.world.places[j];
            CHECK(x.key == y.key);
            CHECK(x.population == y.population);
            CHECK(x.emissions_t == y.emissions_t);
            CHECK(x.potential_factor == y.potential_factor);
            CHECK(x.committed_since == y.committed_since);
            ++compared;
        }
    }
    CHECK(compared == std::min(a.world.places.size(), b.world.places.size()));
}

TEST_CASE("a country is covered whole: cities, kept places and a rest per unit") {
    const auto built = build_literal();
    std::set<std::string> ids;
    for (const auto& row : built.places.places) ids.insert(row.id);
    // GN4 is below the cut, GN5 a duplicate, GN15 in no country of the scenario; GN14 has an agreement.
    CHECK(ids == std::set<std::string>{"GN1", "GN11", "GN12", "GN13", "GN14", "GN2", "GN3", "JP-01.rest",
                                       "JP-02.rest", "VN-01.rest", "VN-02.rest"});
    CHECK(std::is_sorted(built.places.places.begin(), built.places.places.end(),
                         [](const auto& x, const auto& y) { return x.id < y.id; }));
    double japan = 0.0, viet_nam = 0.0;
    for (const auto& row : built.places.places) (row.iso3 == "JPN" ? japan : viet_nam) += row.population;
    CHECK(japan == Approx(1000000.0).epsilon(1e-12));
    CHECK(viet_nam == Approx(2000000.0).epsilon(1e-12));
    CHECK(place(built, "JP-01.rest").population == Approx(300000.0));
    CHECK(place(built, "JP-01.rest").kind == geo::PlaceKind::rest_of_region);
}

TEST_CASE("cities that exceed their unit are scaled down and flagged, the rest keeps its authority") {
    const auto built = build_literal();
    // 200,000 + 180,000 in a unit of 300,000.
    CHECK(place(built, "GN2").population == Approx(200000.0 * 300.0 / 380.0));
    CHECK(place(built, "GN2").flag == "scaled_down");
    CHECK(place(built, "JP-02.rest").population == 0.0);
    CHECK(place(built, "JP-02.rest").flag == "authority_only");
    CHECK(std::any_of(built.notes.begin(), built.notes.end(),
                      [](const auto& note) { return note.find("JP-02") != std::string::npos; }));
}

TEST_CASE("a rest above two million is split at towns, its first part carries the authority") {
    LiteralPack pack;
    pack.tables["country_years"].replace(pack.tables["country_years"].find("VNM,2020,2000000"), 16,
                                         "VNM,2020,7000000");
    pack.tables["admin1"].replace(pack.tables["admin1"].find("1500000"), 7, "6500000");
    pack.tables["places"] +=
        "GN16,Tay,Tay,,VNM,VN-01,104.0,21.0,50000,2,5.0,5,\n"
        "GN17,Dong,Dong,,VNM,VN-01,108.0,21.0,50000,2,5.0,5,\n"
        "GN18,Giua,Giua,,VNM,VN-01,106.0,21.0,50000,2,5.0,5,\n";
    const auto built = build_literal(literal_scenario(), pack);
    const double rest = 6500000.0 - 600000.0 - 120000.0;
    for (const std::string part : {"1", "2", "3"}) {
        CHECK(place(built, "VN-01.rest." + part).population == Approx(rest / 3.0));
    }
    CHECK(place(built, "VN-01.rest.1").position.lon_deg == 104.0);
    CHECK(place(built, "VN-01.rest.2").position.lon_deg == 106.0);
    CHECK(place(built, "VN-01.rest.3").position.lon_deg == 108.0);
    const auto edges = edges_by_id(built, layer(built, "hierarchy"));
    CHECK(std::any_of(edges.begin(), edges.end(),
                      [](const auto& e) { return e.starts_with("VN-01.rest.1>VN-01.rest.3 "); }));
    CHECK(std::none_of(edges.begin(), edges.end(),
                       [](const auto& e) { return e.starts_with("VN-01.rest.3>"); }));
}

TEST_CASE("emissions of places and the remainder add up to the inventory") {
    const auto built = build_literal();
    const std::vector<std::pair<std::string, double>> totals = {
        {"JPN", 1 + 1 + 2.2 + 1 + 4 + 2.6 + 5.5 + 0.5 + 0.5},
        {"VNM", 1 + 0.3 + 0.2 + 0.6 + 0.9 + 0.4 + 1.4 + 0.2 + 0.1}};
    for (std::size_t c = 0; c < built.world.countries.size(); ++c) {
        const auto& country = built.world.countries[c];
        CHECK(country.iso3 == totals[c].first);
        double sum = 0.0;
        for (const auto& row : built.world.places) {
            if (row.country != c) continue;
            for (const double t : row.emissions_t) sum += t;
        }
        for (const auto& part : country.remainder) sum += part.base_t;
        CHECK(sum / 1e6 == Approx(totals[c].second).epsilon(1e-9));
    }
}

TEST_CASE("electricity is the smaller of inventory and published intensity, the rest is heat") {
    const auto built = build_literal();
    const auto& japan = built.world.countries[0];
    const auto index = [](int year) { return static_cast<std::size_t>(year - 2020); };
    // 2022: 5.5 Mt / 10 TWh = 550 g/kWh, published 490.
    CHECK(japan.emission_factor_g_per_kwh[index(2022)] == Approx(490.0));
    // 2020: 4.9 Mt / 10 TWh = 490 g/kWh, published 500.
    CHECK(japan.emission_factor_g_per_kwh[index(2020)] == Approx(490.0));
    CHECK(japan.sectors[sim::index(sim::Sector::electricity_residential)].base_t == Approx(4.9e6 * 0.28));
    const auto heat = static_cast<std::size_t>(sim::RemainderPart::heat_and_captive_power);
    CHECK(japan.remainder[heat].base_t == Approx(0.6e6));
    CHECK(japan.remainder[heat].observed_factor[index(2020)] == Approx(0.0).margin(1e-12));
    // Demand × EF gives the observed electricity emissions of every past year.
    const auto& viet_nam = built.world.countries[1];
    const auto& users = viet_nam.sectors[sim::index(sim::Sector::electricity_industry)];
    const double demand = users.base_t / viet_nam.emission_factor_g_per_kwh[index(2022)];
    CHECK(demand * users.observed_factor[index(2020)] * viet_nam.emission_factor_g_per_kwh[index(2020)] ==
          Approx(0.5 * 1.3e6));
}

TEST_CASE("people follow the projection by its ratio, GDP follows SSP2 from the last observed year") {
    const auto built = build_literal();
    const auto& viet_nam = built.world.countries[1];
    CHECK(viet_nam.population_factor.front() == 1.0);
    CHECK(viet_nam.population_factor[4] == Approx(2.08 / 2.0));
    CHECK(viet_nam.population_factor[10] == Approx(1.04 * std::pow(1.005, 6)));
    CHECK(viet_nam.first_projected_gdp_year == 2025);
    CHECK(viet_nam.gdp_musd[4] == Approx(12000.0));
    CHECK(viet_nam.gdp_musd[5] == Approx(12000.0 * 1.05 * 1.005));
    CHECK(viet_nam.gdp_log_growth[0] == Approx(std::log(10000.0 / 9500.0)));
    CHECK(viet_nam.gdp_log_growth[5] == Approx(std::log(1.05 * 1.005)));
}

TEST_CASE("the order of input rows does not matter") {
    LiteralPack reversed;
    reversed.reverse_rows();
    auto turned_scenario = literal_scenario();
    std::reverse(turned_scenario.places.countries.begin(), turned_scenario.places.countries.end());
    const auto a = build_literal();
    const auto b = build_literal(turned_scenario, reversed);
    REQUIRE(a.world.places.size() == b.world.places.size());
    check_same_places(a, b);
    REQUIRE(a.world.layers.size() == b.world.layers.size());
    for (std::size_t l = 0; l < a.world.layers.size(); ++l) {
        CHECK(edges_by_id(a, a.world.layers[l]) == edges_by_id(b, b.world.layers[l]));
    }
    REQUIRE(a.world.support.size() == b.world.support.size());
    for (std::size_t s = 0; s < a.world.support.size(); ++s) {
        CHECK(a.world.support[s].project_id == b.world.support[s].project_id);
        CHECK(a.world.support[s].place == b.world.support[s].place);
    }
    CHECK(a.notes == b.notes);
}

TEST_CASE("an isolated place in a country of its own changes no other place by a bit") {
    const TemporaryFolder folder;
    const auto pack = LiteralPack().write(folder);
    auto scenario = literal_scenario();
    const auto without = build(scenario, pack);
    PlaceLayer island;
    island.path = folder.write("island.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"id":"island","name":"Island","people":250000,"country":"XAA"},
        "geometry":{"type":"Point","coordinates":[106.15,21.15]}}]})");
    island.id_field = "id";
    island.name_field = "name";
    island.population_field = "people";
    island.country_field = "country";
    island.coupling = geo::Coupling::isolated;
    scenario.places.layers.push_back(island);
    const auto with = build(scenario, pack);
    REQUIRE(with.world.places.size() == without.world.places.size() + 1);
    CHECK(place(with, "island").flag == "no_inventory");
    check_same_places(without, with);
    for (std::size_t l = 0; l < with.world.layers.size(); ++l) {
        CHECK(edges_by_id(without, without.world.layers[l]) == edges_by_id(with, with.world.layers[l]));
    }
    for (const double t : with.world.places[row_of(with, "island")].emissions_t) CHECK(t == 0.0);
    CHECK(with.world.credits.projects_per_year[2] == 0.0);
    CHECK(with.world.credits.eligible_from[2] == sim::never);
}

TEST_CASE("a user's place in a country of the pack is taken out of the rest around it") {
    const TemporaryFolder folder;
    const auto pack = LiteralPack().write(folder);
    folder.write("pack/boundaries.gpkg", R"({"type":"FeatureCollection","name":"admin1","features":[
        {"type":"Feature","properties":{"admin1_id":"VN-01","iso3":"VNM"},"geometry":{"type":"Polygon",
         "coordinates":[[[105,20],[107,20],[107,22],[105,22],[105,20]]]}},
        {"type":"Feature","properties":{"admin1_id":"VN-02","iso3":"VNM"},"geometry":{"type":"Polygon",
         "coordinates":[[[105,9],[107,9],[107,11],[105,11],[105,9]]]}}]})");
    auto scenario = literal_scenario();
    PlaceLayer towns;
    towns.path = folder.write("towns.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"town","people":30000,"country":"VNM"},
         "geometry":{"type":"Point","coordinates":[106.5,21.5]}},
        {"type":"Feature","properties":{"id":"offshore","people":1000,"country":"VNM"},
         "geometry":{"type":"Point","coordinates":[107.2,10]}}]})");
    towns.id_field = "id";
    towns.population_field = "people";
    towns.country_field = "country";
    scenario.places.layers.push_back(towns);
    const auto built = build(scenario, pack);
    CHECK(place(built, "town").admin1_id == "VN-01");
    CHECK(place(built, "offshore").admin1_id == "VN-02");
    CHECK(place(built, "VN-01.rest").population == Approx(1500000.0 - 720000.0 - 30000.0));
    double people = 0.0;
    for (const auto& row : built.places.places) people += row.iso3 == "VNM" ? row.population : 0.0;
    CHECK(people == Approx(2000000.0).epsilon(1e-12));
}

TEST_CASE("ties of the pack become dated edges and support") {
    const auto built = build_literal();
    const auto edges = edges_by_id(built, layer(built, "collaboration"));
    const auto has = [&](const std::string& from, const std::string& to, double weight, sim::Month since,
                         sim::Month until) {
        char text[200];
        std::snprintf(text, sizeof text, "%s>%s %a %d %d", from.c_str(), to.c_str(), weight, since.value,
                      until.value);
        return edges.contains(text);
    };
    CHECK(has("GN1", "GN14", 0.3, sim::make_month(2021, 3), sim::never));
    CHECK(has("GN14", "GN1", 0.3, sim::make_month(2021, 3), sim::never));
    CHECK(has("GN2", "GN11", 1.0, sim::make_month(2019, 4), sim::make_month(2025, 4)));
    CHECK(has("JP-01.rest", "VN-02.rest", 0.5, sim::make_month(2023, 4), sim::make_month(2025, 4)));
    const auto p = std::find_if(built.world.support.begin(), built.world.support.end(),
                                [](const auto& window) { return window.project_id == "p"; });
    REQUIRE(p != built.world.support.end());
    CHECK(p->place == row_of(built, "GN11"));
    CHECK(p->partner == row_of(built, "GN2"));
    CHECK(p->cost_jpy_per_year == 20e6);
    CHECK(std::any_of(built.links.begin(), built.links.end(),
                      [](const Link& link) { return link.hypothetical; }));
}

TEST_CASE("the parts a month is stepped in reach the world") {
    Scenario scenario = literal_scenario();
    scenario.run.parts_per_month = 4;
    CHECK(build_literal(scenario).world.calendar.parts_per_month == 4);
    CHECK(build_literal().world.calendar.parts_per_month == 1);
    scenario.run.parts_per_month = 1;
    scenario.run.months_per_step = 3;
    CHECK(build_literal(scenario).world.calendar.months_per_step == 3);
    CHECK(build_literal().world.calendar.months_per_step == 1);
}

TEST_CASE("networks weigh the mean of their members from the month both belong") {
    const auto built = build_literal();
    const auto edges = edges_by_id(built, layer(built, "race_to_zero"));
    // Kita, Ha Thanh and the region VN-02; the city without a matched place is nobody.
    CHECK(edges.size() == 6);
    for (const auto& edge : edges) CHECK(edge.find(" 0x1p-1 ") != std::string::npos);
}

TEST_CASE("commitments before the start are given, proposals are none, Japan's counts are class-matched") {
    const auto built = build_literal();
    CHECK(built.world.places[row_of(built, "GN2")].committed_since == sim::make_month(2019, 5));
    CHECK_FALSE(built.world.places[row_of(built, "GN11")].committed_since);
    CHECK_FALSE(built.world.places[row_of(built, "GN1")].committed_since);
    const auto& trend = built.world.countries[0].commitment;
    REQUIRE(trend.observed.size() == 2);
    CHECK(trend.observed[0].month == sim::make_month(2020, 7));
    CHECK(trend.observed[0].share == Approx(67.0 / 839.0));
    CHECK(trend.observed[1].month == sim::make_month(2021, 7));
    CHECK(trend.observed[1].share == Approx(296.0 / 839.0));
    CHECK(trend.block_rate.family == sim::Family::log_uniform);
    CHECK(built.world.countries[1].commitment.observed.empty());
    CHECK(built.world.countries[1].commitment.block_rate == sim::fixed(0.0));
    const auto held_back =
        std::count_if(built.observations.begin(), built.observations.end(),
                      [](const auto& o) { return o.quantity == "declared_share" && !o.given; });
    CHECK(held_back == 1);
}

TEST_CASE("technologies take their energy from the table and local sun from the places") {
    const auto built = build_literal();
    REQUIRE(built.world.technologies.size() == 2);
    const auto& solar = built.world.technologies[0];
    const auto& cars = built.world.technologies[1];
    CHECK(cars.countries[0].effects[0].direct_t_per_unit_year == Approx(21.6 * 0.0693));
    CHECK(cars.countries[0].effects[1].electricity_kwh_per_unit_year == Approx(-1897.0));
    CHECK(cars.countries[0].q.b == Approx(0.573 * 0.25));
    CHECK(cars.countries[1].q.b == Approx(0.573));
    CHECK(cars.countries[1].turnover_years == Approx(13.0).epsilon(1e-3));
    // Potential × national yield is the local yield.
    const double local = built.world.places[row_of(built, "GN13")].potential_factor[0] *
                         solar.countries[1].effects[0].electricity_kwh_per_unit_year;
    CHECK(local == Approx(5.0 * 365.0 * 0.77));
    double weighted = 0.0, people = 0.0;
    for (const auto& row : built.world.places) {
        if (row.country != 1) continue;
        weighted += row.population * row.potential_factor[0];
        people += row.population;
    }
    CHECK(weighted / people == Approx(1.0));
    // 5 TWh in 2024 over the geometric mean of 1 and 2 TWh around the start.
    CHECK(solar.countries[1].observed->ratio == Approx(5.0 / std::sqrt(2.0)));
    CHECK(solar.countries[1].jcm_t_per_unit_year ==
          Approx(solar.countries[1].effects[0].electricity_kwh_per_unit_year * 0.65 * 560.0 / 1e6));
    CHECK(solar.countries[0].jcm_t_per_unit_year == 0.0);
}

TEST_CASE("a technology never saves more than its sector emits") {
    LiteralPack pack;
    auto& units = pack.tables["technology_country"];
    units.replace(units.find("ev_car,VNM,0.05"), 15, "ev_car,VNM,9.0 ");
    units.replace(units.find("9.0 "), 4, "9.00");
    const auto built = build_literal(literal_scenario(), pack);
    const auto& cars = built.world.technologies[1].countries[1];
    const double units_in_use = cars.units_per_head * 2040000.0;
    // Cars serve at most 0.6 of transport.
    CHECK(units_in_use * cars.effects[0].direct_t_per_unit_year == Approx(0.6 * 0.4e6));
    CHECK(std::any_of(built.notes.begin(), built.notes.end(),
                      [](const auto& note) { return note.starts_with("ev_car: its units are cut"); }));
}

TEST_CASE("couplings off: every coefficient is exactly zero") {
    auto scenario = literal_scenario();
    scenario.model.couplings = OnOff::off;
    const auto built = build_literal(scenario);
    for (const auto& coupling : built.world.couplings) {
        CHECK(coupling.gamma_early == sim::fixed(0.0));
        CHECK(coupling.gamma_late == sim::fixed(0.0));
    }
    for (const auto& technology : built.world.technologies)
        CHECK(technology.between_places == sim::fixed(0.0));
}

TEST_CASE("thresholds and coercion act on the layers that choose them, and not with couplings off") {
    auto scenario = literal_scenario();
    scenario.proximity.response = sim::Response::threshold;
    scenario.hierarchy.coercion = OnOff::on;
    scenario.parameters["threshold_phi"] = sim::fixed(0.4);
    scenario.parameters["coercion_c"] = sim::fixed(0.7);
    const auto built = build_literal(scenario);
    CHECK(built.world.couplings[0].response == sim::Response::threshold);
    CHECK(built.world.couplings[0].threshold == sim::fixed(0.4));
    CHECK(built.world.couplings[1].response == sim::Response::exposure);
    CHECK(built.world.couplings[1].coercion == sim::fixed(0.7));
    scenario.model.couplings = OnOff::off;
    CHECK(build_literal(scenario).world.couplings[1].coercion == sim::fixed(0.0));
}

TEST_CASE("parameters of the scenario override those of the pack and are listed") {
    auto scenario = literal_scenario();
    scenario.parameters["gamma_network"] = sim::fixed(0.25);
    const auto built = build_literal(scenario);
    CHECK(built.world.couplings[3].gamma_early == sim::fixed(0.25));
    CHECK(build_literal().world.couplings[3].gamma_early == sim::or_zero(sim::half_normal(0.5), 0.5));
    const auto input = std::find_if(built.inputs.begin(), built.inputs.end(),
                                    [](const auto& record) { return record.key == "gamma_network"; });
    REQUIRE(input != built.inputs.end());
    CHECK(input->value == "0.25");
    CHECK(input->source == "set in the scenario");
}

TEST_CASE("parameters of paths act, and one that cannot act is a warning") {
    auto scenario = literal_scenario();
    scenario.parameters["ef_path_vnm"] = sim::normal(-5.0, 2.0);
    scenario.parameters["c3p_cost_per_pair"] = sim::fixed(1.0);
    const TemporaryFolder folder;
    const auto result = build_world(scenario, LiteralPack().write(folder));
    REQUIRE(result.built);
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems.front().severity == Severity::warning);
    CHECK(result.problems.front().what.find("c3p_cost_per_pair") != std::string::npos);
    const auto& viet_nam = result.built->world.countries[1];
    CHECK(viet_nam.emission_factor_sd_per_year == Approx(0.02));
    const auto& path = viet_nam.emission_factor_g_per_kwh;
    // The panel knows 2024; from then on the trend holds.
    CHECK(path[10] / path[4] == Approx(std::pow(0.95, 6)));
    CHECK(viet_nam.first_projected_ef_year == 2025);
}

TEST_CASE("the plan of Japan is a ratio to 2024 and says that it counts modelled solar") {
    const auto built = build_literal();
    const auto& japan = built.world.countries[0];
    const auto& path = japan.emission_factor_g_per_kwh;
    CHECK(japan.grid_path == sim::GridPath::with_modelled_solar);
    CHECK(path[4] / path[2] == Approx(470.0 / 490.0));
    CHECK(path[10] / path[4] == Approx(296.0 / 483.0));
    CHECK(path[20] / path[4] == Approx(246.0 / 483.0));
    CHECK(built.world.countries[1].grid_path == sim::GridPath::without_modelled_solar);
}

TEST_CASE("targets are read for the scenario's countries, with the history to re-base them") {
    const auto built = build_literal();
    REQUIRE(built.targets.size() == 1);
    const auto& target = built.targets.front();
    CHECK(target.id == "JPN-2030");
    CHECK(target.year_basis == sim::YearBasis::fiscal);
    CHECK(target.lulucf == sim::LulucfTreatment::gross_net);
    CHECK(*target.value_high == Approx(0.46));
    REQUIRE_FALSE(target.history_mt.empty());
    CHECK(target.history_mt.front() == std::pair<int, double>(2010, 20.0));
}

TEST_CASE("income groups come from the pack, and a country without one is left without one") {
    CHECK(build_literal().income_groups == std::vector<IncomeGroup>(2));
    LiteralPack pack;
    pack.tables["income_groups"] = "iso3,rank,income_group\nVNM,4,Lower middle income\nXXX,1,Elsewhere\n";
    const BuiltWorld built = build_literal(literal_scenario(), pack);
    REQUIRE(built.income_groups.size() == 2);
    CHECK(built.income_groups[0].rank == 0);
    CHECK(built.income_groups[1] == IncomeGroup{4, "Lower middle income"});
    for (const char* wrong : {"VNM,0,Lower\n", "VNM,4,\n", "VNM,,Lower\n", "VNM,many,Lower\n"}) {
        pack.tables["income_groups"] = std::string("iso3,rank,income_group\n") + wrong;
        const TemporaryFolder folder;
        const auto result = build_world(literal_scenario(), pack.write(folder));
        INFO(all_problems(result.problems));
        REQUIRE_FALSE(result.built);
        CHECK_THAT(all_problems(result.problems), Catch::Contains("income_groups.csv"));
    }
}

TEST_CASE("user edge lists are checked line by line") {
    const TemporaryFolder folder;
    const auto pack = LiteralPack().write(folder);
    auto scenario = literal_scenario();
    UserLayer ties;
    ties.name = "ties";
    ties.path = folder.write("ties.csv", "from,to,weight,from_date,to_date\nGN1,GN2,0.5,2025-04,2026-03\n");
    scenario.user_layers.push_back(ties);
    const auto built = build(scenario, pack);
    CHECK(edges_by_id(built, layer(built, "ties")).size() == 1);
    const auto& frozen = layer(built, "ties");
    CHECK(frozen.from.front() == sim::make_month(2025, 4));
    CHECK(frozen.to.front() == sim::make_month(2026, 4));

    folder.write("ties.csv", "from,to,weight\nGN1,GN2,0.5\nGN1,GN222,1\nGN1,GN2,-1\n");
    const auto bad = build_world(scenario, pack);
    CHECK_FALSE(bad.built);
    const auto text = all_problems(bad.problems);
    CHECK(text.find("ties.csv:3") != std::string::npos);
    CHECK(text.find("GN222") != std::string::npos);
    CHECK(text.find("ties.csv:4") != std::string::npos);
}

TEST_CASE("names in a user edge list are told with the ids they stand for") {
    LiteralPack pack;
    pack.tables["places"] += "GN16,Song,Song,,JPN,JP-02,139.4,35.4,150000,2,5.0,90,\n";
    const TemporaryFolder folder;
    const auto path = pack.write(folder);
    auto scenario = literal_scenario();
    UserLayer ties;
    ties.name = "ties";
    ties.path =
        folder.write("ties.csv", "from,to,weight\nkita,Hà Thành,1\nGN1,Song,1\nGN1,Nowhere,1\n,GN1,1\n");
    scenario.user_layers.push_back(ties);
    const auto result = build_world(scenario, path);
    CHECK_FALSE(result.built);
    std::vector<std::string> told;
    for (const auto& problem : result.problems) told.push_back(problem.what + "; " + problem.fix);
    CHECK(told ==
          std::vector<std::string>{
              "\"kita\" is a name, and the column from has ids of places; write GN1",
              "\"Hà Thành\" is a name, and the column to has ids of places; write GN11",
              "\"Song\" is a name, and the column to has ids of places; write GN12 (VNM) or GN16 (JPN)",
              "there is no place with the id \"Nowhere\" in this scenario; add the place with "
              "places.include, or drop the row",
              "there is no place with the id \"\" in this scenario; add the place with "
              "places.include, or drop the row"});
}

TEST_CASE("a missing or damaged pack is told with file, line and column") {
    const TemporaryFolder empty;
    const auto missing = build_world(literal_scenario(), empty.path() / "nowhere");
    CHECK_FALSE(missing.built);
    CHECK(all_problems(missing.problems).find("parameters") != std::string::npos);

    LiteralPack pack;
    auto& places = pack.tables["places"];
    places.replace(places.find("120000"), 6, "a few!");
    const TemporaryFolder folder;
    const auto damaged = build_world(literal_scenario(), pack.write(folder));
    CHECK_FALSE(damaged.built);
    const auto text = all_problems(damaged.problems);
    CHECK(text.find("places.csv:8") != std::string::npos);
    CHECK(text.find("population") != std::string::npos);
    CHECK(damaged.problems.front().kind == ProblemKind::data);

    LiteralPack narrow;
    narrow.tables["admin1"] = "admin1_id,iso3,name\nJP-01,JPN,North\n";
    const TemporaryFolder other;
    const auto columns = build_world(literal_scenario(), narrow.write(other));
    CHECK_FALSE(columns.built);
    CHECK(all_problems(columns.problems).find("population_2020") != std::string::npos);
}

TEST_CASE("what the scenario names but the pack does not have is a problem of the scenario") {
    const TemporaryFolder folder;
    const auto pack = LiteralPack().write(folder);
    auto scenario = literal_scenario();
    scenario.places.countries.push_back("ZZZ");
    CHECK(all_problems(build_world(scenario, pack).problems).find("ZZZ") != std::string::npos);

    scenario = literal_scenario();
    scenario.places.include = {"Ha Thang"};
    const auto misspelt = build_world(scenario, pack);
    CHECK_FALSE(misspelt.built);
    CHECK(all_problems(misspelt.problems).find("Ha Thanh") != std::string::npos);

    scenario = literal_scenario();
    scenario.technologies = {"green_hydrogen"};
    CHECK(all_problems(build_world(scenario, pack).problems).find("green_hydrogen") != std::string::npos);

    scenario = literal_scenario();
    scenario.collaboration.agreements.push_back(
        {"Kita", "Nowhere", sim::make_month(2026, 4), {}, false, {}, {"s.toml", 9, 1}});
    const auto result = build_world(scenario, pack);
    CHECK_FALSE(result.built);
    CHECK(all_problems(result.problems).find("s.toml:9") != std::string::npos);
}

TEST_CASE("an agreement of the scenario may name places in words, projects bring support") {
    auto scenario = literal_scenario();
    scenario.collaboration.agreements.push_back(
        {"kita", "Xa", sim::make_month(2026, 4), sim::make_month(2029, 3), true, {}, {}});
    const auto built = build_literal(scenario);
    const auto found = std::find_if(built.world.support.begin(), built.world.support.end(),
                                    [](const auto& w) { return w.project_id.starts_with("scenario-"); });
    REQUIRE(found != built.world.support.end());
    CHECK(found->place == row_of(built, "GN14"));
    CHECK(found->from == sim::make_month(2026, 4));
    CHECK(found->to == sim::make_month(2029, 4));
}

}  // namespace
}  // namespace domino::scenarios
