#include "scenarios/search/strategy_search.h"

#include <algorithm>
#include <barrier>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <thread>

#include "scenarios/scenario.h"
#include "scenarios/search/plan_toml.h"
#include "sim/ensemble.h"
#include "tests/scenarios/partnership_world.h"

namespace domino::scenarios {
namespace {

using sim::make_month;

/// Both countries; the programme runs what is on record (Ha Thanh, Delta) and nothing else.
Scenario searched_scenario() {
    Scenario scenario = test::partnership_scenario();
    scenario.c3p.expansion = ExpansionRule::none;
    scenario.strategy.budget_jpy_per_year = 20e6;
    scenario.strategy.most_concurrent = 5;
    return scenario;
}

SearchOptions small_search() {
    SearchOptions options;
    options.until = 2036;
    options.members = 6;
    options.held_out = 5;
    options.leverage_members = 2;
    options.threads = 2;
    options.levels = 2;
    return options;
}

class Searcher {
 public:
    explicit Searcher(test::LiteralPack pack = test::partnership_pack()) : pack_(pack.write(folder_)) {}

    SearchResult search(const Scenario& scenario, const SearchOptions& options) const {
        const StrategyWorlds worlds(scenario, pack_);
        return search_strategy(scenario, worlds, worlds.without(), nullptr,
                               scenario.strategy.budget_jpy_per_year.value_or(0.0), options);
    }
    BuiltWorld build(const Scenario& scenario) const {
        WorldResult result = build_world(scenario, pack_);
        for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
        REQUIRE(result.built);
        return std::move(*result.built);
    }
    std::string refusal(const Scenario& scenario, const SearchOptions& options = small_search()) const {
        try {
            search(scenario, options);
        } catch (const Infeasible& infeasible) {
            CHECK_FALSE(infeasible.fix.empty());
            return infeasible.what;
        }
        return "found";
    }
    const std::filesystem::path& pack() const { return pack_; }
    const test::TemporaryFolder& folder() const { return folder_; }

 private:
    test::TemporaryFolder folder_;
    std::filesystem::path pack_;
};

std::vector<std::string> ids(const std::vector<ProjectOption>& projects) {
    std::vector<std::string> all;
    for (const ProjectOption& project : projects) all.push_back(project.main.id);
    return all;
}

/// The plan written as a list and run gives its world, and the gains it was chosen by, bit for bit.
void check_runs_as_chosen(const Searcher& searcher, const Scenario& scenario, const SearchResult& result,
                          const SearchOptions& options) {
    const StrategyPlan& plan = result.frontier.back().plan;
    const StrategyWorlds worlds(scenario, searcher.pack());
    const BuiltWorld without = worlds.without();
    auto listed = scenario;
    listed.strategy.rule = StrategyRule::list;
    listed.strategy.projects = list_entries(plan, scenario.strategy, without);
    const BuiltWorld built = searcher.build(listed);
    const sim::World made = worlds.with(plan);
    CHECK(made.support == built.world.support);
    CHECK(sim::first_difference(made, built.world).none());
    // What `domino run` gives for it, against the world without.
    sim::EnsembleOptions ensemble;
    ensemble.members = options.members;
    ensemble.threads = 1;
    ensemble.uncoupled = sim::UncoupledTwin::leave_out;
    const auto run = sim::run_ensemble(built.world, &without.world, ensemble);
    const sim::GainMeter meter(options.aim, options.until, without.world, without.targets, *run.reference);
    CHECK(meter.gain(run.scenario) == result.found.value);
}

}  // namespace

TEST_CASE("a plan keeps to the money, the cap and one project a place", "[search]") {
    const Searcher searcher;
    auto scenario = searched_scenario();
    const SearchResult result = searcher.search(scenario, small_search());
    CHECK(result.candidates == 3);
    CHECK(result.screened_out == 0);
    REQUIRE_FALSE(result.projects.empty());
    std::set<std::uint32_t> places;
    for (const ProjectOption& chosen : result.projects) {
        const StrategyProject& project = chosen.main;
        CHECK_FALSE(chosen.agreement);
        CHECK(places.insert(project.place).second);
        CHECK(project.partner);
        CHECK(project.from.month_of_year() == 4);
        CHECK(project.to <= make_month(2036, 4));
        CHECK(project.phases >= 1);
        CHECK(project.phases <= 2);
        // 20 MJPY/yr bear one at a time.
        for (const ProjectOption& other : result.projects)
            if (other.main.place != project.place)
                CHECK((other.main.to <= project.from || project.to <= other.main.from));
    }
    double sum = 0.0;
    for (const sim::Pick& pick : result.found.picks) {
        sum += pick.gain;
        CHECK(pick.value == Approx(sum));
        CHECK(pick.gain > 0.0);
    }
    CHECK(result.found.mean() >= result.other_rule.mean());
}

TEST_CASE("the gap to the best of all plans is measured where they are few", "[search]") {
    const Searcher searcher;
    auto options = small_search();
    const SearchResult result = searcher.search(searched_scenario(), options);
    REQUIRE(result.tried_all);
    CHECK(result.tried_all->best.sets > result.options);
    CHECK(result.tried_all->gap >= 0.0);
    CHECK(result.tried_all->gap < 0.3);
    CHECK(result.tried_all->best.value >= result.found.mean());
    options.most_sets = result.tried_all->best.sets - 1;
    CHECK_FALSE(searcher.search(searched_scenario(), options).tried_all);
}

TEST_CASE("a plan written as a scenario gives the world and the gains it was chosen by", "[search]") {
    const Searcher searcher;
    auto scenario = searched_scenario();
    scenario.strategy.budget_jpy_per_year = 40e6;
    const auto options = small_search();
    const SearchResult result = searcher.search(scenario, options);
    check_runs_as_chosen(searcher, scenario, result, options);
}

TEST_CASE("agreements may come with the projects that are searched, and cost what they cost", "[search]") {
    const Searcher searcher;
    auto scenario = searched_scenario();
    scenario.strategy.agreements = StrategyAgreements::with_projects;
    scenario.strategy.agreement_cost_jpy_per_year = 4e6;
    scenario.strategy.budget_jpy_per_year = 20e6;
    CHECK_THAT(searcher.refusal(scenario), Catch::Contains("one costs 24 MJPY/yr"));
    // Money for two, were it not for the agreements that hold on.
    scenario.strategy.budget_jpy_per_year = 47e6;
    const auto options = small_search();
    const SearchResult result = searcher.search(scenario, options);
    REQUIRE_FALSE(result.projects.empty());
    for (const ProjectOption& chosen : result.projects) {
        CHECK(chosen.main.tie == StrategyTie::project);
        REQUIRE(chosen.agreement);
        CHECK(chosen.agreement->place == chosen.main.place);
        CHECK(chosen.agreement->to == make_month(2036, 4));
        CHECK(chosen.cost_jpy() ==
              Approx(20e6 * 3 * chosen.main.phases + 4e6 * (2036.25 - chosen.main.from.year() - 0.25)));
    }
    const StrategyPlan& plan = result.frontier.back().plan;
    CHECK(plan.budget_jpy_per_year == 47e6);  // all of it, though it bears one project at a time
    CHECK(plan.projects.size() == 2 * result.projects.size());
    CHECK(count_places(plan) == result.projects.size());
    for (const StrategyProject& at : plan.projects) {
        double cost = 0.0;
        for (const StrategyProject& other : plan.projects)
            if (other.from <= at.from && at.from < other.to) cost += other.cost_jpy_per_year;
        CHECK(cost <= 47e6);
    }
    check_runs_as_chosen(searcher, scenario, result, options);
}

TEST_CASE("agreements alone are searched where the section asks for them", "[search]") {
    const Searcher searcher;
    auto scenario = searched_scenario();
    scenario.strategy.agreements = StrategyAgreements::alone;
    scenario.strategy.agreement_cost_jpy_per_year = 1e6;
    scenario.strategy.budget_jpy_per_year = 2e6;
    auto options = small_search();
    options.aim = sim::Aim::commitments;
    const SearchResult result = searcher.search(scenario, options);
    CHECK(result.screened_by == sim::Lever::commitment_hazard);
    REQUIRE_FALSE(result.projects.empty());
    CHECK(result.projects.size() <= 2);
    for (const ProjectOption& chosen : result.projects) {
        CHECK(chosen.main.tie == StrategyTie::agreement);
        CHECK_FALSE(chosen.agreement);
        CHECK(chosen.main.to == make_month(2036, 4));
        CHECK(chosen.main.cost_jpy_per_year == 1e6);
    }
    check_runs_as_chosen(searcher, scenario, result, options);
    scenario.strategy.budget_jpy_per_year = 0.5e6;
    CHECK_THAT(searcher.refusal(scenario), Catch::Contains("bears no agreement: one costs 1 MJPY/yr"));
    // Where the cities bear the cost, the cap is what is shared.
    scenario.strategy.agreement_cost_jpy_per_year = 0.0;
    scenario.strategy.budget_jpy_per_year = 0.0;
    scenario.strategy.most_concurrent = 1;
    CHECK(searcher.search(scenario, options).projects.size() == 1);
}

TEST_CASE("what a project is about may be chosen too, by what its units avoid for money", "[search]") {
    const Searcher searcher;
    auto scenario = searched_scenario();
    scenario.strategy.budget_jpy_per_year = 40e6;
    auto options = small_search();
    const SearchResult all = searcher.search(scenario, options);
    options.technologies = 2;
    options.most_sets = 0;
    const SearchResult found = searcher.search(scenario, options);
    CHECK(found.options > all.options);
    CHECK(found.options <= 3 * all.options);
    CHECK(found.projects.front().main.place == all.projects.front().main.place);
    CHECK(found.found.picks.front().gain >= all.found.picks.front().gain);
    std::set<std::uint32_t> places;
    for (const ProjectOption& chosen : found.projects) {
        CHECK(places.insert(chosen.main.place).second);
        CHECK(chosen.main.technologies.size() <= 1);
    }
    check_runs_as_chosen(searcher, scenario, found, options);
    // A plan about one technology says so in its list.
    auto one = found.frontier.back().plan;
    one.projects.front().technologies = {2};
    const BuiltWorld without = StrategyWorlds(scenario, searcher.pack()).without();
    CHECK(list_entries(one, scenario.strategy, without).front().technologies ==
          std::vector<std::string>{without.world.technologies[2].id});
    scenario.strategy.technologies = {"ev_car"};
    CHECK_THAT(searcher.refusal(scenario, options), Catch::Contains("no single technology to choose"));
    scenario.strategy.technologies.clear();
    scenario.jcm.enabled = OnOff::off;
    CHECK_THAT(searcher.refusal(scenario, options), Catch::Contains("no single technology to choose"));
}

TEST_CASE("ranks that share a search come to what one comes to alone", "[search]") {
    const Searcher searcher;
    const auto scenario = searched_scenario();
    const SearchResult alone = searcher.search(scenario, small_search());
    for (const int ranks : {2, 4}) {
        std::barrier everybody(ranks);
        std::vector<std::string> texts(static_cast<std::size_t>(ranks));
        std::vector<SearchResult> results(static_cast<std::size_t>(ranks));
        std::vector<std::jthread> running;
        for (int rank = 0; rank < ranks; ++rank) {
            running.emplace_back([&, rank] {
                auto options = small_search();
                options.threads = 1;
                options.share = {rank, ranks, [&, rank](const std::string& own) {
                                     texts[static_cast<std::size_t>(rank)] = own;
                                     everybody.arrive_and_wait();
                                     auto all = texts;
                                     everybody.arrive_and_wait();
                                     return all;
                                 }};
                results[static_cast<std::size_t>(rank)] = searcher.search(scenario, options);
            });
        }
        running.clear();
        for (const SearchResult& result : results) {
            CHECK(ids(result.projects) == ids(alone.projects));
            CHECK(result.found.value == alone.found.value);
            CHECK(result.evaluations == alone.evaluations);
            CHECK(result.frontier.front().held_out.difference.mean ==
                  alone.frontier.front().held_out.difference.mean);
        }
    }
}

TEST_CASE("a plan reads back from its file as it was", "[search]") {
    const Searcher searcher;
    auto scenario = searched_scenario();
    const SearchResult result = searcher.search(scenario, small_search());
    const StrategyPlan& plan = result.frontier.back().plan;
    const BuiltWorld without = StrategyWorlds(scenario, searcher.pack()).without();
    const auto parent = searcher.folder().path() / "parent.toml";
    std::ofstream(parent)
        << "name = \"parent\"\ntechnologies = [\"ev_car\"]\n[places]\ncountries = [\"JPN\", \"VNM\"]\n";
    const auto file = searcher.folder().path() / "plan.toml";
    std::ofstream(file) << plan_toml({"One line.\nAnd \"another\".",
                                      "parent.toml",
                                      "",
                                      "plan",
                                      "A plan",
                                      scenario.strategy,
                                      plan,
                                      without,
                                      {"first"}});
    const LoadedScenario loaded = load_scenario(file, searcher.pack());
    for (const auto& problem : loaded.problems) UNSCOPED_INFO(format(problem));
    REQUIRE(loaded.scenario);
    CHECK(loaded.scenario->strategy.rule == StrategyRule::list);
    CHECK(loaded.scenario->strategy.budget_jpy_per_year == scenario.strategy.budget_jpy_per_year);
    const auto entries = list_entries(plan, scenario.strategy, without);
    REQUIRE(loaded.scenario->strategy.projects.size() == entries.size());
    for (std::size_t n = 0; n < entries.size(); ++n) {
        const StrategyProjectEntry& read = loaded.scenario->strategy.projects[n];
        CHECK(read.partner == entries[n].partner);
        CHECK(read.japan == entries[n].japan);
        CHECK(read.from == entries[n].from);
        CHECK(read.phases == entries[n].phases);
    }
}

TEST_CASE("a search is the same for any threads; the screen keeps the strongest places", "[search]") {
    const Searcher searcher;
    auto options = small_search();
    options.aim = sim::Aim::commitments;
    const SearchResult two = searcher.search(searched_scenario(), options);
    options.threads = 1;
    const SearchResult one = searcher.search(searched_scenario(), options);
    CHECK(ids(one.projects) == ids(two.projects));
    CHECK(one.found.value == two.found.value);
    CHECK(one.evaluations == two.evaluations);
    CHECK(one.frontier.back().held_out.difference.mean == two.frontier.back().held_out.difference.mean);
    options = small_search();
    options.screen = 1;
    const SearchResult few = searcher.search(searched_scenario(), options);
    CHECK(few.places.size() == 1);
    CHECK(few.screened_out == 2);
    CHECK(few.weakest_kept_t >= few.strongest_dropped_t);
    CHECK(few.took_all);
}

TEST_CASE("several municipalities may be tried for a place", "[search]") {
    const Searcher searcher;
    auto options = small_search();
    const SearchResult one = searcher.search(searched_scenario(), options);
    options.municipalities = 3;
    options.most_sets = 0;
    const SearchResult more = searcher.search(searched_scenario(), options);
    CHECK(more.options > one.options);
    std::set<std::uint32_t> places;
    for (const ProjectOption& project : more.projects) CHECK(places.insert(project.main.place).second);
    CHECK(more.found.picks.front().gain >= one.found.picks.front().gain);
}

TEST_CASE("money for all takes all", "[search]") {
    const Searcher searcher;
    auto scenario = searched_scenario();
    scenario.strategy.budget_jpy_per_year = 1e12;
    const SearchResult result = searcher.search(scenario, small_search());
    CHECK(result.took_all);
    CHECK(result.projects.size() == 3);
}

TEST_CASE("what cannot be done is told, and why", "[search]") {
    const Searcher searcher;
    auto scenario = searched_scenario();
    scenario.strategy.budget_jpy_per_year = 0.0;
    CHECK_THAT(searcher.refusal(scenario), Catch::Contains("a budget of 0 MJPY/yr bears no project"));
    scenario.strategy.budget_jpy_per_year = 19.9e6;
    CHECK_THAT(searcher.refusal(scenario), Catch::Contains("one costs 20 MJPY/yr"));
    scenario = searched_scenario();
    scenario.strategy.most_concurrent = 0;
    CHECK_THAT(searcher.refusal(scenario), Catch::Contains("strategy.most_concurrent is 0"));
    scenario = searched_scenario();
    scenario.strategy.phases = 3;
    CHECK_THAT(searcher.refusal(scenario), Catch::Contains("more than c3p.max_phases, 2"));
    scenario = searched_scenario();
    scenario.strategy.to = make_month(2028, 3);
    CHECK_THAT(searcher.refusal(scenario), Catch::Contains("no whole phase from an April on"));
    scenario = searched_scenario();
    scenario.c3p.expansion = ExpansionRule::largest;
    scenario.c3p.projects_per_year = 10;
    CHECK_THAT(searcher.refusal(scenario), Catch::Contains("no place is open to a project"));
}

TEST_CASE("a partner that signs later begins later, or not at all", "[search]") {
    auto pack = test::partnership_pack();
    auto& partners = pack.tables["jcm_partners"];
    partners.replace(partners.find("2013-07-02"), 10, "2028-07-02");
    const Searcher later(pack);
    const SearchResult result = later.search(searched_scenario(), small_search());
    REQUIRE_FALSE(result.projects.empty());
    for (const ProjectOption& project : result.projects) CHECK(project.main.from >= make_month(2029, 4));
    partners.replace(partners.find("2028-07-02"), 10, "2035-07-02");
    const Searcher never(pack);
    CHECK_THAT(never.refusal(searched_scenario()), Catch::Contains("have not signed"));
}

}  // namespace domino::scenarios
