// Reading a scenario and the data pack, and building the world.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/prepared_world.h"
#include "tests/bench/benchmarks.h"

namespace domino::bench {
namespace {

namespace fs = std::filesystem;

void run_build(benchmark::State& state, const fs::path& file, const fs::path& data) {
    std::size_t places = 0;
    for (auto _ : state) {
        const scenarios::LoadedScenario loaded = scenarios::load_scenario(file, data);
        if (!loaded.scenario) return state.SkipWithError("the scenario cannot be read");
        const scenarios::WorldResult world = scenarios::build_world(*loaded.scenario, data);
        if (!world.built) return state.SkipWithError("the world cannot be built");
        places = world.built->world.places.size();
    }
    state.counters["places"] = static_cast<double>(places);
}

void run_prepare(benchmark::State& state, const fs::path& file, const fs::path& data) {
    const scenarios::LoadedScenario loaded = scenarios::load_scenario(file, data);
    if (!loaded.scenario) return state.SkipWithError("the scenario cannot be read");
    const scenarios::WorldResult world = scenarios::build_world(*loaded.scenario, data);
    if (!world.built) return state.SkipWithError("the world cannot be built");
    for (auto _ : state) benchmark::DoNotOptimize(sim::prepare(world.built->world).places);
}

}  // namespace

void register_build(const BenchOptions& options) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(options.scenarios)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        const auto add = [&](const std::string& what, const auto& run) {
            benchmark::RegisterBenchmark((what + file.stem().string()).c_str(), run)
                ->Unit(benchmark::kMillisecond)
                ->MeasureProcessCPUTime()
                ->UseRealTime();
        };
        add("build/", [file, data = options.data](benchmark::State& state) { run_build(state, file, data); });
        add("prepare/",
            [file, data = options.data](benchmark::State& state) { run_prepare(state, file, data); });
    }
}

}  // namespace domino::bench
