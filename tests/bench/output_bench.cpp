// The bundled scenario, and the time each of its files takes to be written.
#include <benchmark/benchmark.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/ensemble.h"
#include "tests/bench/benchmarks.h"
#include "viz/write_results.h"

namespace domino::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int threads = 2;

struct LoadedWorld {
    LoadedWorld(const fs::path& file, const fs::path& data) {
        scenarios::LoadedScenario loaded = scenarios::load_scenario(file, data);
        if (!loaded.scenario) throw std::runtime_error(file.string() + ": cannot be read");
        scenario = std::move(*loaded.scenario);
        scenarios::WorldResult world = scenarios::build_world(scenario, data);
        if (!world.built) throw std::runtime_error(file.string() + ": the world cannot be built");
        built = std::move(*world.built);
    }
    scenarios::Scenario scenario;
    scenarios::BuiltWorld built;
};

/// A scenario and what it came to.
class FinishedRun {
 public:
    FinishedRun(const BenchOptions& options, int members)
        : data_(options.data), scenario_(options.scenarios / "jcm-2040.toml", options.data) {
        ensemble_.members = members;
        ensemble_.threads = threads;
        results_ = sim::run_ensemble(scenario_.built.world, nullptr, ensemble_);
    }

    viz::RunContext context() const {
        viz::RunContext context{
            .scenario = scenario_.scenario, .built = scenario_.built, .results = results_};
        context.options = ensemble_;
        context.data_dir = data_;
        return context;
    }

 private:
    fs::path data_;
    LoadedWorld scenario_;
    sim::EnsembleOptions ensemble_;
    sim::EnsembleResults results_;
};

/// A folder that is gone afterwards.
struct ScratchFolder {
    fs::path path = fs::temp_directory_path() / "domino-bench-output";
    ScratchFolder() {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

/// Seconds from one file's beginning to the next one's, by name; what is prepared for a file counts to it.
class FileClock {
 public:
    void begin(const std::string& file) {
        close();
        file_ = file;
        start_ = Clock::now();
    }
    void close() {
        if (!file_.empty()) seconds_[file_] += std::chrono::duration<double>(Clock::now() - start_).count();
        file_.clear();
    }
    const std::map<std::string, double>& seconds() const { return seconds_; }

 private:
    std::string file_;
    Clock::time_point start_;
    std::map<std::string, double> seconds_;
};

void run_write(benchmark::State& state, const BenchOptions& options, int members) {
    const FinishedRun run(options, members);
    viz::RunContext context = run.context();
    FileClock clock;
    context.progress = [&](std::string_view file, int, int) { clock.begin(std::string(file)); };
    for (auto _ : state) {
        const ScratchFolder folder;
        clock.begin("summaries");
        viz::write_results(context, folder.path);
        clock.close();
    }
    for (const auto& [file, seconds] : clock.seconds())
        state.counters[file] = benchmark::Counter(seconds, benchmark::Counter::kAvgIterations);
}

}  // namespace

void register_outputs(const BenchOptions& options) {
    const int members = options.output_members;
    benchmark::RegisterBenchmark(
        ("write/jcm-2040/members:" + std::to_string(members)).c_str(),
        [options, members](benchmark::State& state) { run_write(state, options, members); })
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime();
}

}  // namespace domino::bench
