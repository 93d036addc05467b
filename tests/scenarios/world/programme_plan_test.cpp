#include "scenarios/world/programme_plan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

namespace domino::scenarios {
namespace {

/// Two hundred candidates in fifty units, larger ones first, and two projects on record.
PlanRequest small_request() {
    PlanRequest request;
    request.c3p.projects_per_year = 10;
    for (std::uint32_t i = 0; i < 200; ++i) {
        const std::string id = "GN" + std::to_string(1000 + i);
        request.candidates.push_back(
            {i, id, "U" + std::to_string(i % 50), sim::make_month(2013, 1), 1e6 - 1000.0 * i});
    }
    request.recorded = {{"known-a", "seen", 3, 500, sim::make_month(2018, 4), sim::make_month(2024, 4), 1.0},
                        {"known-b", "seen", 4, 501, sim::make_month(2023, 4), sim::make_month(2026, 4), 1.0}};
    request.japanese_partners = {500, 501, 502};
    return request;
}

int active_in(const std::vector<PlannedProject>& plan, sim::Month month) {
    return static_cast<int>(std::count_if(plan.begin(), plan.end(), [&](const auto& project) {
        return project.from <= month && month < project.to;
    }));
}

bool same(const PlannedProject& a, const PlannedProject& b) {
    return a.id == b.id && a.place == b.place && a.partner == b.partner && a.from == b.from && a.to == b.to;
}

TEST_CASE("every year is filled up to the number of projects, each runs its phases") {
    const auto plan = plan_c3p(small_request());
    for (int year = 2020; year <= 2040; ++year) {
        CHECK(active_in(plan, sim::make_month(year, 6)) == 10);
    }
    for (const auto& project : plan) {
        if (project.hypothetical) CHECK(project.to.value - project.from.value == 72);
    }
}

TEST_CASE("the first round is of staggered age, so that not all end at once") {
    const auto plan = plan_c3p(small_request());
    std::set<std::int32_t> starts;
    for (const auto& project : plan) {
        if (project.hypothetical && project.from <= sim::make_month(2020, 1))
            starts.insert(project.from.value);
    }
    CHECK(starts.size() == 6);
}

TEST_CASE("no place is chosen twice, nor one on record, nor two of a unit in a round") {
    const auto plan = plan_c3p(small_request());
    std::set<std::uint32_t> places;
    std::set<std::pair<std::int32_t, std::uint32_t>> unit_rounds;
    for (const auto& project : plan) {
        CHECK(places.insert(project.place).second);
        if (!project.hypothetical || project.from < sim::make_month(2020, 4)) continue;
        CHECK(unit_rounds.insert({project.from.value, project.place % 50}).second);
    }
}

TEST_CASE("partners take turns, candidates wait for their country to sign") {
    auto request = small_request();
    request.candidates[0].eligible_from = sim::make_month(2030, 6);
    request.candidates[1].eligible_from = sim::never;
    const auto plan = plan_c3p(request);
    const auto first = std::find_if(plan.begin(), plan.end(), [](const auto& p) { return p.place == 0; });
    REQUIRE(first != plan.end());
    CHECK(first->from == sim::make_month(2031, 4));
    CHECK(std::none_of(plan.begin(), plan.end(), [](const auto& p) { return p.place == 1; }));
    std::set<std::uint32_t> partners;
    for (const auto& project : plan) {
        REQUIRE(project.partner);
        partners.insert(*project.partner);
    }
    CHECK(partners == std::set<std::uint32_t>{500, 501, 502});
}

TEST_CASE("a doubled plan is the plain one before its start, and contains it after") {
    const auto plain = plan_c3p(small_request());
    auto request = small_request();
    request.c3p.projects_scale = 2.0;
    request.c3p.scaled_from = sim::make_month(2026, 4);
    const auto doubled = plan_c3p(request);
    for (const auto& project : plain) {
        CHECK(std::any_of(doubled.begin(), doubled.end(),
                          [&](const auto& other) { return same(project, other); }));
    }
    for (const auto& project : doubled) {
        const bool known =
            std::any_of(plain.begin(), plain.end(), [&](const auto& p) { return same(project, p); });
        if (!known) CHECK(project.from >= sim::make_month(2026, 4));
    }
    CHECK(active_in(doubled, sim::make_month(2026, 3)) == 10);
    for (int year = 2026; year <= 2040; ++year) CHECK(active_in(doubled, sim::make_month(year, 6)) == 20);
}

TEST_CASE("a halved plan is the plain one before its start and shrinks as projects end") {
    const auto plain = plan_c3p(small_request());
    auto request = small_request();
    request.c3p.projects_scale = 0.5;
    request.c3p.scaled_from = sim::make_month(2026, 4);
    const auto halved = plan_c3p(request);
    const auto before = [](const std::vector<PlannedProject>& plan) {
        return std::count_if(plan.begin(), plan.end(),
                             [](const auto& p) { return p.from < sim::make_month(2026, 4); });
    };
    REQUIRE(before(plain) == before(halved));
    for (std::size_t i = 0; i < static_cast<std::size_t>(before(plain)); ++i)
        CHECK(same(plain[i], halved[i]));
    CHECK(active_in(halved, sim::make_month(2035, 6)) == 5);
}

TEST_CASE("the order of candidates does not matter") {
    auto request = small_request();
    const auto plan = plan_c3p(request);
    std::reverse(request.candidates.begin(), request.candidates.end());
    std::reverse(request.recorded.begin(), request.recorded.end());
    const auto turned = plan_c3p(request);
    REQUIRE(plan.size() == turned.size());
    for (std::size_t i = 0; i < plan.size(); ++i) CHECK(same(plan[i], turned[i]));
}

TEST_CASE("without a rule only projects on record run") {
    auto request = small_request();
    request.c3p.expansion = ExpansionRule::none;
    const auto plan = plan_c3p(request);
    CHECK(plan.size() == 2);
}

TEST_CASE("a project on record ends as stated, else with its phases, later if evidenced later") {
    const C3pSection c3p;
    const auto start = sim::make_month(2015, 4);
    CHECK(recorded_end(start, sim::make_month(2016, 12), 2024, c3p) == sim::make_month(2017, 1));
    CHECK(recorded_end(start, std::nullopt, std::nullopt, c3p) == sim::make_month(2021, 4));
    CHECK(recorded_end(start, std::nullopt, 2015, c3p) == sim::make_month(2021, 4));
    CHECK(recorded_end(start, std::nullopt, 2024, c3p) == sim::make_month(2027, 4));
}

}  // namespace
}  // namespace domino::scenarios
