#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/scenarios/partnership_world.h"

namespace domino::scenarios {
namespace {

using sim::make_month;

/// Both countries; the programme runs what is on record (Ha Thanh, Delta) and nothing else.
Scenario strategy_scenario(StrategyRule rule) {
    Scenario scenario = test::partnership_scenario();
    scenario.c3p.expansion = ExpansionRule::none;
    scenario.strategy.rule = rule;
    scenario.strategy.budget_jpy_per_year = 40e6;
    scenario.strategy.most_concurrent = 5;
    return scenario;
}

class Builder {
 public:
    Builder() : pack_(test::partnership_pack().write(folder_)) {}
    WorldResult build(const Scenario& scenario) const { return build_world(scenario, pack_); }
    BuiltWorld good(const Scenario& scenario) const {
        WorldResult result = build(scenario);
        for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
        REQUIRE(result.built);
        return std::move(*result.built);
    }

 private:
    test::TemporaryFolder folder_;
    std::filesystem::path pack_;
};

std::vector<std::string> chosen(const BuiltWorld& built) {
    std::vector<std::string> names;
    for (const auto& project : built.strategy.projects)
        names.push_back(built.places.places[project.place].name);
    return names;
}

StrategyProjectEntry listed(const std::string& partner, sim::Month from, const std::string& japan = {}) {
    StrategyProjectEntry entry;
    entry.partner = partner;
    entry.japan = japan;
    entry.from = from;
    return entry;
}

/// The kinds of all errors, and whether one says all of the words.
std::set<ProblemKind> kinds(const Problems& problems) {
    std::set<ProblemKind> all;
    for (const auto& problem : problems)
        if (problem.severity == Severity::error) all.insert(problem.kind);
    return all;
}
bool says(const Problems& problems, Severity severity, const std::string& words) {
    return std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
        return problem.severity == severity && format(problem).find(words) != std::string::npos;
    });
}

sim::RunResults run(const BuiltWorld& built) {
    sim::EnsembleOptions options;
    options.members = 8;
    options.threads = 1;
    return std::move(sim::run_ensemble(built.world, nullptr, options).scenario);
}

TEST_CASE("each rule chooses as it is defined, and says why", "[strategy]") {
    const Builder builder;
    const auto largest = builder.good(strategy_scenario(StrategyRule::largest));
    // Ha Thanh is on record; Cua has 150,000 people, Song 120,000. Two at once; Xa when these have ended.
    CHECK(chosen(largest) == std::vector<std::string>{"Cua", "Song", "Xa"});
    CHECK_THAT(largest.strategy.projects[0].reason, Catch::Contains("1 of 3 candidates: 150000 people"));
    const auto emissions = builder.good(strategy_scenario(StrategyRule::highest_emissions));
    CHECK_THAT(emissions.strategy.projects[0].reason, Catch::Contains("Mt CO2e a year"));
    const auto nearest = builder.good(strategy_scenario(StrategyRule::nearest));
    CHECK(chosen(nearest)[0] == "Song");
    CHECK_THAT(nearest.strategy.projects[0].reason, Catch::Contains(" km from "));
    const auto hubs = builder.good(strategy_scenario(StrategyRule::hubs));
    CHECK_THAT(hubs.strategy.projects[0].reason, Catch::Contains("PageRank"));
    CHECK(hubs.strategy.projects.size() == 3);
    const auto equity = builder.good(strategy_scenario(StrategyRule::equity));
    CHECK(chosen(equity) == std::vector<std::string>{"Cua", "Song", "Xa"});
    CHECK_THAT(equity.strategy.projects[0].reason, Catch::Contains("USD (PPP) a head in Viet Nam"));
    const auto observed = builder.good(strategy_scenario(StrategyRule::observed));
    REQUIRE(observed.strategy.projects.size() == 3);
    // Ha Thanh has been a partner of Minami since 2019; its project ends before the strategy begins.
    CHECK(chosen(observed)[0] == "Ha Thanh");
    CHECK_THAT(observed.strategy.projects[0].reason,
               Catch::Contains("partner of Minami on record since 2019-04"));
    CHECK(observed.places.places[*observed.strategy.projects[0].partner].name == "Minami");
}

TEST_CASE("what a strategy spends is what its list says, each year within its budget", "[strategy]") {
    const Builder builder;
    const auto built = builder.good(strategy_scenario(StrategyRule::largest));
    const auto results = run(built);
    const auto& programmes = built.world.programmes;
    const auto at = std::find_if(programmes.begin(), programmes.end(),
                                 [](const auto& programme) { return programme.id == "strategy"; });
    REQUIRE(at != programmes.end());
    const auto p = static_cast<std::size_t>(at - programmes.begin());
    const std::size_t cell = results.years * static_cast<std::size_t>(results.members);
    double spent = 0.0, planned = 0.0;
    for (std::size_t year = 0; year < results.years; ++year) {
        const double jpy = results.spent_jpy[p * cell + year * static_cast<std::size_t>(results.members)];
        CHECK(jpy <= at->budget_jpy[year] * (1.0 + 1e-9));
        spent += jpy;
    }
    for (const auto& project : built.strategy.projects)
        planned += project.cost_jpy_per_year * (project.to.value - project.from.value) / 12.0;
    // 9 months of 2026 and 3 of 2036 have money; all of it lies within the run.
    CHECK(at->budget_jpy[6] == Approx(30e6));
    CHECK(planned > 0.0);
    CHECK(spent == Approx(planned).epsilon(1e-12));
}

TEST_CASE("without a strategy nothing changes; a plan run as a list is the same bit by bit", "[strategy]") {
    const Builder builder;
    const auto none = builder.good(strategy_scenario(StrategyRule::none));
    auto plain = strategy_scenario(StrategyRule::none);
    plain.strategy = {};
    CHECK(none.world.support == builder.good(plain).world.support);
    CHECK(none.world.programmes == builder.good(plain).world.programmes);
    const auto ruled = builder.good(strategy_scenario(StrategyRule::largest));
    auto scenario = strategy_scenario(StrategyRule::list);
    for (const auto& project : ruled.strategy.projects) {
        scenario.strategy.projects.push_back(listed(ruled.places.places[project.place].id, project.from,
                                                    ruled.places.places[*project.partner].id));
        scenario.strategy.projects.back().phases = project.phases;
    }
    const auto list = builder.good(scenario);
    REQUIRE(list.strategy.projects.size() == 3);
    CHECK(list.world.support == ruled.world.support);
    const auto a = run(ruled), b = run(list);
    CHECK(a.emissions_t == b.emissions_t);
    CHECK(a.emissions_t != run(none).emissions_t);
}

TEST_CASE("a strategy leaves the programme's own plan as it is", "[strategy]") {
    const Builder builder;
    auto without = strategy_scenario(StrategyRule::none), with = strategy_scenario(StrategyRule::largest);
    for (Scenario* scenario : {&without, &with}) {
        scenario->c3p.expansion = ExpansionRule::largest;
        scenario->c3p.projects_per_year = 2;
    }
    const auto a = builder.good(without), b = builder.good(with);
    for (const auto& window : a.world.support)
        CHECK(std::find(b.world.support.begin(), b.world.support.end(), window) != b.world.support.end());
    std::set<std::uint32_t> programme;
    for (const auto& window : a.world.support) programme.insert(window.place);
    for (const auto& project : b.strategy.projects) CHECK_FALSE(programme.contains(project.place));
}

TEST_CASE("a list says all that stands against it at once, and is infeasible", "[strategy]") {
    auto scenario = strategy_scenario(StrategyRule::list);
    auto& projects = scenario.strategy.projects;
    projects.push_back(listed("Cua", make_month(2026, 4)));
    projects.push_back(listed("GN13", make_month(2028, 4)));      // the same place, at once
    projects.push_back(listed("Song", make_month(2025, 4)));      // before the money
    projects.push_back(listed("Ha Thanh", make_month(2034, 4)));  // two phases end after it
    projects.push_back(listed("Kita", make_month(2026, 4)));      // not abroad
    projects.push_back(listed("VN-02", make_month(2027, 4)));
    projects.back().phases = 3;                                // beyond two
    projects.push_back(listed("JP-01", make_month(2027, 4)));  // not abroad either
    scenario.strategy.most_concurrent = 2;
    scenario.strategy.budget_jpy_per_year = 50e6;
    const Builder builder;
    const WorldResult result = builder.build(scenario);
    for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
    CHECK_FALSE(result.built);
    for (const char* words :
         {"the place is supported from 2026-04 to 2032-03 already",
          "with it the place has 4 phases, more than c3p.max_phases, 2",
          "it runs from 2025-04 to 2031-03, outside the strategy's 2026-04 to 2036-03",
          "it runs from 2034-04 to 2040-03, outside", "\"Kita\" is in Japan",
          "3 phases are more than c3p.max_phases, 2", "\"JP-01\" (North) is in Japan",
          "more than strategy.most_concurrent, 2", "dearer than strategy.budget, 50 MJPY/yr"})
        CHECK(says(result.problems, Severity::error, words));
    CHECK(kinds(result.problems) == std::set<ProblemKind>{ProblemKind::scenario, ProblemKind::infeasible});
}

TEST_CASE("a partner that signs later cannot be listed earlier; a rule waits for it", "[strategy]") {
    const test::TemporaryFolder folder;
    auto pack = test::partnership_pack();
    auto& partners = pack.tables["jcm_partners"];
    partners.replace(partners.find("2013-07-02"), 10, "2028-07-02");
    const auto path = pack.write(folder);
    auto scenario = strategy_scenario(StrategyRule::list);
    scenario.strategy.projects = {listed("Song", make_month(2028, 4))};
    const WorldResult early = build_world(scenario, path);
    CHECK(says(early.problems, Severity::error, "VNM signs in 2028-07, after the project begins"));
    CHECK(kinds(early.problems) == std::set<ProblemKind>{ProblemKind::infeasible});
    scenario.strategy.projects = {listed("Song", make_month(2029, 4))};
    CHECK(build_world(scenario, path).built);
    const WorldResult ruled = build_world(strategy_scenario(StrategyRule::largest), path);
    REQUIRE(ruled.built);
    REQUIRE(ruled.built->strategy.projects.size() == 2);
    CHECK(ruled.built->strategy.projects[0].from == make_month(2029, 4));
}

TEST_CASE("phases beyond the programme's are infeasible under a rule too", "[strategy]") {
    auto scenario = strategy_scenario(StrategyRule::hubs);
    scenario.strategy.phases = 3;
    const Builder builder;
    const auto result = builder.build(scenario);
    CHECK_FALSE(result.built);
    CHECK(
        says(result.problems, Severity::error, "strategy.phases: 3 phases are more than c3p.max_phases, 2"));
    CHECK(kinds(result.problems) == std::set<ProblemKind>{ProblemKind::infeasible});
}

TEST_CASE("a strategy that supports nobody says so and why", "[strategy]") {
    const Builder builder;
    auto scenario = strategy_scenario(StrategyRule::largest);
    scenario.strategy.budget_jpy_per_year = 0.0;
    auto result = builder.build(scenario);
    REQUIRE(result.built);
    CHECK(says(result.problems, Severity::warning, "strategy changes nothing: it supports nobody"));
    CHECK(says(result.problems, Severity::warning, "the budget does not bear one more of 20 MJPY/yr"));
    scenario = strategy_scenario(StrategyRule::list);
    scenario.strategy.budget_jpy_per_year = 0.0;
    scenario.strategy.projects = {listed("Song", make_month(2026, 4))};
    result = builder.build(scenario);
    CHECK_FALSE(result.built);
    CHECK(says(result.problems, Severity::error, "dearer than strategy.budget, 0 MJPY/yr"));
}

TEST_CASE("a listed project at a place the programme supports is a warning", "[strategy]") {
    auto scenario = strategy_scenario(StrategyRule::list);
    scenario.c3p.expansion = ExpansionRule::largest;
    scenario.c3p.projects_per_year = 5;
    scenario.strategy.from = make_month(2022, 4);
    scenario.strategy.projects = {listed("Cua", make_month(2022, 4))};
    const Builder builder;
    const auto result = builder.build(scenario);
    REQUIRE(result.built);
    CHECK(says(result.problems, Severity::warning, "by its own expansion"));
}

TEST_CASE("a strategy's technologies are what its projects help and what their JCM projects buy",
          "[strategy]") {
    auto scenario = strategy_scenario(StrategyRule::largest);
    scenario.strategy.technologies = {"biogas_digestion"};
    const Builder builder;
    const auto built = builder.good(scenario);
    for (const auto& window : built.world.support) {
        if (built.world.programmes[window.programme].id != "strategy") continue;
        CHECK(window.technologies == std::vector<std::uint16_t>{2});
        CHECK(window.project_technologies == std::vector<std::uint16_t>{2});
    }
}

TEST_CASE("technologies that no JCM project may buy are told, and projects then help adoption alone",
          "[strategy]") {
    const Builder builder;
    auto scenario = strategy_scenario(StrategyRule::largest);
    scenario.jcm.sectors = {"Renewable energies"};
    scenario.strategy.technologies = {"ev_car"};
    auto result = builder.build(scenario);
    REQUIRE(result.built);
    CHECK(says(result.problems, Severity::warning, "strategy.technologies: no JCM project may buy ev_car"));
    CHECK(says(result.problems, Severity::warning, "is of jcm.sectors"));
    CHECK(says(result.problems, Severity::warning, "buy their usual mix"));
    for (const auto& window : result.built->world.support) {
        if (result.built->world.programmes[window.programme].id != "strategy") continue;
        CHECK(window.technologies == std::vector<std::uint16_t>{1});
        CHECK(window.project_technologies.empty());
    }
    scenario.strategy.technologies = {"ev_car", "biogas_digestion"};
    result = builder.build(scenario);
    REQUIRE(result.built);
    CHECK(says(result.problems, Severity::warning, "JCM projects that follow buy the others"));
    CHECK(std::any_of(
        result.built->world.support.begin(), result.built->world.support.end(),
        [](const auto& window) { return window.project_technologies == std::vector<std::uint16_t>{2}; }));
    scenario.strategy.technologies = {"biogas_digestion"};
    CHECK_FALSE(says(builder.build(scenario).problems, Severity::warning, "no JCM project may buy"));
    scenario.strategy.technologies = {"ev_car"};
    scenario.jcm.enabled = OnOff::off;
    CHECK_FALSE(says(builder.build(scenario).problems, Severity::warning, "no JCM project may buy"));
}

/// Ties of the collaboration layer that a rule or list chose, by kind.
std::vector<Link> chosen_links(const BuiltWorld& built, const std::string& kind) {
    std::vector<Link> links;
    for (const Link& link : built.links)
        if (link.layer == "collaboration" && link.kind == kind && link.hypothetical) links.push_back(link);
    return links;
}

TEST_CASE("agreements come with projects, hold until the money ends, and are paid from the budget",
          "[strategy]") {
    const Builder builder;
    auto scenario = strategy_scenario(StrategyRule::largest);
    scenario.strategy.agreements = StrategyAgreements::with_projects;
    scenario.strategy.agreement_cost_jpy_per_year = 2e6;
    scenario.strategy.budget_jpy_per_year = 44e6;
    const auto built = builder.good(scenario);
    CHECK(chosen(built) == std::vector<std::string>{"Cua", "Cua", "Song", "Song", "Xa", "Xa"});
    const auto& first = built.strategy.projects[0];
    const auto& tie = built.strategy.projects[1];
    CHECK(first.tie == StrategyTie::project);
    CHECK(tie.tie == StrategyTie::agreement);
    CHECK(tie.id != first.id);
    CHECK(tie.from == first.from);
    CHECK(tie.to == make_month(2036, 4));
    CHECK(tie.partner == first.partner);
    CHECK(tie.cost_jpy_per_year == 2e6);
    // Xa begins when the first two have ended; their agreements hold on and are paid.
    CHECK(built.strategy.rounds.front().cost_jpy_per_year == Approx(44e6));
    const auto links = chosen_links(built, "agreement");
    REQUIRE(links.size() == 3);
    for (const Link& link : links) CHECK(link.to == make_month(2036, 4));
    const auto results = run(built);
    double planned = 0.0, spent = 0.0;
    for (const auto& project : built.strategy.projects)
        planned += project.cost_jpy_per_year * (project.to.value - project.from.value) / 12.0;
    const auto& programmes = built.world.programmes;
    for (std::size_t p = 0; p < programmes.size(); ++p) {
        if (programmes[p].id != "strategy") continue;
        for (std::size_t y = 0; y < results.years; ++y)
            spent += results.spent_jpy[(p * results.years + y) * static_cast<std::size_t>(results.members)];
    }
    CHECK(spent == Approx(planned).epsilon(1e-12));
    scenario.strategy.budget_jpy_per_year = 43e6;
    CHECK(builder.good(scenario).strategy.rounds.front().runs == 1);
}

TEST_CASE("agreements alone are ties without support, and no more of them than the cap", "[strategy]") {
    const Builder builder;
    auto scenario = strategy_scenario(StrategyRule::largest);
    scenario.strategy.agreements = StrategyAgreements::alone;
    scenario.strategy.agreement_cost_jpy_per_year = 0.0;
    scenario.strategy.most_concurrent = 1;
    const auto built = builder.good(scenario);
    CHECK(chosen(built) == std::vector<std::string>{"Cua"});
    CHECK(built.strategy.rounds.front().limit == "1 agreement holds, the most allowed");
    CHECK(built.world.support == builder.good(strategy_scenario(StrategyRule::none)).world.support);
    CHECK(chosen_links(built, "agreement").size() == 1);
    CHECK(chosen_links(built, "c3p_project").empty());
    // A partner that has agreed already does not agree again.
    scenario.strategy.rule = StrategyRule::observed;
    const auto observed = builder.good(scenario);
    std::set<std::uint32_t> agreed;
    for (const Link& link : observed.links)
        if (link.kind == "agreement" && !link.hypothetical) agreed.insert(link.b);
    CHECK_FALSE(agreed.empty());
    for (const auto& project : observed.strategy.projects) {
        CHECK(project.tie == StrategyTie::agreement);
        CHECK_FALSE(agreed.contains(project.place));
    }
}

TEST_CASE("a list joins cities by projects and agreements, and is held to cap and budget", "[strategy]") {
    const Builder builder;
    auto scenario = strategy_scenario(StrategyRule::list);
    auto& entries = scenario.strategy.projects;
    entries.push_back(listed("Cua", make_month(2026, 4)));
    entries.push_back(listed("Song", make_month(2027, 6), "Minami"));
    entries.back().agreements = StrategyAgreements::alone;
    scenario.strategy.agreement_cost_jpy_per_year = 1e6;
    const auto built = builder.good(scenario);
    REQUIRE(built.strategy.projects.size() == 2);
    CHECK(built.strategy.projects[1].tie == StrategyTie::agreement);
    CHECK(built.strategy.projects[1].from == make_month(2027, 6));
    CHECK(chosen_links(built, "agreement").size() == 1);
    entries.push_back(listed("Song", make_month(2030, 4)));
    entries.back().agreements = StrategyAgreements::alone;
    entries.back().phases = 1;
    scenario.strategy.budget_jpy_per_year = 20e6;
    scenario.strategy.most_concurrent = 1;
    const auto result = builder.build(scenario);
    CHECK_FALSE(result.built);
    for (const char* words : {"an agreement alone has no phases", "has an agreement from 2027-06 to 2036-03",
                              "2 agreements hold in 2030-04, more than strategy.most_concurrent, 1",
                              "1 projects and 2 agreements cost 22 MJPY/yr in 2030-04, dearer"})
        CHECK(says(result.problems, Severity::error, words));
}

}  // namespace
}  // namespace domino::scenarios
