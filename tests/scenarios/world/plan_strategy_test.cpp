#include "scenarios/world/plan_strategy.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

namespace domino::scenarios {
namespace {

using sim::make_month;

/// Forty candidates, larger ones first, a budget of ten projects and a cap of eight.
struct Request {
    StrategySection section;
    C3pSection c3p;
    std::vector<PlanCandidate> candidates;

    Request() {
        section.rule = StrategyRule::largest;
        section.budget_jpy_per_year = 200e6;
        section.most_concurrent = 8;
        for (std::uint32_t i = 0; i < 40; ++i)
            candidates.push_back(
                {i, "GN" + std::to_string(100 + i), "U", make_month(2013, 1), 1e6 - 1000.0 * i});
    }
    StrategyPlan plan() const { return plan_by_rank({section, c3p, candidates, {500, 501}, {}}); }
};

std::size_t running(const StrategyPlan& plan, sim::Month month) {
    return static_cast<std::size_t>(
        std::count_if(plan.projects.begin(), plan.projects.end(),
                      [&](const auto& project) { return project.from <= month && month < project.to; }));
}

TEST_CASE("a strategy begins by rank in April, up to its cap, in whole phases that end with the money") {
    const StrategyPlan plan = Request().plan();
    REQUIRE(plan.projects.size() == 16);
    for (std::size_t n = 0; n < plan.projects.size(); ++n) {
        const auto& project = plan.projects[n];
        CHECK(project.place == n);
        CHECK(project.partner == 500 + n % 2);
        CHECK(project.from == make_month(n < 8 ? 2026 : 2032, 4));
        // Six years fit before April 2036 from 2026 on, three from 2032 on.
        CHECK(project.phases == (n < 8 ? 2 : 1));
        CHECK(project.to.value - project.from.value == 36 * project.phases);
        CHECK(project.cost_jpy_per_year == 20e6);
    }
    CHECK(running(plan, make_month(2036, 4)) == 0);
    REQUIRE(plan.rounds.size() == 10);
    CHECK(plan.rounds[0].limit == "8 projects run, the most allowed");
    CHECK(plan.rounds[9].limit == "no whole phase ends before the money does");
}

TEST_CASE("a budget that is zero, too small, or larger than all candidates gives a clear answer") {
    Request request;
    request.section.budget_jpy_per_year = 0.0;
    CHECK(request.plan().projects.empty());
    CHECK(request.plan().rounds.front().limit == "the budget does not bear one more of 20 MJPY/yr");
    request.section.budget_jpy_per_year = 19.9e6;
    CHECK(request.plan().projects.empty());
    request.section.budget_jpy_per_year = 60e6;
    CHECK(running(request.plan(), make_month(2026, 4)) == 3);
    request.section.budget_jpy_per_year = 1e12;
    request.section.most_concurrent = 1000;
    const StrategyPlan all = request.plan();
    CHECK(all.projects.size() == 40);
    CHECK(all.rounds.front().limit == "no candidate is left");
    CHECK(all.rounds.front().cost_jpy_per_year == 800e6);
    request.section.most_concurrent = 0;
    CHECK(request.plan().projects.empty());
    CHECK(request.plan().rounds.front().limit == "0 projects run, the most allowed");
}

TEST_CASE("a candidate waits until its country has signed, and is never chosen where it does not") {
    Request request;
    request.section.phases = 1;
    request.candidates[0].eligible_from = make_month(2029, 5);
    request.candidates[1].eligible_from = sim::never;
    const StrategyPlan plan = request.plan();
    const auto first = std::find_if(plan.projects.begin(), plan.projects.end(),
                                    [](const auto& project) { return project.place == 0; });
    REQUIRE(first != plan.projects.end());
    CHECK(first->from == make_month(2032, 4));
    for (const auto& project : plan.projects) CHECK(project.place != 1);
}

TEST_CASE("the order of candidates moves nothing, ties go by the second figure and then by id") {
    Request request;
    for (auto& candidate : request.candidates) candidate.rank = 1.0;
    request.candidates[30].second = 5.0;
    const StrategyPlan plan = request.plan();
    std::reverse(request.candidates.begin(), request.candidates.end());
    const StrategyPlan turned = request.plan();
    REQUIRE(plan.projects.size() == turned.projects.size());
    CHECK(plan.projects[0].place == 30);
    CHECK(plan.projects[1].place == 0);
    for (std::size_t n = 0; n < plan.projects.size(); ++n) {
        CHECK(plan.projects[n].id == turned.projects[n].id);
        CHECK(plan.projects[n].reason == turned.projects[n].reason);
    }
}

TEST_CASE("a window without an April has no round") {
    Request request;
    request.section.from = make_month(2026, 5);
    request.section.to = make_month(2027, 3);
    CHECK(request.plan().rounds.empty());
}

}  // namespace
}  // namespace domino::scenarios
