#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/packed_page.h"
#include "tests/support/small_results.h"
#include "tests/viz/small_context.h"
#include "tests/viz/small_pack.h"
#include "viz/domino_chains.h"
#include "viz/land.h"
#include "viz/report_html.h"

using namespace domino;
using namespace domino::test;
using Json = nlohmann::ordered_json;

namespace {

struct ReportRun {
    explicit ReportRun(WithReference reference = WithReference::yes) : run(make_small_run(reference)) {
        write_small_pack(pack.path());
        run.scenario.file = pack.path() / "more-pairs.toml";
        run.reference.file = pack.path() / "as-today.toml";
        std::ofstream(run.scenario.file) << "x";
        std::ofstream(run.reference.file) << "y";
    }

    Json data() const {
        const viz::RunContext context = make_context(run, pack.path());
        const viz::PlaceSummary summary = viz::summarize_places(run.built, run.results.scenario);
        const viz::TargetAssessment targets = viz::assess_targets(context);
        const viz::EventSummary events = viz::summarize_events(run.built, run.results.scenario);
        std::optional<viz::ChangeSummary> changes;
        if (run.results.reference) {
            changes = viz::compare_with_reference(run.results);
        }
        return viz::make_report_data({context, summary, targets, events, changes});
    }

    TemporaryFolder pack;
    SmallRun run;
};

constexpr std::string_view every_key[] = {
    "v",      "meta",       "scenario", "years",       "countries", "figures", "zip",      "places",
    "cells",  "stages",     "causes",   "extraCauses", "links",     "events",  "targets",  "paths",
    "domino", "strategies", "plan",     "ledger",      "groups",    "urban",   "benefits", "goals",
    "inputs", "past",       "land",     "map",         "credits",   "crc"};

}  // namespace

TEST_CASE("the page's data holds every field of its format") {
    const ReportRun r;
    const Json data = r.data();
    for (const std::string_view key : every_key) {
        INFO(key);
        CHECK(data.contains(std::string(key)));
    }
    CHECK(data.size() == std::size(every_key));
    CHECK(data.at("v") == 1);
    CHECK(data.at("years") == Json{2020, 3});
    CHECK(data.at("scenario").at("ref") == "As today");
    CHECK(data.at("scenario").at("same") == false);
    CHECK(data.at("places").at("n") == 6);
    CHECK(data.at("meta").at("command") == "domino run more-pairs.toml --members 4 --seed 7 -o out");
    CHECK(data.at("meta").at("hashes").at("run").get<std::string>().size() == 64);
    CHECK(data.at("credits").size() == 1);  // boundaries; places.csv.gz was not read
}

TEST_CASE("the page tells whom the strategy supports, and without script too") {
    ReportRun r;
    CHECK(r.data().at("plan").is_null());
    scenarios::StrategyPlan& plan = r.run.built.strategy;
    plan.rule = scenarios::StrategyRule::largest;
    plan.candidates = 9;
    plan.budget_jpy_per_year = 30e6;
    scenarios::StrategyProject project;
    project.id = "strategy-x-2026";
    project.place = 1;
    project.partner = 0;
    project.from = sim::make_month(2026, 4);
    project.to = sim::make_month(2032, 4);
    project.phases = 2;
    project.cost_jpy_per_year = 20e6;
    project.technologies = {0};
    project.reason = "1 of 9 candidates: <b>";
    plan.projects = {project, project};
    plan.projects[1].tie = scenarios::StrategyTie::agreement;
    plan.projects[1].partner.reset();
    plan.rounds = {{project.from, 1, 1, 1, 30e6, "no candidate is left"}};
    const Json data = r.data();
    const Json& told = data.at("plan");
    CHECK(told.at("rule") == "largest");
    CHECK(told.at("budget") == 0.03);
    CHECK(told.at("projects").at(0).at("from") == 2026.25);
    CHECK(told.at("projects").at(0).at("to") == 2032.25);
    CHECK(told.at("projects").at(0).at("cost") == 20.0);
    CHECK(told.at("projects").at(0).at("technologies") == Json{r.run.built.world.technologies[0].id});
    CHECK(told.at("projects").at(1).at("kind") == "agreement");
    CHECK(told.at("projects").at(1).at("japan").is_null());
    CHECK(told.at("rounds").at(0).at("agreements") == 1);
    const std::string fallback = viz::make_fallback(data, {});
    CHECK_THAT(fallback, Catch::Contains("Whom the strategy supports") &&
                             Catch::Contains("2026-04 to 2032-03") &&
                             Catch::Contains("candidates: &lt;b&gt;"));
}

TEST_CASE("groups, urban shares, benefits and goals stand beside the reference's") {
    ReportRun r;
    sim::PlaceGroup group;
    group.id = "members";
    group.name = "Members";
    group.places = {static_cast<std::uint32_t>(place_index(r.run, "b1"))};
    group.base_year = 2020;
    group.targets = {{2021, 0.5, "halve", "guidebook"}, {2030, 1.0, "net zero", "guidebook"}};
    r.run.built.groups = {group};
    r.run.reference_built.groups = {group};
    r.run.built.urban = {{"All countries", 0.4, 0.3, 4}};
    const Json data = r.data();
    const Json& told = data.at("groups").at(0);
    CHECK(told.at("name") == "Members");
    CHECK(told.at("places") == 1);
    CHECK(told.at("people").get<double>() == Approx(0.2));
    CHECK(told.at("first").at("mid").get<double>() == Approx(4015e-6));
    CHECK(told.at("targets").at(0).at("label") == "\u221250% on 2020");
    CHECK(told.at("targets").at(1).at("label") == "net zero");
    CHECK(told.at("targets").at(0).at("p") == 0.0);
    CHECK(told.at("targets").at(0).at("pRef") == 0.0);
    CHECK(told.at("targets").at(1).at("p").is_null());
    CHECK(told.at("targets").at(1).at("reason") != "");
    CHECK(data.at("urban") ==
          Json::array({{{"name", "All countries"}, {"cities", 4}, {"people", 0.4}, {"emissions", 0.3}}}));
    // Two partner places with a tie in 2022; the reference has lost the project and keeps the agreement.
    const Json& networks = data.at("benefits").at(0);
    CHECK(networks.at("to") == "partner_city");
    CHECK(networks.at("label") == "Networks");
    CHECK(networks.at("unit") == "places");
    CHECK(networks.at("value").at("mid") == 2.0);
    CHECK(networks.at("ref") == 1.0);
    CHECK(data.at("benefits").at(1).at("unit") == "Mt");
    CHECK(data.at("goals").size() == 2);
    CHECK(data.at("goals").at(1).at("goal") == 11);
}

TEST_CASE("cells decode to the run's quantiles, differences and chances") {
    const ReportRun r;
    const Json data = r.data();
    const auto scale = unpack<float>(data, "places.escale", data.at("places").at("escale"));
    const auto e50 = unpack<std::uint16_t>(data, "cells.e50", data.at("cells").at("e50"));
    const auto commit = unpack<std::uint8_t>(data, "cells.commit", data.at("cells").at("commit"));
    const auto ab = unpack<std::int16_t>(data, "cells.ab", data.at("cells").at("ab"));
    const auto ascale = unpack<float>(data, "places.ascale", data.at("places").at("ascale"));
    REQUIRE(e50.size() == 18);
    const std::size_t a1_2021 = place_index(r.run, "a1") * 3 + 1;
    const std::size_t a1 = place_index(r.run, "a1");
    CHECK(e50[a1_2021] * scale[a1] == Approx(2215.0).epsilon(1e-4));
    CHECK(ab[a1_2021] * ascale[a1] == Approx(0.02 * 2215.0).epsilon(1e-3));
    CHECK(ab[a1 * 3] == 0);
    CHECK(commit[a1_2021] == 200);
    CHECK(commit[place_index(r.run, "b1") * 3 + 1] == 150);
    const auto reference = unpack<std::uint8_t>(data, "cells.commitRef", data.at("cells").at("commitRef"));
    CHECK(reference[place_index(r.run, "b1") * 3 + 2] == 50);
}

TEST_CASE("causes of a place add up, and a place that only was observed has none") {
    const ReportRun r;
    const Json data = r.data();
    const auto causes = unpack<std::uint8_t>(data, "causes", data.at("causes"));
    REQUIRE(causes.size() == 6 * 7);
    const std::size_t b1 = place_index(r.run, "b1");
    CHECK(causes[b1 * 7 + viz::agreement] == 133);
    CHECK(causes[b1 * 7 + viz::programme_support] == 67);
    const std::size_t a1 = place_index(r.run, "a1");
    for (std::size_t slot = 0; slot < 7; ++slot) {
        CHECK(causes[a1 * 7 + slot] == 255);
    }
}

TEST_CASE("stages say when a place commits, and how much sooner") {
    const ReportRun r;
    const Json data = r.data();
    const auto year = unpack<std::uint8_t>(data, "stages.year", data.at("stages").at("year"));
    const auto p = unpack<std::uint8_t>(data, "stages.p", data.at("stages").at("p"));
    const auto sooner = unpack<std::int16_t>(data, "stages.sooner", data.at("stages").at("sooner"));
    const std::size_t b1 = place_index(r.run, "b1");
    constexpr std::size_t committed = 1;
    CHECK(p[(b1 * 5 + committed) * 3 + 1] == 150);
    CHECK(year[(b1 * 5 + committed) * 3] == 1);        // median: 2021
    CHECK(year[(b1 * 5 + committed) * 3 + 2] == 255);  // one member in four never commits
    // Reference months to commitment: 36, 30, 36, 36; scenario: 36, 14, 14, 15. Mean 14.75 months.
    CHECK(sooner[b1 * 3] == 12);
}

TEST_CASE("figures are paired, run by run") {
    const ReportRun r;
    const Json data = r.data();
    const Json& avoided = data.at("figures").at(0);
    CHECK(avoided.at("key") == "avoided");
    CHECK(avoided.at("from") == 2021);
    // 2 % of all places in 2021 and 2022: Σ 1000·21·(1.1 + 1.2) + 60·2·m, in Mt.
    CHECK(avoided.at("value").at("mid").get<double>() ==
          Approx(0.02 * (48300.0 + 180.0) / 1e6).epsilon(1e-4));
    CHECK(data.at("figures").at(2).at("key") == "sooner");
    CHECK(data.at("figures").at(2).at("of") == 6);
}

TEST_CASE("money per tonne is a present value: a higher discount rate makes what is paid later count less") {
    ReportRun r;
    sim::World& world = r.run.built.world;
    world.money_year = 2021;
    world.parameters.inflation_per_year = 0.0;
    r.run.built.discount_rate = sim::fixed(0.25);
    const Json data = r.data();
    const Json& cost = data.at("figures").at(3);
    CHECK(cost.at("key") == "cost_per_t");
    // 20 MJPY in 2021 and in 2022 over 0.02·(48,300 + 120·m) t.
    const auto of_member = [](double m) { return 2e7 * (1.0 + 0.8) / (0.02 * (48300.0 + 120.0 * m)); };
    CHECK(cost.at("value").at("mid").get<double>() ==
          Approx(0.5 * (of_member(1) + of_member(2))).epsilon(1e-4));
}

TEST_CASE("the lever says where it acted") {
    const ReportRun r;
    const Json levers = r.data().at("scenario").at("levers");
    REQUIRE(levers.size() == 1);
    CHECK(levers[0].at("places") == 6);
    CHECK(levers[0].at("since") == 2021);
    CHECK(levers[0].at("to") == "2, from 2021-04");
}

TEST_CASE("a lever that changes nothing says why") {
    ReportRun r;
    r.run.results.reference = r.run.results.scenario;
    r.run.results.reference_uncoupled = r.run.results.scenario_uncoupled;
    r.run.reference_built = r.run.built;
    const Json data = r.data();
    CHECK(data.at("scenario").at("same") == true);
    CHECK(data.at("scenario").at("levers")[0].at("places") == 0);
    CHECK_THAT(data.at("scenario").at("levers")[0].at("reason").get<std::string>(),
               Catch::Contains("the same as the reference's"));
    CHECK_THAT(viz::make_headline(data, viz::TextKind::plain), Catch::Contains("to the last digit"));
}

TEST_CASE("the longest chain is the one that ran in most members") {
    const SmallRun run = make_small_run();
    const auto chains = viz::find_longest_chains(run.built, run.results.scenario);
    REQUIRE(!chains.empty());
    const auto index = [&](const char* id) { return static_cast<std::uint32_t>(place_index(run, id)); };
    CHECK(chains[0].places == std::vector<std::uint32_t>{index("a1"), index("b1"), index("b2")});
    CHECK(chains[0].causes == std::vector<std::uint8_t>{viz::agreement, viz::nearby});
    CHECK(chains[0].members == std::vector<std::uint32_t>{2, 2});
    CHECK(chains[0].median_years == std::vector<double>{2020, 2021, 2021});
}

TEST_CASE("the page is one file that keeps its data whole, and tells the story without script") {
    ReportRun r;
    r.run.scenario.title = "Pairs <script>alert(1)</script> & \"more\" <!--DOMINO:DATA-->";
    const Json data = r.data();
    const viz::WebBundle bundle = viz::web_bundle();
    const std::string page = viz::fill_page(bundle, data, viz::rank_changed_places(r.run.results, 5));
    const std::string begin = "<script type=\"application/json\" id=\"data\">";
    const std::size_t at = page.find(begin) + begin.size();
    const std::string json = page.substr(at, page.find("</script>", at) - at);
    CHECK(json.find('<') == std::string::npos);
    CHECK(Json::parse(json) == data);
    CHECK(page.find("<script>alert(1)") == std::string::npos);
    CHECK(page.find("<h1>") != std::string::npos);
    CHECK(page.find("million tonnes of CO₂e by <strong>2022</strong>") != std::string::npos);
    CHECK(page.find("Places that changed most") != std::string::npos);
    CHECK(page.find("The past, observed and simulated") != std::string::npos);
    for (const char* slot : {"DOMINO:TITLE", "DOMINO:DESCRIPTION", "DOMINO:CSS", "DOMINO:FALLBACK"}) {
        CHECK(page.find(slot) == std::string::npos);
    }
}

TEST_CASE("without a reference the page speaks of the run alone") {
    const ReportRun r(WithReference::no);
    const Json data = r.data();
    CHECK(data.at("scenario").at("ref").is_null());
    CHECK(data.at("cells").at("ref50").is_null());
    CHECK(data.at("cells").at("abBasis") == "bau");
    CHECK(data.at("figures").at(0).at("key") == "emissions");
    CHECK_THAT(viz::make_headline(data, viz::TextKind::plain),
               Catch::Contains("Emissions of the 2 countries"));
}

TEST_CASE("the past is held against what was observed") {
    const ReportRun r;
    const Json past = r.data().at("past");
    REQUIRE(past.size() == 2);
    CHECK(past[0].at("quantity") == "Emissions");
    CHECK_THAT(past[0].at("source").get<std::string>(), Catch::Contains("given to the run"));
    CHECK(past[1].at("mean") == 1000.0);
    CHECK(past[1].at("observed") == 5000.0);
}

TEST_CASE("figures are told with two digits, commas and a true minus") {
    CHECK(viz::figure_text(41.3) == "41");
    CHECK(viz::figure_text(-2.96) == "\u22123");
    CHECK(viz::figure_text(5234.0) == "5,200");
    CHECK(viz::figure_text(1234567.0) == "1,200,000");
    CHECK(viz::figure_text(0.0344) == "0.034");
    CHECK(viz::figure_text(0.0) == "0");
}

TEST_CASE("chances are no finer than the runs allow") {
    CHECK(viz::chance_text(0.0, 4) == "under 25%");
    CHECK(viz::chance_text(0.25, 4) == "25%");
    CHECK(viz::chance_text(1.0, 4) == "over 75%");
    CHECK(viz::chance_text(0.004, 1000) == "under 1%");
    CHECK(viz::chance_text(0.995, 1000) == "over 99%");
    CHECK(viz::chance_text(0.424, 1000) == "42%");
    CHECK(viz::count_text(3762) == "3,762");
    CHECK(viz::count_text(999) == "999");
}

TEST_CASE("the places that changed most come first, and those that did not are left out") {
    const SmallRun run = make_small_run();
    const auto changed = viz::rank_changed_places(run.results, 10);
    // b1: 0, 16, 22 and 21 months; b2: 0, 16, 14, 0; b3: 0, 6, 0, 0.
    REQUIRE(changed.size() == 3);
    CHECK(changed[0].place == place_index(run, "b1"));
    CHECK(changed[0].sooner_years.mean == Approx(59.0 / 48.0));
    CHECK(changed[1].place == place_index(run, "b2"));
    CHECK(changed[2].place == place_index(run, "b3"));
}

TEST_CASE("outlines lose small corners first and keep every country") {
    const geo::Ring ring = {{0, 0}, {5, 0.001}, {10, 0}, {10, 10}, {5, 10.5}, {0, 10}};
    const geo::Ring kept = viz::simplify_ring(ring, 0.1);
    CHECK(kept == geo::Ring{{0, 0}, {10, 0}, {10, 10}, {5, 10.5}, {0, 10}});
    const std::vector<viz::CountryShape> shapes = {
        {"AAA", "Aland", {{ring, {}}}},
        {"TIN", "Tiny", {{{{100, 1}, {100.02, 1}, {100.02, 1.02}, {100, 1.02}}, {}}}}};
    const auto land = viz::make_land(shapes, 1'000'000);
    const auto& geometries = land.at("objects").at("countries").at("geometries");
    REQUIRE(geometries.size() == 2);
    CHECK(geometries[1].at("arcs").size() == 1);
    // Arcs are closed: the steps of each add up to nothing after its first point.
    for (const auto& arc : land.at("arcs")) {
        long dx = 0;
        long dy = 0;
        for (std::size_t i = 1; i < arc.size(); ++i) {
            dx += arc[i][0].get<long>();
            dy += arc[i][1].get<long>();
        }
        CHECK(dx == 0);
        CHECK(dy == 0);
    }
}
