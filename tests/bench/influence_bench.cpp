// W2: fifty seeds that spread furthest by independent cascade with 1/in-degree, on W1's graph.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "sim/dynamics/spread_ensemble.h"
#include "sim/influence/cascade_sampler.h"
#include "sim/influence/influence_maximisation.h"
#include "tests/bench/benchmarks.h"

namespace domino::bench {
namespace {

using namespace sim;

constexpr std::uint32_t w2_places = 100'000;
constexpr std::size_t w2_seeds = 50;

/// Built once for all benchmarks.
const IndependentCascade& cascade(const BenchOptions& options) {
    static const IndependentCascade model = [&options] {
        const RowGraph graph = graph_of(options, w2_places);
        std::vector<WeightedEdge> edges;
        for (std::uint64_t row = 0; row < graph.places(); ++row) {
            for (std::size_t e = graph.row_begin[row]; e < graph.row_begin[row + 1]; ++e)
                edges.push_back({{graph.source[e]}, {row}, 1.0});
        }
        return IndependentCascade(Digraph(std::move(edges)).with_in_degree_weights());
    }();
    return model;
}

/// What the seeds reach by simulations of their own, outside the time measured.
double evaluate(const IndependentCascade& model, const std::vector<std::uint32_t>& rows) {
    std::vector<NodeId> seeds;
    for (const std::uint32_t row : rows) seeds.push_back(model.graph().id(row));
    SpreadOptions options;
    options.members = 2000;
    options.seed = 2000;
    return estimate_spread(model, seeds, options).expected_spread;
}

void run_search(benchmark::State& state, const BenchOptions& options, int threads) {
    const IndependentCascade& model = cascade(options);
    InfluenceOptions search;
    search.seeds = w2_seeds;
    search.threads = threads;
    InfluenceResult found;
    const Threads helpers(threads);
    for (auto _ : state)
        found = maximise_influence(CascadeSampler(model, 1, threads > 1 ? &helpers : nullptr), search);
    state.counters["sets"] = static_cast<double>(found.sets);
    state.counters["certified"] = found.ratio;
    state.counters["spread"] = evaluate(model, found.seeds);
}

}  // namespace

void register_influence(const BenchOptions& options) {
    for (const int threads : {1, 2}) {
        benchmark::RegisterBenchmark(("W2/seeds/threads:" + std::to_string(threads)).c_str(), run_search,
                                     options, threads)
            ->Unit(benchmark::kMillisecond)
            ->MeasureProcessCPUTime()
            ->UseRealTime();
    }
}

}  // namespace domino::bench
