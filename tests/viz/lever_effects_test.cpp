#include <catch2/catch.hpp>

#include "tests/viz/small_context.h"
#include "viz/lever_effects.h"

namespace domino {
namespace {

using test::make_context;
using test::make_small_run;

viz::ChangeSummary places_changed(std::size_t places, std::optional<int> first_year) {
    return {places, first_year, {}};
}

TEST_CASE("levers tried one by one are told one by one: alone, together, or without effect") {
    const auto run = make_small_run();
    auto context = make_context(run, {});
    context.levers = {{"c3p.projects_scale", "1", "2", ""},
                      {"c3p.budget_scale", "1", "2", ""},
                      {"jcm.start_lag", "24", "12", ""}};
    context.lever_trials = {
        {"c3p.projects_scale", 4, places_changed(3, 2021), places_changed(2, 2021)},
        {"c3p.budget_scale", 4, places_changed(0, std::nullopt), places_changed(2, 2022)},
        {"jcm.start_lag", 4, places_changed(0, std::nullopt), places_changed(0, std::nullopt)}};
    const auto effects = viz::measure_lever_effects(context, viz::compare_with_reference(run.results));
    REQUIRE(effects.size() == 3);
    CHECK(effects[0].places == 3);
    CHECK(effects[0].first_year == 2021);
    CHECK(effects[0].reason == "Tried by itself in 4 members");
    CHECK(effects[1].places == 2);
    CHECK(effects[1].first_year == 2022);
    CHECK(effects[1].reason.find("Acts only together with the other levers") == 0);
    CHECK(effects[2].places == 0);
    CHECK(effects[2].reason.find("No effect: neither alone nor beside the others") == 0);
}

TEST_CASE("what a single lever changed is its doing, whatever part of the world it acts through") {
    const auto run = make_small_run();
    auto context = make_context(run, {});
    context.levers = {{"jcm.sectors", "not set", "[]", ""}};
    const auto changes = viz::compare_with_reference(run.results);
    REQUIRE(changes.places > 0);
    const auto effects = viz::measure_lever_effects(context, changes);
    REQUIRE(effects.size() == 1);
    CHECK(effects[0].places == changes.places);
    CHECK(effects[0].first_year == changes.first_year);
    CHECK(effects[0].reason.empty());
}

TEST_CASE("runs are compared on the members both have") {
    auto run = make_small_run();
    const auto& whole = run.results.scenario;
    CHECK(viz::compare_runs(whole, whole, whole.members).places == 0);
    auto other = whole;
    const std::size_t last = static_cast<std::size_t>(whole.members) - 1;
    other.emissions_t[other.place_year(2, 1, last)] += 1.0F;
    CHECK(viz::compare_runs(whole, other, whole.members - 1).places == 0);
    const auto changed = viz::compare_runs(whole, other, whole.members);
    CHECK(changed.places == 1);
    CHECK(changed.changed[2] == 1);
    CHECK(changed.first_year == whole.calendar.first_year() + 1);
}

}  // namespace
}  // namespace domino
