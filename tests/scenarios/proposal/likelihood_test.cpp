#include "scenarios/proposal/likelihood.h"

#include "scenarios/proposal/project_worlds.h"
#include "tests/scenarios/proposal/small_proposal.h"

using namespace domino::scenarios;
using namespace domino::scenarios::test;

namespace {

const std::string small_scenario =
    "technologies = [\"solar_pv_commercial\", \"ev_car\"]\n"
    "[run]\nmembers = 2\nend = \"2033-12\"\n"
    "[places]\ncountries = [\"Japan\", \"Cambodia\", \"Viet Nam\", \"Thailand\"]\n"
    "min_population = \"3000000 people\"\n[proximity]\nenabled = false\n";

}  // namespace

TEST_CASE("shares are compared member by member") {
    const PairedShare share = compare_shares({true, true, true, false}, {true, false, false, true});
    CHECK(share.with == 0.75);
    CHECK(share.without == 0.5);
    CHECK(share.difference == 0.25);
    CHECK(share.with_low > 0.0);
    CHECK(share.with_low < 0.75);
    CHECK(share.with_high > 0.75);
    CHECK(share.with_high < 1.0);
    // (2 up, 1 down) of 4: variance 3/4 − 1/16.
    const double error = 1.6448536269514722 * std::sqrt((0.75 - 0.0625) / 4.0);
    CHECK(share.difference_low == Approx(0.25 - error));
    CHECK(share.difference_high == Approx(0.25 + error));
    const PairedShare same = compare_shares({true, false}, {true, false});
    CHECK(same.difference == 0.0);
    CHECK(same.difference_low == 0.0);
    CHECK(same.difference_high == 0.0);
}

TEST_CASE(
    "the two worlds differ by the project alone, and a project on record ends where the proposal begins") {
    const TemporaryFolder folder;
    const auto loaded = load_scenario(folder.write("s.toml", small_scenario), data_folder);
    REQUIRE(loaded.scenario);
    for (const std::string name : {"phnom-penh-kitakyushu", "danang-sakai"}) {
        const Proposal proposal = load_example(name);
        Problems problems;
        const auto worlds = build_project_worlds(proposal, find_cities(proposal), *loaded.scenario,
                                                 domino::sim::make_month(2030, 12), data_folder, problems);
        for (const Problem& problem : problems) UNSCOPED_INFO(format(problem));
        REQUIRE(worlds);
        CHECK(worlds->countries.size() == 2);
        const auto& with = worlds->with.world.support;
        const auto& without = worlds->without.world.support;
        REQUIRE(with.size() == without.size() + 1);
        int alive = 0;
        for (const auto& window : with) {
            if (window.place != worlds->partner || window.to <= proposal.start()) continue;
            ++alive;
            CHECK(window.from == proposal.start());
            CHECK(window.to == proposal.phase_end());
        }
        CHECK(alive == 1);
        for (const auto& window : without)
            CHECK((window.place != worlds->partner || window.to <= proposal.start()));
    }
}

TEST_CASE("a simulated project changes nothing before it begins, and the same bytes come for any threads") {
    const TemporaryFolder folder;
    const Proposal proposal = load_example();
    const Partnership cities = find_cities(proposal);
    LikelihoodOptions options;
    options.scenario = folder.write("s.toml", small_scenario);
    options.members = 24;
    options.threads = 1;
    Problems problems;
    const auto one = simulate_likelihood(proposal, cities, data_folder, options, problems);
    for (const Problem& problem : problems) UNSCOPED_INFO(format(problem));
    REQUIRE(one);
    CHECK(one->place == "Phnom Penh");
    REQUIRE(one->declared.size() == 3);
    CHECK(one->declared[0].month == domino::sim::make_month(2026, 3));
    CHECK(one->declared[1].month == domino::sim::make_month(2029, 3));
    CHECK(one->declared[2].month == domino::sim::make_month(2033, 12));
    CHECK(one->declared[0].share.difference == 0.0);
    CHECK(one->capacity[0].with == one->capacity[0].without);
    CHECK(one->capacity[1].with > one->capacity[1].without);
    CHECK(one->declared[2].share.with >= one->declared[2].share.without);
    REQUIRE(one->adoption.size() == 2);  // the chiller joins the scenario's technologies
    options.threads = 2;
    const auto two = simulate_likelihood(proposal, cities, data_folder, options, problems);
    REQUIRE(two);
    CHECK(two->capacity[1].with == one->capacity[1].with);
    CHECK(two->declared[2].share.with == one->declared[2].share.with);

    Proposal late = proposal;
    late.fiscal_year = 2040;
    CHECK_FALSE(simulate_likelihood(late, cities, data_folder, options, problems));
    REQUIRE_FALSE(problems.empty());
    CHECK(problems.back().what.find("the project from 2040-04") != std::string::npos);
}
