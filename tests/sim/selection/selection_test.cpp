#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <memory>
#include <set>
#include <stdexcept>
#include <vector>

#include "sim/random.h"
#include "sim/selection/exhaustive_search.h"
#include "sim/selection/lazy_greedy.h"

using namespace domino::sim;

namespace {

/// Items under one budget, worth what `value` says of a set, in one member.
template <class Value>
SelectionProblem under_budget(std::vector<double> cost, double budget, Value value) {
    SelectionProblem problem;
    problem.cost = cost;
    problem.fits = [cost, budget](const ItemSet& chosen, std::uint32_t item) {
        if (std::find(chosen.begin(), chosen.end(), item) != chosen.end()) return false;
        double sum = cost[item];
        for (const std::uint32_t other : chosen) sum += cost[other];
        return sum <= budget;
    };
    problem.evaluate = [value](const std::vector<ItemSet>& sets) {
        std::vector<MemberValues> values;
        for (const ItemSet& set : sets) values.push_back({value(set)});
        return values;
    };
    return problem;
}

bool has(const ItemSet& set, std::uint32_t item) {
    return std::binary_search(set.begin(), set.end(), item);
}

double random_at(std::uint32_t a, std::uint32_t b) {
    return uniform({7, Process::parameter, a, b, 0, 0, 0});
}

/// Coverage of weighted points: monotone and submodular.
SelectionProblem random_coverage(std::uint32_t seed, std::size_t items, double budget) {
    constexpr std::uint32_t points = 24;
    std::vector<std::set<std::uint32_t>> covers(items);
    std::vector<double> cost;
    for (std::uint32_t item = 0; item < items; ++item) {
        for (std::uint32_t point = 0; point < points; ++point)
            if (random_at(seed * 1000 + item, point) < 0.2) covers[item].insert(point);
        cost.push_back(0.5 + random_at(seed * 1000 + item, 500));
    }
    return under_budget(cost, budget, [covers, seed](const ItemSet& set) {
        std::set<std::uint32_t> covered;
        for (const std::uint32_t item : set) covered.insert(covers[item].begin(), covers[item].end());
        double sum = 0.0;
        // Whole numbers: sums are exact in any order.
        for (const std::uint32_t point : covered) sum += std::floor(1.0 + 9.0 * random_at(seed, 900 + point));
        return sum;
    });
}

/// Greedy as it is defined, looking at every item each time.
ItemSet eager(const SelectionProblem& problem, GreedyRule rule) {
    ItemSet chosen;
    for (;;) {
        const double now = problem.evaluate({chosen}).front().front();
        double best = 0.0;
        std::uint32_t found = 0;
        for (std::uint32_t item = 0; item < problem.cost.size(); ++item) {
            if (has(chosen, item) || !problem.fits(chosen, item)) continue;
            double gain = problem.evaluate({with_item(chosen, item)}).front().front() - now;
            if (rule == GreedyRule::gain_per_cost) gain /= problem.cost[item];
            if (gain <= best) continue;
            best = gain;
            found = item;
        }
        if (best <= 0.0) return chosen;
        chosen = with_item(chosen, found);
    }
}

}  // namespace

TEST_CASE("lazy greedy chooses what looking at all each time would, with fewer looks", "[selection]") {
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        for (const GreedyRule rule : {GreedyRule::gain, GreedyRule::gain_per_cost}) {
            const SelectionProblem problem = random_coverage(seed, 30, 8.0);
            ItemSet lazy;
            std::size_t looks = 0, most_looks = 0;
            for (const std::size_t together : {1U, 2U, 5U}) {
                ValueMemory memory;
                const Selection selection = select_greedily(problem, rule, memory, {together, {}});
                if (together == 1U) {
                    lazy = selection.chosen;
                    looks = memory.size();
                    most_looks = 30 * (selection.picks.size() + 1);
                }
                CHECK(selection.chosen == lazy);
                CHECK(selection.picks.back().value == selection.mean());
            }
            CHECK(lazy == eager(problem, rule));
            CHECK(looks < 2 * most_looks / 3);
        }
    }
}

TEST_CASE("of a coverage under a budget the better rule has at least its share of the best", "[selection]") {
    double worst = 0.0, sum = 0.0;
    constexpr std::uint32_t instances = 60;
    for (std::uint32_t seed = 1; seed <= instances; ++seed) {
        const SelectionProblem problem = random_coverage(seed, 10, 3.0);
        ValueMemory memory;
        const BothSelections both = select_by_both_rules(problem, memory);
        CHECK(both.better.mean() >= both.other.mean());
        const auto best = find_best_selection(problem, memory, 2000);
        REQUIRE(best);
        CHECK(best->value >= both.better.mean());
        const double gap = relative_gap(both.better.mean(), best->value);
        worst = std::max(worst, gap);
        sum += gap;
        const double certain = (1.0 - 1.0 / 2.718281828459045) / 2.0;
        CHECK(both.better.mean() >= certain * best->value);
    }
    // Greedy is not perfect on these, and far better than what is certain.
    CHECK(worst > 0.0);
    CHECK(worst < 0.25);
    CHECK(sum / instances < 0.05);
}

TEST_CASE("each rule has its trap, and the better of both avoids it", "[selection]") {
    // A small one of much for little money blocks a large one: gain per cost ends with 2 of 10.
    const auto small_first = under_budget({1.0, 10.0}, 10.0, [](const ItemSet& set) {
        return (has(set, 0) ? 2.0 : 0.0) + (has(set, 1) ? 10.0 : 0.0);
    });
    // A large one of little for much money blocks ten small ones: gain ends with 3 of 10.
    const auto large_first =
        under_budget({10.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0}, 10.0,
                     [](const ItemSet& set) { return has(set, 0) ? 3.0 : static_cast<double>(set.size()); });
    for (const SelectionProblem& problem : {small_first, large_first}) {
        ValueMemory memory;
        const BothSelections both = select_by_both_rules(problem, memory);
        CHECK(both.better.mean() == 10.0);
        CHECK(both.other.mean() <= 3.0);
        CHECK(find_best_selection(problem, memory, 5000)->value == 10.0);
    }
    CHECK(select_greedily(small_first, GreedyRule::gain_per_cost, *std::make_unique<ValueMemory>()).mean() ==
          2.0);
    CHECK(select_greedily(large_first, GreedyRule::gain, *std::make_unique<ValueMemory>()).mean() == 3.0);
}

TEST_CASE("a trap that catches both rules is measured by trying all", "[selection]") {
    // Two that are worth something only together, beyond a threshold; a third that is worth a little alone.
    const auto problem = under_budget({1.0, 1.0, 1.0}, 2.0, [](const ItemSet& set) {
        return (has(set, 0) && has(set, 1) ? 10.0 : 0.0) + (has(set, 2) ? 1.0 : 0.0);
    });
    ValueMemory memory;
    const BothSelections both = select_by_both_rules(problem, memory);
    CHECK(both.better.chosen == ItemSet{2});
    CHECK(both.better.end == SearchEnd::nothing_gained);
    const auto best = find_best_selection(problem, memory, 7);
    REQUIRE(best);
    CHECK(best->chosen == ItemSet{0, 1});
    CHECK(best->sets == 7);
    CHECK(relative_gap(both.better.mean(), best->value) == Approx(0.9));
    CHECK_FALSE(find_best_selection(problem, memory, 6));
    CHECK(count_selections(problem, 7) == 7U);
    CHECK_FALSE(count_selections(problem, 6));
}

TEST_CASE("how a search ends is told", "[selection]") {
    const auto count = [](const ItemSet& set) { return static_cast<double>(set.size()); };
    ValueMemory memory;
    const Selection all = select_greedily(under_budget({1, 1, 1}, 9.0, count), GreedyRule::gain, memory);
    CHECK(all.chosen == ItemSet{0, 1, 2});
    CHECK(all.end == SearchEnd::all_chosen);
    CHECK(all.picks.back().cost == 3.0);
    ValueMemory second;
    const Selection some = select_greedily(under_budget({1, 1, 1}, 2.0, count), GreedyRule::gain, second);
    CHECK(some.end == SearchEnd::nothing_fits);
    CHECK(some.chosen == ItemSet{0, 1});
    ValueMemory third;
    const Selection none = select_greedily(under_budget({1, 1}, 0.5, count), GreedyRule::gain, third);
    CHECK(none.picks.empty());
    CHECK(none.end == SearchEnd::nothing_fits);
    CHECK_THROWS_AS(select_greedily(under_budget({1, 0}, 2.0, count), GreedyRule::gain, third),
                    std::invalid_argument);
}

TEST_CASE("the standard error of a gain is that of paired members", "[selection]") {
    SelectionProblem problem = under_budget({1.0}, 1.0, [](const ItemSet&) { return 0.0; });
    problem.evaluate = [](const std::vector<ItemSet>& sets) {
        std::vector<MemberValues> values;
        // What all sets share in a member is large, and drops out.
        for (const ItemSet& set : sets)
            values.push_back(set.empty() ? MemberValues{100, 5, -40} : MemberValues{101, 7, -37});
        return values;
    };
    ValueMemory memory;
    const Selection selection = select_greedily(problem, GreedyRule::gain, memory);
    REQUIRE(selection.picks.size() == 1);
    CHECK(selection.picks[0].gain == Approx(2.0));
    // Gains of 1, 2, 3: standard deviation 1.
    CHECK(selection.picks[0].standard_error == Approx(1.0 / std::sqrt(3.0)));
}

TEST_CASE("an item within another is looked at only once it could come first", "[selection]") {
    // 0, 2, 4 are wholes, 1, 3, 5 halves of them: half the cost, 0.4 of the value.
    const std::vector<double> worth = {10, 4, 8, 3.2, 6, 2.4}, cost = {2, 1, 2, 1, 2, 1};
    auto problem = under_budget(cost, 5.0, [worth](const ItemSet& set) {
        double sum = 0.0;
        for (const std::uint32_t item : set) sum += worth[item];
        return sum;
    });
    const auto fits = problem.fits;
    problem.fits = [fits](const ItemSet& chosen, std::uint32_t item) {
        const bool taken = std::any_of(chosen.begin(), chosen.end(),
                                       [&](std::uint32_t other) { return other / 2 == item / 2; });
        return !taken && fits(chosen, item);
    };
    ValueMemory all;
    const Selection expected = select_greedily(problem, GreedyRule::gain, all);
    problem.within = {0, 0, 2, 2, 4, 4};
    ValueMemory few;
    const Selection found = select_greedily(problem, GreedyRule::gain, few, {1, {}});
    CHECK(expected.chosen == ItemSet{0, 2, 5});
    CHECK(found.chosen == expected.chosen);
    CHECK(few.size() < all.size());
    problem.within = {1, 1, 2, 2, 4, 4};
    CHECK_THROWS_AS(select_greedily(problem, GreedyRule::gain, few), std::invalid_argument);
}
