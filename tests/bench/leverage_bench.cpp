// Leverage: the mean field of 10,000 places × 240 months forwards, and with all its derivatives.
#include <benchmark/benchmark.h>

#include <vector>

#include "sim/leverage/leverage.h"
#include "sim/leverage/mean_field.h"
#include "tests/bench/bench_world.h"
#include "tests/bench/benchmarks.h"

namespace domino::bench {
namespace {

using namespace sim;

/// One member of the whole model's world, made ready.
struct ReadyMember {
    ReadyMember()
        : world(make_bench_world({})),
          prepared(prepare(world)),
          draws(draw_member(world, {1, 0})),
          constants(member_constants(prepared, draws)),
          trend(solve_trend(prepared, draws, constants.propensity)) {}

    World world;
    PreparedWorld prepared;
    MemberDraws draws;
    MemberConstants constants;
    Trend trend;

    MeanFieldInput input() const { return {&prepared, &draws, &constants, &trend, nullptr}; }
};

const ReadyMember& ready_member() {
    static const ReadyMember member;
    return member;
}

void run_forward(benchmark::State& state) {
    const FieldConstants constants(ready_member().input());
    for (auto _ : state) {
        MeanField field(constants, nullptr);
        std::vector<MonthTape> tape(1);
        for (std::size_t y = 0; y < constants.years; ++y) field.run_year(y, tape);
        benchmark::DoNotOptimize(field.abated_t().data());
    }
}

void run_leverage(benchmark::State& state, int threads) {
    const Threads helpers(threads);
    reset_peak_memory();
    for (auto _ : state) {
        const Leverage leverage =
            measure_leverage(ready_member().input(), {}, threads > 1 ? &helpers : nullptr);
        benchmark::DoNotOptimize(leverage.derivative.support.data());
    }
    state.counters["peak_MiB"] = peak_memory_mib();
}

}  // namespace

void register_leverage(const BenchOptions& options) {
    (void)options;
    benchmark::RegisterBenchmark("Leverage/forward", run_forward)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("Leverage/forward and reverse", run_leverage, 1)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("Leverage/forward and reverse, two threads", run_leverage, 2)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
}

}  // namespace domino::bench
