// W5: one lever changed on a kept baseline, 5,000 places, 20 members, quarters; and threads within one batch.
#include <benchmark/benchmark.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "sim/ensemble_threads.h"
#include "sim/live/live_session.h"
#include "sim/member_run.h"
#include "tests/bench/bench_world.h"
#include "tests/bench/benchmarks.h"

namespace domino::bench {
namespace {

using namespace sim;

using Lever = std::function<void(World&)>;

World quarterly_world() {
    World world = make_bench_world({5'000, 240, 8});
    world.calendar.months_per_step = 3;
    return world;
}

std::size_t year_index(const World& world, int year) {
    return static_cast<std::size_t>(year - world.calendar.first.year());
}

/// Levers as a planner turns them in 2026, and two that cannot be resumed late.
std::map<std::string, Lever> levers() {
    return {
        {"grant_2026", [](World& w) { w.price_schemes[0].share = 0.4; }},
        {"project_2027",
         [](World& w) {
             SupportWindow more = w.support.back();
             more.project_id = "more";
             more.from = make_month(2027, 4);
             more.to = make_month(2030, 4);
             w.support.push_back(more);
         }},
        {"budget_2028",
         [](World& w) {
             ByYear& budget = w.programmes[0].budget_jpy;
             for (std::size_t y = year_index(w, 2028); y < budget.size(); ++y) budget[y] *= 2.0;
         }},
        {"grid_2030",
         [](World& w) {
             ByYear& grid = w.countries[0].emission_factor_g_per_kwh;
             for (std::size_t y = year_index(w, 2030); y < grid.size(); ++y) grid[y] *= 0.5;
         }},
        {"from_the_start", [](World& w) { w.places[0].committed_since = make_month(2020, 4); }},
        {"prior", [](World& w) { w.parameters.kappa1 = fixed(0.1); }},
    };
}

const LiveSession& session_of(int threads) {
    static std::map<int, std::unique_ptr<LiveSession>> sessions;
    std::unique_ptr<LiveSession>& session = sessions[threads];
    if (!session) {
        LiveOptions options;
        options.threads = threads;
        session = std::make_unique<LiveSession>(quarterly_world(), options);
    }
    return *session;
}

void answer(benchmark::State& state, const Lever& lever, int threads) {
    const LiveSession& session = session_of(threads);
    World changed = session.baseline();
    lever(changed);
    for (auto _ : state) {
        const LiveAnswer answer = session.answer(changed);
        benchmark::DoNotOptimize(answer.results.sector_t.data());
        state.counters["resumed_year"] = answer.resumed_from.year();
    }
    state.counters["snapshots_MiB"] = static_cast<double>(session.snapshot_bytes()) / 1048576.0;
}

/// One batch of sixteen members with threads that share its steps.
void step_one_batch(benchmark::State& state, int count) {
    static const World world = make_bench_world({10'000, 60, 8});
    static const PreparedWorld prepared = prepare(world);
    const Threads threads(count);
    std::vector<MemberDraws> draws;
    for (std::uint32_t m = 0; m < 16; ++m) draws.push_back(draw_member(world, {1, m}));
    std::vector<MemberInput> inputs;
    for (std::uint32_t m = 0; m < 16; ++m) inputs.push_back({&draws[m], {1, m}});
    BatchRoute route;
    route.threads = count > 1 ? &threads : nullptr;
    for (auto _ : state) {
        const auto outcomes = run_members(prepared, inputs, CouplingSwitch::on, nullptr, nullptr,
                                          best_instruction_set(), route);
        benchmark::DoNotOptimize(outcomes.data());
    }
}

benchmark::internal::Benchmark* add(const std::string& name,
                                    const std::function<void(benchmark::State&)>& run) {
    return benchmark::RegisterBenchmark(name.c_str(), run)
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime();
}

}  // namespace

void register_live(const BenchOptions&) {
    for (const int threads : {1, 2}) {
        for (const auto& [name, lever] : levers()) {
            // The goal is for two threads and a lever that acts from a month of the future on.
            const bool w5 = threads == 2 && name != "prior" && name != "from_the_start";
            add((w5 ? "W5/" : "live/") + name + "/threads:" + std::to_string(threads),
                [lever = lever, threads](benchmark::State& state) { answer(state, lever, threads); });
        }
        add("one_batch/threads:" + std::to_string(threads),
            [threads](benchmark::State& state) { step_one_batch(state, threads); });
    }
    add("live/baseline/threads:2", [](benchmark::State& state) {
        for (auto _ : state) {
            LiveOptions options;
            options.threads = 2;
            const LiveSession session(quarterly_world(), options);
            benchmark::DoNotOptimize(session.baseline_results().sector_t.data());
        }
    })->Iterations(1);
}

}  // namespace domino::bench
