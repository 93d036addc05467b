#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "scenarios/check_partnerships.h"
#include "scenarios/world/programme_plan.h"
#include "scenarios/world/technology_tags.h"
#include "sim/credit_projects.h"
#include "sim/member_draws.h"
#include "tests/scenarios/partnership_world.h"

namespace domino::scenarios {
namespace {

using sim::make_month;
using test::partnership_pack;
using test::partnership_scenario;

WorldResult build(const Scenario& scenario) {
    const test::TemporaryFolder folder;
    return build_world(scenario, partnership_pack().write(folder));
}

ExitEntry exit_by(const std::string& scheme) {
    ExitEntry entry;
    entry.scheme = scheme;
    entry.budget_jpy_per_year = 1e9;
    return entry;
}

bool mentions(const Problems& problems, Severity severity, const std::string& text) {
    for (const auto& problem : problems) {
        if (problem.severity == severity &&
            (problem.what + " " + problem.why + " " + problem.fix).find(text) != std::string::npos)
            return true;
    }
    return false;
}

std::vector<sim::SupportWindow> windows_of(const sim::World& world, const std::string& programme) {
    std::vector<sim::SupportWindow> windows;
    for (const auto& window : world.support)
        if (world.programmes[window.programme].id == programme) windows.push_back(window);
    return windows;
}

TEST_CASE("an exit begins when the last project of a place has ended, as a programme of its own") {
    auto scenario = partnership_scenario();
    scenario.exits = {exit_by("meti_fs")};
    scenario.exits[0].years = 2;
    const auto result = build(scenario);
    REQUIRE(result.built);
    const auto& world = result.built->world;
    const auto exits = windows_of(world, "exit-meti_fs");
    REQUIRE(!exits.empty());
    for (const auto& window : exits) {
        int ends = 0;
        for (const auto& project : windows_of(world, "c3p")) {
            if (project.place != window.place) continue;
            CHECK(project.to <= window.from);
            ends += project.to == window.from ? 1 : 0;
        }
        CHECK(ends == 1);
        CHECK(window.to.value - window.from.value == 24);
        CHECK(window.channels == sim::SupportChannels{0.5, 0.5, 1.0});
    }
    CHECK(std::is_sorted(world.support.begin(), world.support.end(),
                         [](const auto& a, const auto& b) { return a.from < b.from; }));
}

TEST_CASE("a share of the projects that end moves on, each once") {
    auto scenario = partnership_scenario();
    scenario.exits = {exit_by("meti_fs")};
    const auto all = windows_of(build(scenario).built->world, "exit-meti_fs").size();
    REQUIRE(all >= 4);
    scenario.exits[0].share = 0.5;
    const auto half = windows_of(build(scenario).built->world, "exit-meti_fs").size();
    CHECK(half == all / 2);
    scenario.exits.push_back(exit_by("clair_lgotp"));
    const auto built = build(scenario);
    const auto& world = built.built->world;
    CHECK(windows_of(world, "exit-meti_fs").size() == half);
    for (const auto& first : windows_of(world, "exit-meti_fs")) {
        for (const auto& second : windows_of(world, "exit-clair_lgotp")) CHECK(first.place != second.place);
    }
}

TEST_CASE("exits that may not or cannot act are told with the reason") {
    auto scenario = partnership_scenario();
    scenario.exits = {exit_by("meti_sf")};
    CHECK(mentions(build(scenario).problems, Severity::error, "did you mean \"meti_fs\""));
    scenario.exits = {exit_by("unido")};
    CHECK(mentions(build(scenario).problems, Severity::error, "the scheme is for UNIDO projects"));
    scenario.exits[0].agency_projects = OnOff::on;
    CHECK(build(scenario).built);
    scenario.exits = {exit_by("moej_fgas")};
    CHECK(mentions(build(scenario).problems, Severity::warning, "no technology of the run is of its sector"));
    scenario.exits = {exit_by("meti_fs")};
    scenario.exits[0].budget_jpy_per_year = 1e6;
    CHECK(mentions(build(scenario).problems, Severity::warning, "does not pay for a month"));
    scenario.exits[0].budget_jpy_per_year = 1e9;
    scenario.exits[0].from = make_month(2036, 11);
    CHECK(mentions(build(scenario).problems, Severity::warning, "no city-to-city project ends"));
}

TEST_CASE("clean city partnerships help technologies of waste and water alone, and lead to no JCM project") {
    auto scenario = partnership_scenario();
    scenario.c2p2.enabled = OnOff::on;
    scenario.c2p2.budget_jpy_per_year = 1e9;
    const auto built = build(scenario).built;
    REQUIRE(built);
    const auto windows = windows_of(built->world, "c2p2");
    REQUIRE(!windows.empty());
    for (const auto& window : windows) {
        CHECK(window.from >= make_month(2023, 2));
        CHECK(window.technologies == std::vector<std::uint16_t>{2});
        CHECK(window.channels.feasibility == 0.0);
        CHECK(built->world.countries[built->world.places[window.place].country].iso3 == "VNM");
    }
    scenario.technologies = {"solar_pv_residential", "ev_car"};
    CHECK(mentions(build(scenario).problems, Severity::warning, "of waste or water"));
}

TEST_CASE("support for some technologies leaves the others' adoption as it is") {
    auto scenario = partnership_scenario();
    scenario.run.members = 4;
    scenario.parameters["s_support"] = sim::fixed(1e-9);
    scenario.parameters["eta_k"] = sim::fixed(0.0);
    scenario.jcm.enabled = OnOff::off;
    const auto without = build(scenario).built;
    scenario.c2p2.enabled = OnOff::on;
    scenario.c2p2.budget_jpy_per_year = 1e9;
    scenario.c2p2.policy_dialogue = 0.0;
    const auto with = build(scenario).built;
    sim::EnsembleOptions options;
    options.members = 4;
    options.threads = 1;
    const auto a = sim::run_ensemble(without->world, nullptr, options).scenario;
    const auto b = sim::run_ensemble(with->world, nullptr, options).scenario;
    std::size_t differing = 0;
    for (std::size_t k = 0; k < a.technologies; ++k) {
        for (std::size_t y = 0; y < a.years; ++y) {
            for (std::size_t m = 0; m < 4; ++m) {
                const double before = a.stock_units[a.stock_at(k, 1, y, m)];
                const double after = b.stock_units[b.stock_at(k, 1, y, m)];
                if (k != 2) CHECK(before == after);
                differing += before != after ? 1 : 0;
            }
        }
    }
    CHECK(differing > 0);
}

TEST_CASE("JCM projects buy what cuts energy CO2 and is of the scenario's sectors") {
    auto scenario = partnership_scenario();
    const auto all = build(scenario).built->world.credits.technology_weight;
    CHECK(all == std::vector<double>{2.0 / 3.0, 0.0, 1.0 / 3.0});
    scenario.jcm.sectors = {"Waste treatment and disposal"};
    CHECK(build(scenario).built->world.credits.technology_weight == std::vector<double>{0.0, 0.0, 1.0});
    scenario.jcm.sectors = {"Waste treatment"};
    CHECK(mentions(build(scenario).problems, Severity::error, "there is no sector \"Waste treatment\""));
    scenario.jcm.sectors = {"Other (CFC recovery and destruction)"};
    const auto none = build(scenario);
    CHECK(mentions(none.problems, Severity::warning, "jcm.sectors leaves nothing to buy"));
    CHECK(!none.built->world.credits.active);
    scenario.jcm.sectors.clear();
    auto pack = partnership_pack();
    auto& table = pack.tables["technologies"];
    const auto at = table.find("Renewable energies,1,kW,yes,,,27");
    table.replace(at, 20, "Renewable energies,0");
    const test::TemporaryFolder folder;
    const auto other = build_world(scenario, pack.write(folder));
    CHECK(other.built->world.credits.technology_weight == std::vector<double>{1.0, 0.0, 0.0});
}

TEST_CASE("a project on record hands its technology on to its JCM projects") {
    const auto built = build(partnership_scenario()).built;
    std::size_t known = 0;
    for (const auto& window : built->world.support) {
        CHECK(window.project_technologies.empty() == (window.project_id != "p"));
        known += window.project_technologies == std::vector<std::uint16_t>{2} ? 1 : 0;
    }
    CHECK(known == 1);
}

TEST_CASE("a lease is paid in equal parts that add up to its subsidy, within each year's budget") {
    auto scenario = partnership_scenario();
    scenario.eco_lease.enabled = OnOff::on;
    scenario.eco_lease.from = make_month(2026, 4);
    scenario.eco_lease.budget_jpy_per_year = 0.4e9;
    scenario.eco_lease.projects_per_year = 40.0;
    scenario.eco_lease.lease_years = 4;
    const auto built = build(scenario).built;
    REQUIRE(built);
    const auto& world = built->world;
    CHECK(world.eco_lease.active);
    CHECK(world.eco_lease.size_median_t == Approx(500.0));
    const auto prepared = sim::prepare(world);
    const sim::MemberId id{1, 3};
    const auto draws = sim::draw_member(world, id);
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    std::vector<double> promised(years + 4, 0.0);
    double subsidies = 0.0;
    std::size_t projects = 0;
    for (std::size_t y = 0; y < years; ++y) {
        for (const auto& p :
             sim::credit_year(prepared, world.eco_lease, draws, id, y,
                              std::vector<double>(world.technologies.size(), 1.0), promised)) {
            CHECK(p.leased);
            CHECK(world.calendar.month(p.start_step) >= make_month(2026, 4));
            CHECK(p.subsidy_jpy == Approx(0.5 * p.cost_jpy).epsilon(1e-12));
            CHECK(p.subsidy_jpy + p.private_jpy == Approx(p.cost_jpy).epsilon(1e-12));
            subsidies += p.subsidy_jpy;
            ++projects;
        }
    }
    REQUIRE(projects > 3);
    double paid = 0.0;
    for (std::size_t y = 0; y < promised.size(); ++y) {
        if (y < years) CHECK(promised[y] <= 0.4e9);
        paid += promised[y];
    }
    CHECK(paid == Approx(subsidies).epsilon(1e-12));
}

TEST_CASE("the meetings a scenario starts from are the duties of the guidebook's Table 3") {
    Pack pack(std::string(DOMINO_SOURCE_DIR) + "/data");
    const auto table = pack.read("c3p_rules", {"rule_id", "value"});
    const Rows rows(table);
    std::map<std::string, double> duties;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (const auto value = rows.number(i, "value")) duties[rows.text(i, "rule_id")] = *value;
    const C3pSection c3p;
    CHECK(duties.at("duty-3") == c3p.report_sessions_per_year);
    CHECK(duties.at("duty-4") == c3p.visits_per_year);
    CHECK(duties.at("duty-5") == c3p.workshops_per_year);
    CHECK(contact_intensity(c3p) == 1.0);
}

TEST_CASE("the shipped pack says what support of each scheme does, and of which goals technologies are") {
    Pack pack(std::string(DOMINO_SOURCE_DIR) + "/data");
    const auto types = pack.read("exit_support_types", {"support_type"});
    std::set<std::string> known;
    for (std::size_t i = 0; i < Rows(types).size(); ++i) known.insert(Rows(types).text(i, "support_type"));
    const auto schemes = pack.read("exit_schemes", {"scheme_id", "support_type"});
    REQUIRE(Rows(schemes).size() == 17);
    for (std::size_t i = 0; i < Rows(schemes).size(); ++i)
        CHECK(known.contains(Rows(schemes).text(i, "support_type")));
    const auto tags = read_technology_tags(pack);
    CHECK(read_guidebook_sectors(pack, tags).size() == 13);
    const auto sectors = read_guidebook_sectors(pack, tags);
    for (const auto& [id, tag] : tags) {
        INFO(id);
        CHECK(!tag.goals.empty());
        CHECK(tag.energy_co2 == (id != "landfill_gas"));
        for (const auto& sector : tag.sectors)
            CHECK(std::find(sectors.begin(), sectors.end(), sector) != sectors.end());
    }
    const auto levels = read_stocktake_levels(pack);
    REQUIRE(levels.size() == 2);
    CHECK(levels[0].year == 2030);
    CHECK(levels[0].reduction == 0.43);
    CHECK(levels[1].year == 2035);
    CHECK(levels[1].reduction == 0.60);
}

TEST_CASE("money and dates that no document gives have to be the planner's") {
    auto scenario = partnership_scenario();
    scenario.eco_lease.enabled = OnOff::on;
    scenario.c2p2.enabled = OnOff::on;
    Problems problems;
    check_partnerships(scenario, "s.toml", problems);
    CHECK(mentions(problems, Severity::error, "eco_lease.budget is missing"));
    CHECK(mentions(problems, Severity::error, "eco_lease.from is missing"));
    CHECK(mentions(problems, Severity::error, "c2p2.budget is missing"));
    problems.clear();
    auto quiet = partnership_scenario();
    quiet.set_at["eco_lease.budget"] = {"s.toml", 3, 1};
    quiet.set_at["eco_lease.lease"] = {"s.toml", 4, 1};
    quiet.eco_lease.budget_jpy_per_year = 1e9;
    check_partnerships(quiet, "s.toml", problems);
    CHECK(mentions(problems, Severity::warning, "eco_lease.budget changes nothing"));
    CHECK(problems.size() == 1);
}

}  // namespace
}  // namespace domino::scenarios
