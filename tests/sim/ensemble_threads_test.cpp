#include "sim/ensemble_threads.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

using domino::sim::Threads;

namespace {

/// Whether `count` becomes two before long: a second thread may be slow to wake, but not this slow.
bool second_comes(const std::atomic<int>& count) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (count < 2 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    return count == 2;
}

}  // namespace

TEST_CASE("who has one thread does not keep others from having two") {
    const Threads alone(1);
    const Threads two(2);
    std::atomic<int> arrived{0};
    std::atomic<int> met{0};
    two.run(2, [&](std::size_t) {
        ++arrived;
        if (second_comes(arrived)) ++met;
    });
    // The one that came first saw the other while it was still there.
    CHECK(met == 2);
}

TEST_CASE("a thread that finds no task left helps with the work within the others") {
    const Threads two(2);
    for (const std::size_t busy : {std::size_t{0}, std::size_t{1}}) {
        INFO("busy is task " << busy);
        std::atomic<int> arrived{0};
        std::atomic<int> met{0};
        two.run_and_help(2, [&](std::size_t n) {
            if (n != busy) return;
            two.run(2, [&](std::size_t) {
                ++arrived;
                if (second_comes(arrived)) ++met;
            });
        });
        CHECK(met == 2);
    }
}
