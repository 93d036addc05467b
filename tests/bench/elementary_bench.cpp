// Exponentials and logarithms of the lanes alone, with the widest vectors of the machine.
#include <benchmark/benchmark.h>

#include <vector>

#include "sim/kernel/elementary.h"
#include "sim/kernel/lane.h"
#include "tests/bench/benchmarks.h"

namespace domino::bench {
namespace {

using namespace sim;

enum class Function { exponential, gone_share, log1p_growth, adoption_pair };

/// Applies one function to numbers that lie in the cache.
template <Function function>
struct ElementaryKernel {
    const Lanes* from;
    Lanes* to;
    std::size_t count;

    DOMINO_INLINE static float apply(float x) {
        if constexpr (function == Function::exponential) return exponential(x);
        if constexpr (function == Function::gone_share) return gone_share(x);
        if constexpr (function == Function::log1p_growth) return log1p_growth(x);
        return gone_share(x) + log1p_growth(x);
    }
    DOMINO_INLINE void run() const {
        for (std::size_t n = 0; n < count; ++n) {
            const float* x = from[n].of.data();
            float* y = to[n].of.data();
            each_lane([&](std::size_t m) { y[m] = apply(x[m]); });
        }
    }
};

template <Function function>
void run_elementary(benchmark::State& state) {
    constexpr std::size_t rows = 256;
    std::vector<Lanes> from(rows), to(rows);
    for (std::size_t n = 0; n < rows; ++n) {
        for (std::size_t m = 0; m < lane_count; ++m)
            from[n][m] = 0.001f * static_cast<float>(n + 1) + 0.01f * static_cast<float>(m);
    }
    const ElementaryKernel<function> kernel{from.data(), to.data(), rows};
    const InstructionSet instructions = best_instruction_set();
    for (auto _ : state) {
        run_kernel(kernel, instructions);
        benchmark::DoNotOptimize(to.data());
        benchmark::ClobberMemory();
    }
    state.counters["values"] = benchmark::Counter(static_cast<double>(rows * lane_count),
                                                  benchmark::Counter::kIsIterationInvariantRate);
}

}  // namespace

void register_elementary(const BenchOptions&) {
    benchmark::RegisterBenchmark("elementary/exponential", run_elementary<Function::exponential>);
    benchmark::RegisterBenchmark("elementary/gone_share", run_elementary<Function::gone_share>);
    benchmark::RegisterBenchmark("elementary/log1p_growth", run_elementary<Function::log1p_growth>);
    benchmark::RegisterBenchmark("elementary/adoption_pair", run_elementary<Function::adoption_pair>);
}

}  // namespace domino::bench
