#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "scenarios/built_world.h"
#include "scenarios/world/withdrawals.h"
#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios {
namespace {

using test::literal_scenario;
using test::LiteralPack;
using test::TemporaryFolder;

const sim::Month april_2022 = sim::make_month(2022, 4);

/// The literal pack with leading areas, one event, networks and platforms.
LiteralPack with_systems() {
    LiteralPack pack;
    pack.tables["leading_areas"] =
        "row,result_date,place_id,admin1_id,source\n1,2022-04-26,GN4,JP-01,seen\n2,2022-11-01,,JP-02,seen\n";
    pack.tables["leading_area_rounds"] =
        "result_date,cumulative_selected,source\n2022-04-26,1,x\n2022-11-01,2,x\n2023-04-28,3,x\n";
    pack.tables["systems_seeds"] =
        "seed_id,event_id,role,system,date,iso3,place_id,admin1_id,source\n"
        "e-a,e,host,Seminar,2021-01-21,VNM,,VN-02,paper\ne-b,e,participant,FutureCity,2021-01-21,JPN,GN1,JP-"
        "01,paper\n"
        "e-c,e,participant,FutureCity,2021-01-21,JPN,GN999,JP-02,paper\n";
    pack.tables["theme_facts"] = "fact_id,value\nsdgs_futurecity_start,2018\n";
    pack.tables["networks"] =
        "network,name,kind,implied_reduction,implied_year,net_zero_year,implied_text,source\n"
        "race_to_zero,Race to Zero,members,0.5,2030,2050,halve,guide\n"
        "platforms,Platforms,platform,,,,,guide\ncoordinators,Coordinators,members,,,,,guide\n";
    pack.tables["network_members"] =
        "network,actor_type,place_id,admin1_id,circle,since,as_of\n"
        "race_to_zero,City,GN1,JP-01,,,2022-12-01\nrace_to_zero,City,GN11,VN-01,,2021-06-01,2022-12-01\n"
        "platforms,City,GN1,JP-01,,,2025-03-01\nplatforms,City,GN2,JP-02,,,2025-03-01\n"
        "coordinators,City,GN1,JP-01,a,2024-04-01,2025-03-01\ncoordinators,City,GN11,VN-01,a,2024-04-01,2025-"
        "03-01\n"
        "coordinators,City,GN2,JP-02,b,2024-04-01,2025-03-01\ncoordinators,City,GN13,VN-02,b,2024-04-01,2025-"
        "03-01\n";
    return pack;
}

BuiltWorld build(const Scenario& scenario, const LiteralPack& pack = with_systems()) {
    const TemporaryFolder folder;
    auto result = build_world(scenario, pack.write(folder));
    std::string text;
    for (const auto& problem : result.problems) text += format(problem) + "\n";
    INFO(text);
    REQUIRE(result.built);
    return std::move(*result.built);
}

std::uint32_t row_of(const BuiltWorld& built, const std::string& id) {
    for (std::uint32_t i = 0; i < built.places.places.size(); ++i) {
        if (built.places.places[i].id == id) return i;
    }
    FAIL("no place " << id);
    return 0;
}

struct NamedEdge {
    std::string from, to;
    double weight;
    sim::Month since, until;
};

std::vector<NamedEdge> edges_of(const BuiltWorld& built, const std::string& name) {
    std::vector<NamedEdge> edges;
    for (const auto& layer : built.world.layers) {
        if (layer.name != name) continue;
        for (std::uint32_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
            for (std::uint32_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                edges.push_back({built.places.places[layer.source[e]].id, built.places.places[i].id,
                                 layer.weight[e], layer.from.empty() ? sim::Month{INT32_MIN} : layer.from[e],
                                 layer.to.empty() ? sim::never : layer.to[e]});
            }
        }
    }
    return edges;
}

std::vector<sim::SupportWindow> domestic(const BuiltWorld& built) {
    std::vector<sim::SupportWindow> windows;
    for (const auto& window : built.world.support) {
        if (window.kind == sim::SupportKind::domestic) windows.push_back(window);
    }
    return windows;
}

const sim::LayerCoupling& coupling_of(const BuiltWorld& built, const std::string& name) {
    for (std::size_t l = 0; l < built.world.layers.size(); ++l) {
        if (built.world.layers[l].name == name) return built.world.couplings[l];
    }
    FAIL("no layer " << name);
    return built.world.couplings.front();
}

}  // namespace

TEST_CASE("leading areas: named ones from their selection, then the rule for totals and the aim") {
    Scenario scenario = literal_scenario();
    scenario.leading_areas.enabled = OnOff::on;
    scenario.leading_areas.aim = 4;
    const auto built = build(scenario);
    const auto windows = domestic(built);
    REQUIRE(windows.size() == 4);
    CHECK(windows[0].place == row_of(built, "GN4"));  // a village, kept because it is named
    CHECK(windows[0].from == april_2022);
    CHECK(windows[0].to == sim::make_month(2027, 4));
    CHECK(windows[0].cost_jpy_per_year == 0.0);
    CHECK(windows[1].place == row_of(built, "JP-02.rest"));
    CHECK(windows[1].from == sim::make_month(2022, 11));
    // The third round is known by its total: the largest city; the aim takes the next by March 2026.
    CHECK(windows[2].place == row_of(built, "GN1"));
    CHECK(windows[2].from == sim::make_month(2023, 4));
    CHECK(windows[3].place == row_of(built, "GN2"));
    CHECK(windows[3].from == sim::make_month(2026, 3));
    CHECK(built.world.programmes.back().id == "decarbonization_leading_areas");

    scenario.leading_areas.expansion = AreaRule::none;
    CHECK(domestic(build(scenario)).size() == 2);
    scenario.leading_areas.enabled = OnOff::off;
    CHECK(domestic(build(scenario)).empty());
}

TEST_CASE("leading areas are examples to their prefecture, and to all of Japan once they spread nationwide") {
    Scenario scenario = literal_scenario();
    scenario.leading_areas.enabled = OnOff::on;
    scenario.leading_areas.expansion = AreaRule::none;
    const auto near = edges_of(build(scenario), "leading_areas");
    for (const auto& edge : near) {
        CHECK(edge.weight == 1.0);
        CHECK((edge.from == "GN4" || edge.from == "JP-02.rest"));
        CHECK(edge.until == sim::never);
    }
    // GN4 on GN1 and the rest of JP-01; the rest of JP-02 on GN2 and GN3.
    CHECK(near.size() == 4);

    scenario.leading_areas.nationwide_from = sim::make_month(2030, 4);
    const auto built = build(scenario);
    std::size_t before = 0, after = 0;
    for (const auto& edge : edges_of(built, "leading_areas")) {
        if (edge.since < sim::make_month(2030, 4)) {
            ++before;
            CHECK(edge.until == sim::make_month(2030, 4));
        } else {
            ++after;
            CHECK(edge.weight == 0.5);
        }
    }
    CHECK(before == 4);
    CHECK(after == 2 * 5);  // two examples on the other places of Japan: six places in all
    std::size_t nationwide = 0;
    for (const auto& window : domestic(built)) nationwide += window.from == sim::make_month(2030, 4) ? 1 : 0;
    CHECK(nationwide == 6);
}

TEST_CASE("the host of an event and those who came act on each other while they remember") {
    Scenario scenario = literal_scenario();
    CHECK(edges_of(build(scenario), "contacts").empty());
    scenario.contacts.observed = OnOff::on;
    scenario.contacts.memory_years = 3;
    const auto built = build(scenario);
    const auto edges = edges_of(built, "contacts");
    REQUIRE(edges.size() == 4);  // the city that is no place is the rest of its prefecture
    for (const auto& edge : edges) {
        CHECK((edge.from == "VN-02.rest") != (edge.to == "VN-02.rest"));
        CHECK(edge.weight == 0.3);
        CHECK(edge.since == sim::make_month(2021, 1));
        CHECK(edge.until == sim::make_month(2024, 1));
    }
    CHECK(std::count_if(built.links.begin(), built.links.end(),
                        [](const Link& link) { return link.layer == "contacts"; }) == 2);
}

TEST_CASE("a scenario's own event joins the places it names, and says which it cannot find") {
    Scenario scenario = literal_scenario();
    scenario.contacts.events = {{"forum", sim::make_month(2027, 2), "Ha Thanh", {"Kita", "Minami"}, {}}};
    const auto edges = edges_of(build(scenario), "contacts");
    CHECK(edges.size() == 4);
    for (const auto& edge : edges) CHECK(edge.since == sim::make_month(2027, 2));
    scenario.contacts.events[0].participants = {"Nowhere"};
    const TemporaryFolder folder;
    const auto result = build_world(scenario, with_systems().write(folder));
    CHECK_FALSE(result.built);
    CHECK(std::any_of(result.problems.begin(), result.problems.end(),
                      [](const auto& p) { return p.what.find("Nowhere") != std::string::npos; }));
}

TEST_CASE("each network is a layer of its own") {
    Scenario scenario = literal_scenario();
    scenario.network.networks = {"race_to_zero", "coordinators"};
    const auto built = build(scenario);
    CHECK(edges_of(built, "race_to_zero").size() == 2);
    const auto edges = edges_of(built, "coordinators");
    REQUIRE(edges.size() == 4);  // two circles of two
    for (const auto& edge : edges) {
        CHECK(edge.weight == 1.0);
        const std::set<std::string> ends = {edge.from, edge.to};
        CHECK((ends == std::set<std::string>{"GN1", "GN11"} || ends == std::set<std::string>{"GN2", "GN13"}));
    }
}

TEST_CASE("what one platform has learnt reaches the partners of all while their tie lives") {
    Scenario scenario = literal_scenario();
    scenario.network.networks = {"platforms"};
    scenario.c3p.expansion = ExpansionRule::none;
    const auto edges = edges_of(build(scenario), "platforms");
    const auto find = [&](const std::string& from, const std::string& to) {
        return std::find_if(edges.begin(), edges.end(),
                            [&](const auto& e) { return e.from == from && e.to == to; });
    };
    // GN1 has an open agreement with GN14; GN2 is no party to it, and yet acts on GN14.
    REQUIRE(find("GN2", "GN14") != edges.end());
    CHECK(find("GN2", "GN14")->weight == 0.5);
    CHECK(find("GN2", "GN14")->since == sim::make_month(2025, 3));
    CHECK(find("GN2", "GN14")->until == sim::never);
    // The project of GN2 with GN11 ends in March 2025: from that month the platform is on record it has a
    // month.
    REQUIRE(find("GN1", "GN11") != edges.end());
    CHECK(find("GN1", "GN11")->until == sim::make_month(2025, 4));
    CHECK(find("GN14", "GN1") == edges.end());
    REQUIRE(find("GN1", "GN2") != edges.end());
    CHECK(find("GN1", "GN2")->weight == 1.0);
}

TEST_CASE("members of Race to Zero carry the target that membership implies") {
    const auto built = build(literal_scenario());
    REQUIRE_FALSE(built.groups.empty());
    const auto& group = built.groups.front();
    CHECK(group.id == "race_to_zero");
    CHECK(group.places.size() == 2);
    REQUIRE(group.targets.size() == 2);
    CHECK(group.targets[0].year == 2030);
    CHECK(group.targets[0].reduction == 0.5);
    CHECK(group.targets[1].year == 2050);
    CHECK(group.base_year == 2019);
    // The literal inventory has gaps between 2010 and 2019, so the base year is not known, and not made up.
    CHECK(group.base_factor.empty());
}

TEST_CASE("FutureCities are examples to all of Japan, pioneers to third countries from the initiative on") {
    Scenario scenario = literal_scenario();
    scenario.futurecity.enabled = OnOff::on;
    scenario.subnational.enabled = OnOff::on;
    const auto built = build(scenario);
    const auto cities = edges_of(built, "futurecity");
    REQUIRE_FALSE(cities.empty());
    for (const auto& edge : cities) {
        CHECK((edge.from == "GN1" || edge.from == "JP-02.rest"));
        CHECK(built.places.places[row_of(built, edge.to)].iso3 == "JPN");
        CHECK(edge.since == sim::make_month(2018, 1));
    }
    const auto pioneers = edges_of(built, "subnational");
    REQUIRE_FALSE(pioneers.empty());
    for (const auto& edge : pioneers) {
        CHECK(built.places.places[row_of(built, edge.from)].iso3 == "JPN");
        CHECK(built.places.places[row_of(built, edge.to)].iso3 == "VNM");
        CHECK(edge.since == sim::make_month(2021, 4));
    }
}

TEST_CASE("a state's ties are weighted by tier") {
    Scenario scenario = literal_scenario();
    scenario.hierarchy.city_tier = 0.5;
    for (const auto& edge : edges_of(build(scenario), "hierarchy")) {
        if (edge.to.starts_with("GN")) CHECK(edge.weight == 0.5);
    }
    scenario.hierarchy.city_tier = 0.0;
    for (const auto& edge : edges_of(build(scenario), "hierarchy")) CHECK_FALSE(edge.to.starts_with("GN"));
}

TEST_CASE("thresholds and coercion can be chosen for every layer") {
    Scenario scenario = literal_scenario();
    scenario.contacts.observed = OnOff::on;
    scenario.proximity.coercion = OnOff::on;
    scenario.collaboration.response = sim::Response::threshold;
    scenario.collaboration.coercion = OnOff::on;
    scenario.network.response = sim::Response::threshold;
    scenario.network.coercion = OnOff::on;
    scenario.contacts.response = sim::Response::threshold;
    scenario.contacts.coercion = OnOff::on;
    const auto built = build(scenario);
    for (const char* name : {"collaboration", "race_to_zero", "contacts"}) {
        CHECK(coupling_of(built, name).response == sim::Response::threshold);
        CHECK(coupling_of(built, name).coercion == sim::uniform(0.1, 0.9));
    }
    CHECK(coupling_of(built, "proximity").coercion == sim::uniform(0.1, 0.9));
    CHECK(coupling_of(built, "hierarchy").coercion == sim::fixed(0.0));
    CHECK(coupling_of(built, "hierarchy").response == sim::Response::exposure);
}

TEST_CASE("what is known of declarations can be left out") {
    Scenario scenario = literal_scenario();
    scenario.commitment.observed = OnOff::off;
    scenario.commitment.calibration = OnOff::off;
    const auto built = build(scenario);
    for (const auto& place : built.world.places) CHECK_FALSE(place.committed_since);
    CHECK(built.world.countries[0].commitment.observed.empty());
}

TEST_CASE("a coalition is members of Race to Zero, then the largest cities, up to its share of the people") {
    Scenario scenario = literal_scenario();
    scenario.withdrawals = {{"JPN", sim::make_month(2030, 1), std::nullopt, 0.6, {}}};
    const auto built = build(scenario);
    REQUIRE(built.world.withdrawals.size() == 1);
    const auto& withdrawal = built.world.withdrawals[0];
    double inside = 0.0;
    for (std::size_t i = 0; i < built.world.places.size(); ++i) {
        if (withdrawal.coalition[i] == 0) continue;
        CHECK(built.places.places[i].iso3 == "JPN");
        inside += built.world.places[i].population;
    }
    CHECK(withdrawal.coalition[row_of(built, "GN1")] == 1);  // the member
    CHECK(withdrawal.coalition[row_of(built, "GN2")] == 1);  // then the largest city
    CHECK(inside >= 0.6e6);
    CHECK(inside < 0.9e6);
    CHECK(std::any_of(built.notes.begin(), built.notes.end(), [](const std::string& note) {
        return note.starts_with("coalition of JPN 2030-01") && note.find("70 % of GDP") != std::string::npos;
    }));
    CHECK(built.groups.size() == 3);  // Race to Zero, inside, outside
}

TEST_CASE("archetypes of pairs are carried to the links") {
    LiteralPack pack = with_systems();
    pack.tables["c3p_pairs"] =
        "pair_id,overseas_place_id,overseas_admin1_id,overseas_iso3,japan_place_id,japan_admin1_id,last_year,"
        "from_date,to_date,kind,weight,archetype,source\n"
        "a,GN14,VN-02,VNM,GN1,JP-01,,2021-03-01,,agreement,1,twin,seen\n"
        "p,GN11,VN-01,VNM,GN2,JP-02,2022,2019-04-01,,c3p_project,1,island model,seen\n";
    Scenario scenario = literal_scenario();
    AgreementEntry own;
    own.japan = "Kita";
    own.partner = "Song";
    own.from = sim::make_month(2026, 4);
    own.archetype = "own kind";
    scenario.collaboration.agreements = {own};
    const auto built = build(scenario, pack);
    std::multiset<std::string> archetypes;
    for (const auto& link : built.links) {
        if (!link.hypothetical) archetypes.insert(link.archetype);
    }
    CHECK(archetypes == std::multiset<std::string>{"twin", "island model", "own kind"});
}

TEST_CASE("urban shares are those of the places that are cities") {
    const auto built = build(literal_scenario());
    REQUIRE(built.urban.size() == 3);
    CHECK(built.urban[0].name == "All countries");
    double people = 0.0, cities = 0.0;
    std::size_t count = 0;
    for (const auto& place : built.world.places) {
        people += place.population;
        if (place.kind != geo::PlaceKind::city) continue;
        cities += place.population;
        ++count;
    }
    CHECK(built.urban[0].people == Approx(cities / people));
    CHECK(built.urban[0].cities == count);
    CHECK(built.urban[0].emissions > 0.0);
    CHECK(built.urban[0].emissions < 1.0);
}

}  // namespace domino::scenarios
