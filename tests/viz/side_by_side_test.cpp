#include "viz/side_by_side.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

using domino::viz::run_side_by_side;
using domino::viz::Task;

TEST_CASE("tasks run once each, after what they need", "[side_by_side]") {
    for (const int threads : {1, 2, 5}) {
        constexpr std::size_t count = 40;
        std::vector<std::atomic<int>> runs(count);
        std::vector<Task> tasks(count);
        std::atomic<int> too_early = 0;
        for (std::size_t i = 0; i < count; ++i) {
            tasks[i].weight = static_cast<int>(i * 7 % 5);
            if (i >= 3) tasks[i].after = {i / 3, i - 3};
            tasks[i].run = [&, i] {
                for (const std::size_t before : tasks[i].after) too_early += runs[before] == 1 ? 0 : 1;
                ++runs[i];
            };
        }
        run_side_by_side(tasks, threads);
        CHECK(too_early == 0);
        for (const auto& times : runs) CHECK(times == 1);
    }
}

TEST_CASE("one thread begins the heaviest task that may begin", "[side_by_side]") {
    std::string order;
    const auto letter = [&order](char name) { return [&order, name] { order += name; }; };
    run_side_by_side(
        {{letter('a'), {}, 1}, {letter('b'), {0}, 9}, {letter('c'), {}, 5}, {letter('d'), {}, 5}}, 1);
    CHECK(order == "cdab");
}

TEST_CASE("the first failure of the list is thrown, and nothing begins after one", "[side_by_side]") {
    for (const int threads : {1, 3}) {
        int late = 0;
        const std::vector<Task> tasks = {{[] { throw std::runtime_error("first"); }, {}, 2},
                                         {[&] { ++late; }, {0}, 1}};
        CHECK_THROWS_WITH(run_side_by_side(tasks, threads), "first");
        CHECK(late == 0);
    }
}
