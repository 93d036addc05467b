#include "sim/ensemble_threads.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

using domino::sim::Threads;

TEST_CASE("who has one thread does not keep others from having two") {
    const Threads alone(1);
    const Threads two(2);
    std::atomic<int> arrived{0};
    std::atomic<int> met{0};
    two.run(2, [&](std::size_t) {
        ++arrived;
        // A second thread may be slow to wake, but not this slow.
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(120);
        while (arrived < 2 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
        if (arrived == 2) ++met;
    });
    // The one that came first saw the other while it was still there.
    CHECK(met == 2);
}
