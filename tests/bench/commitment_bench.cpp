// W1: contagion by p + q Σ w y on 100,000 places, 64 members in a machine word, and its parts alone.
#include <benchmark/benchmark.h>

#include <map>
#include <numeric>
#include <vector>

#include "sim/kernel/contagion_words.h"
#include "sim/kernel/pressure.h"
#include "sim/random.h"
#include "tests/bench/benchmarks.h"

namespace domino::bench {
namespace {

using namespace sim;

constexpr ContagionRates w1_rates{2e-4, 0.06};
constexpr int w1_steps = 240;

/// Built once for all benchmarks of a size.
const WordGraph& word_graph(const BenchOptions& options, std::uint32_t places) {
    static std::map<std::uint32_t, WordGraph> made;
    if (!made.contains(places)) {
        const RowGraph graph = graph_of(options, places);
        made[places] = make_word_graph(graph.row_begin, graph.source, graph.weight, graph.key);
    }
    return made[places];
}

std::vector<std::uint32_t> first_members(std::size_t count) {
    std::vector<std::uint32_t> members(count);
    std::iota(members.begin(), members.end(), 0U);
    return members;
}

void count_edge_steps(benchmark::State& state, const WordGraph& graph, int steps, std::size_t members) {
    const double edge_steps = static_cast<double>(graph.source.size()) * steps * static_cast<double>(members);
    state.counters["edge_steps"] =
        benchmark::Counter(edge_steps, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["edges"] = static_cast<double>(graph.source.size());
}

/// The whole process: draws, pressure, hazards.
void run_commitment(benchmark::State& state, const WordGraph& graph, int steps, std::size_t count) {
    const std::vector<std::uint32_t> members = first_members(count);
    const std::vector<ContagionRates> rates(members.size(), w1_rates);
    std::uint64_t committed = 0;
    for (auto _ : state) {
        ContagionWords words(graph, 1, members, rates);
        for (int step = 0; step < steps; ++step) words.step();
        committed = 0;
        for (std::uint32_t row = 0; row < graph.rows(); ++row)
            committed += static_cast<std::uint64_t>(std::popcount(words.state(row)));
    }
    state.counters["share"] =
        static_cast<double>(committed) / static_cast<double>(graph.rows() * members.size());
    count_edge_steps(state, graph, steps, members.size());
}

void run_without_draws(benchmark::State& state, const WordGraph& graph) {
    const std::vector<std::uint32_t> members = first_members(word_members);
    const std::vector<ContagionRates> rates(members.size(), w1_rates);
    const ContagionWords drawn(graph, 1, members, rates);
    for (auto _ : state) {
        state.PauseTiming();
        ContagionWords words = drawn;
        state.ResumeTiming();
        for (int step = 0; step < w1_steps; ++step) words.step();
    }
    count_edge_steps(state, graph, w1_steps, members.size());
}

/// Sums over all edges at a state in which half of everything has committed.
void run_pressure(benchmark::State& state, const WordGraph& graph) {
    const PressureSum sum = binary_kernels(best_instruction_set()).sum_pressure;
    std::vector<std::uint64_t> words(graph.rows());
    for (std::size_t row = 0; row < words.size(); ++row)
        words[row] = random_words({1, Process::dynamics, 0, 0, 0, row})[0];
    alignas(64) std::uint16_t pressure[word_members];
    for (auto _ : state) {
        for (int step = 0; step < w1_steps; ++step) {
            for (std::size_t row = 0; row < graph.rows(); ++row) {
                const std::size_t begin = graph.row_begin[row];
                sum(words.data(), graph.source.data() + begin, graph.weight.data() + begin,
                    graph.row_begin[row + 1] - begin, pressure);
                benchmark::DoNotOptimize(pressure[0]);
                benchmark::ClobberMemory();
            }
        }
    }
    count_edge_steps(state, graph, w1_steps, word_members);
}

/// One Exp(1) draw for each place and member.
void run_draws(benchmark::State& state, std::uint32_t places) {
    constexpr std::uint32_t sub = sub_of("bench draw");
    for (auto _ : state) {
        double sum = 0.0;
        for (std::uint32_t m = 0; m < word_members; ++m) {
            for (std::uint32_t i = 0; i < places; ++i)
                sum += standard_exponential({1, Process::dynamics, sub, m, 0, i});
        }
        benchmark::DoNotOptimize(sum);
    }
    state.counters["draws"] = benchmark::Counter(static_cast<double>(places) * word_members,
                                                 benchmark::Counter::kIsIterationInvariantRate);
}

}  // namespace

void register_commitment(const BenchOptions& options) {
    const auto add = [](const std::string& name, const auto& run) {
        benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond);
    };
    add("W1/commitment", [options](benchmark::State& state) {
        run_commitment(state, word_graph(options, 100'000), w1_steps, word_members);
    });
    add("W1/without_draws",
        [options](benchmark::State& state) { run_without_draws(state, word_graph(options, 100'000)); });
    add("W1/pressure_only",
        [options](benchmark::State& state) { run_pressure(state, word_graph(options, 100'000)); });
    add("W1/draws_only", [](benchmark::State& state) { run_draws(state, 100'000); });
    for (const std::uint32_t places : {25'000U, 50'000U, 200'000U}) {
        add("growth/commitment/places:" + std::to_string(places), [places](benchmark::State& state) {
            run_commitment(state, word_graph({}, places), w1_steps, word_members);
        });
    }
    for (const int steps : {60, 120, 480}) {
        add("growth/commitment/steps:" + std::to_string(steps), [options, steps](benchmark::State& state) {
            run_commitment(state, word_graph(options, 100'000), steps, word_members);
        });
    }
    for (const std::size_t members : {16, 32}) {
        add("growth/commitment/members:" + std::to_string(members),
            [options, members](benchmark::State& state) {
                run_commitment(state, word_graph(options, 100'000), w1_steps, members);
            });
    }
}

}  // namespace domino::bench
