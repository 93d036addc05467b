// What the machine itself can do: memory by level, lines taken from anywhere, arithmetic. Goals were set on
// another one (docs/performance.md), so figures of both are wanted to compare what the model takes.
#include <benchmark/benchmark.h>

#include <string>
#include <utility>
#include <vector>

#include "sim/kernel/lane.h"
#include "sim/kernel/lane_array.h"
#include "sim/random.h"
#include "tests/bench/benchmarks.h"

namespace domino::bench {
namespace {

using namespace sim;

/// a = b + s·c over three arrays.
struct TriadKernel {
    Lanes* a;
    const Lanes* b;
    const Lanes* c;
    std::size_t count;

    DOMINO_INLINE void run() const {
        for (std::size_t n = 0; n < count; ++n) {
            float* into = a[n].of.data();
            const float* x = b[n].of.data();
            const float* y = c[n].of.data();
            each_lane([&](std::size_t m) { into[m] = x[m] + 0.5f * y[m]; });
        }
    }
};

void run_triad(benchmark::State& state, std::size_t bytes) {
    const std::size_t rows = bytes / (3 * sizeof(Lanes));
    LaneArray a(rows), b(rows), c(rows);
    const TriadKernel kernel{a.data(), b.data(), c.data(), rows};
    const InstructionSet instructions = best_instruction_set();
    for (auto _ : state) {
        run_kernel(kernel, instructions);
        benchmark::ClobberMemory();
    }
    state.counters["bytes"] = benchmark::Counter(static_cast<double>(3 * sizeof(Lanes) * rows),
                                                 benchmark::Counter::kIsIterationInvariantRate);
}

/// Adds up whole lines that lie in no order, four sums side by side.
struct GatherKernel {
    const Lanes* from;
    const std::vector<std::uint32_t>& order;
    Lanes& sum;

    DOMINO_INLINE void run() const {
        Lanes first, second, third, fourth;
        for (std::size_t n = 0; n + 3 < order.size(); n += 4) {
            add(first, from[order[n]]);
            add(second, from[order[n + 1]]);
            add(third, from[order[n + 2]]);
            add(fourth, from[order[n + 3]]);
        }
        each_lane(
            [&](std::size_t m) { sum.of[m] = (first.of[m] + second.of[m]) + (third.of[m] + fourth.of[m]); });
    }
    DOMINO_INLINE static void add(Lanes& into, const Lanes& line) {
        each_lane([&](std::size_t m) { into.of[m] += line.of[m]; });
    }
};

void run_gather(benchmark::State& state, std::size_t bytes) {
    const auto rows = static_cast<std::uint32_t>(bytes / sizeof(Lanes));
    const LaneArray from(rows);
    std::vector<std::uint32_t> order(rows);
    for (std::uint32_t n = 0; n < rows; ++n) {
        order[n] = n;
        const double u = uniform({1, Process::parameter, 0, n, 0, 0, 0});
        std::swap(order[n], order[static_cast<std::uint32_t>(u * (n + 1))]);
    }
    Lanes sum;
    const GatherKernel kernel{from.data(), order, sum};
    const InstructionSet instructions = best_instruction_set();
    for (auto _ : state) {
        run_kernel(kernel, instructions);
        benchmark::DoNotOptimize(sum);
    }
    state.counters["lines"] = benchmark::Counter(rows, benchmark::Counter::kIsIterationInvariantRate);
}

/// Products and sums on eight lanes' registers that wait for nothing but their own last value.
struct ArithmeticKernel {
    Lanes* values;
    static constexpr int rounds = 1024;

    DOMINO_INLINE void run() const {
        Lanes a = values[0], b = values[1], c = values[2], d = values[3];
        Lanes e = values[4], f = values[5], g = values[6], h = values[7];
        for (int n = 0; n < rounds; ++n) {
            for (Lanes* x : {&a, &b, &c, &d, &e, &f, &g, &h})
                each_lane([&](std::size_t m) { x->of[m] = x->of[m] * 0.999f + 0.001f; });
        }
        const Lanes* all[] = {&a, &b, &c, &d, &e, &f, &g, &h};
        for (std::size_t n = 0; n < 8; ++n) values[n] = *all[n];
    }
};

void run_arithmetic(benchmark::State& state) {
    LaneArray values(8);
    const ArithmeticKernel kernel{values.data()};
    const InstructionSet instructions = best_instruction_set();
    for (auto _ : state) {
        run_kernel(kernel, instructions);
        benchmark::ClobberMemory();
    }
    state.counters["operations"] =
        benchmark::Counter(2.0 * 8.0 * ArithmeticKernel::rounds * static_cast<double>(lane_count),
                           benchmark::Counter::kIsIterationInvariantRate);
}

}  // namespace

void register_machine(const BenchOptions&) {
    constexpr std::size_t kibibyte = 1024;
    constexpr std::size_t mebibyte = 1024 * kibibyte;
    for (const auto& [name, bytes] :
         {std::pair{"first_cache", 24 * kibibyte}, std::pair{"second_cache", 768 * kibibyte},
          std::pair{"third_cache", 12 * mebibyte}, std::pair{"memory", 1536 * mebibyte}})
        benchmark::RegisterBenchmark((std::string("machine/triad/") + name).c_str(), run_triad, bytes);
    for (const std::size_t size : {1, 8, 16, 64})
        benchmark::RegisterBenchmark(("machine/gather/MiB:" + std::to_string(size)).c_str(), run_gather,
                                     size * mebibyte);
    benchmark::RegisterBenchmark("machine/arithmetic", run_arithmetic);
}

}  // namespace domino::bench
