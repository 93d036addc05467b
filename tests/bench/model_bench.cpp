// W4: the whole model on 10,000 places, its loops over lanes alone, threads and growth; W6 on request.
#include <benchmark/benchmark.h>

#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "sim/emission_paths.h"
#include "sim/ensemble.h"
#include "sim/kernel/capacity_lanes.h"
#include "sim/kernel/emission_lanes.h"
#include "sim/kernel/stock_lanes.h"
#include "sim/member_run.h"
#include "tests/bench/bench_world.h"
#include "tests/bench/benchmarks.h"

namespace domino::bench {
namespace {

using namespace sim;

constexpr int w6_members = 100;

const World& world_of(const BenchWorldSize& size) {
    static std::map<std::tuple<std::uint32_t, int, std::uint32_t>, World> made;
    const std::tuple key{size.places, size.steps, size.technologies};
    if (!made.contains(key)) made.emplace(key, make_bench_world(size));
    return made.at(key);
}

double edges_of(const World& world) {
    double edges = 0.0;
    for (const FrozenLayer& layer : world.layers) edges += static_cast<double>(layer.source.size());
    return edges;
}

void count_work(benchmark::State& state, const World& world, int members) {
    const double steps = static_cast<double>(world.calendar.steps) * members;
    const double cells =
        static_cast<double>(world.places.size()) * static_cast<double>(world.technologies.size());
    state.counters["cell_steps"] =
        benchmark::Counter(cells * steps, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["edges"] = edges_of(world);
    state.counters["members"] = members;
}

/// As `domino run` does without a reference: every member, and each once more without coupling unless that is
/// left out.
void run_whole_model(benchmark::State& state, const BenchWorldSize& size, int members, int threads,
                     UncoupledTwin twin = UncoupledTwin::run) {
    const World& world = world_of(size);
    EnsembleOptions options;
    options.members = members;
    options.threads = threads;
    options.uncoupled = twin;
    reset_peak_memory();
    for (auto _ : state) {
        const EnsembleResults results = run_ensemble(world, nullptr, options);
        benchmark::DoNotOptimize(results.scenario.emissions_t.data());
    }
    state.counters["peak_MiB"] = peak_memory_mib();
    count_work(state, world, members);
}

std::vector<MemberDraws> draw_members(const World& world, std::size_t begin, std::size_t end) {
    std::vector<MemberDraws> draws;
    for (std::size_t m = begin; m < end; ++m)
        draws.push_back(draw_member(world, {1, static_cast<std::uint32_t>(m)}));
    return draws;
}

/// Members with coupling alone, one thread, nothing collected.
void run_coupled_members(benchmark::State& state, const World& world, std::size_t members) {
    const PreparedWorld prepared = prepare(world);
    constexpr std::size_t width = lane_count;
    for (auto _ : state) {
        for (std::size_t begin = 0; begin < members; begin += width) {
            const auto draws = draw_members(world, begin, std::min(members, begin + width));
            std::vector<MemberInput> inputs;
            for (std::size_t m = 0; m < draws.size(); ++m)
                inputs.push_back({&draws[m], {1, static_cast<std::uint32_t>(begin + m)}, nullptr, nullptr});
            benchmark::DoNotOptimize(run_members(prepared, inputs, CouplingSwitch::on, nullptr).data());
        }
    }
    count_work(state, world, static_cast<int>(members));
}

enum class Parts { all, stock_only, capacity_only, emissions_only };

/// Lanes of a batch with nothing around them: nobody commits, prices stand still.
class LaneBatch {
 public:
    LaneBatch(const PreparedWorld& prepared, const std::vector<MemberDraws>& draws)
        : prepared_(prepared),
          capacity_(prepared, pointers(draws)),
          stock_(prepared, stock_members(prepared, draws), CouplingSwitch::on),
          emissions_(prepared, emission_members(prepared, draws)),
          committed_(prepared.places, 0),
          ones_(std::max(prepared.places, prepared.world->countries.size() * prepared.technologies)),
          power_(draws.size(), std::vector<double>(prepared.world->countries.size(), 0.0)) {
        for (Lanes& lanes : ones_) lanes.of.fill(1.0f);
    }

    void run(Parts parts) {
        for (int step = 0; step < prepared_.steps; ++step) {
            const auto year = static_cast<std::size_t>(step / 12);
            if (step % 12 == 0) {
                stock_.begin_year(year);
                emissions_.begin_year(year, power_);
            }
            if (parts == Parts::all || parts == Parts::capacity_only) capacity_.step(step, committed_);
            if (parts == Parts::all || parts == Parts::stock_only)
                stock_.step(
                    step, std::span(ones_).first(prepared_.places),
                    std::span(ones_).first(prepared_.world->countries.size() * prepared_.technologies));
            if (parts == Parts::all || parts == Parts::emissions_only) emissions_.add_step(step, stock_);
            if (step % 12 == 11) emissions_.end_year();
        }
    }

 private:
    static std::vector<const MemberDraws*> pointers(const std::vector<MemberDraws>& draws) {
        std::vector<const MemberDraws*> all;
        for (const MemberDraws& d : draws) all.push_back(&d);
        return all;
    }
    static std::vector<LaneMember> stock_members(const PreparedWorld& prepared,
                                                 const std::vector<MemberDraws>& draws) {
        std::vector<LaneMember> members;
        for (const MemberDraws& d : draws) {
            LaneMember member{&d, {}};
            for (std::size_t c = 0; c < prepared.world->countries.size(); ++c) {
                for (std::size_t k = 0; k < prepared.technologies; ++k) {
                    const AdoptionDraws& local = d.technologies[k].countries[c];
                    member.coefficients.push_back({local.p, local.q});
                }
            }
            members.push_back(std::move(member));
        }
        return members;
    }
    static std::vector<EmissionMember> emission_members(const PreparedWorld& prepared,
                                                        const std::vector<MemberDraws>& draws) {
        std::vector<EmissionMember> members;
        for (const MemberDraws& d : draws) {
            EmissionMember member;
            for (std::size_t c = 0; c < prepared.world->countries.size(); ++c)
                member.paths.push_back(country_paths(*prepared.world, c, d));
            members.push_back(std::move(member));
        }
        return members;
    }

    const PreparedWorld& prepared_;
    CapacityLanes capacity_;
    StockLanes stock_;
    EmissionLanes emissions_;
    std::vector<MemberBits> committed_;
    std::vector<Lanes> ones_;
    std::vector<std::vector<double>> power_;
};

/// The loops over lanes of as many members, one thread.
void run_lanes(benchmark::State& state, const BenchWorldSize& size, std::size_t members, Parts parts) {
    const World& world = world_of(size);
    const PreparedWorld prepared = prepare(world);
    for (auto _ : state) {
        for (std::size_t begin = 0; begin < members; begin += lane_count) {
            const auto draws = draw_members(world, begin, std::min(members, begin + lane_count));
            LaneBatch(prepared, draws).run(parts);
        }
    }
    count_work(state, world, static_cast<int>(members));
}

void add(const std::string& name, const std::function<void(benchmark::State&)>& run) {
    benchmark::RegisterBenchmark(name.c_str(), run)
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime();
}

void register_growth() {
    const auto grow = [](const std::string& what, const BenchWorldSize& size, int members) {
        add("growth/model/" + what,
            [size, members](benchmark::State& state) { run_whole_model(state, size, members, 2); });
    };
    grow("places:2500", {2'500, 120, 8}, 32);
    grow("places:5000", {5'000, 120, 8}, 32);
    grow("places:10000", {10'000, 120, 8}, 32);
    grow("steps:60", {5'000, 60, 8}, 32);
    grow("steps:240", {5'000, 240, 8}, 32);
    grow("members:64", {5'000, 120, 8}, 64);
    grow("members:128", {5'000, 120, 8}, 128);
}

}  // namespace

void register_model(const BenchOptions& options) {
    const int members = options.w4_members;
    const auto lanes = static_cast<std::size_t>(members);
    for (const int threads : {1, 2}) {
        add("W4/whole_model/threads:" + std::to_string(threads),
            [members, threads](benchmark::State& state) { run_whole_model(state, {}, members, threads); });
    }
    add("W4/without_twin/threads:2", [members](benchmark::State& state) {
        run_whole_model(state, {}, members, 2, UncoupledTwin::leave_out);
    });
    add("W4/coupled_members",
        [lanes](benchmark::State& state) { run_coupled_members(state, world_of({}), lanes); });
    const auto add_lanes = [lanes](const std::string& name, Parts parts) {
        add(name, [lanes, parts](benchmark::State& state) { run_lanes(state, {}, lanes, parts); });
    };
    add_lanes("W4/lanes", Parts::all);
    add_lanes("W4/lanes/stock", Parts::stock_only);
    add_lanes("W4/lanes/capacity", Parts::capacity_only);
    add_lanes("W4/lanes/emissions", Parts::emissions_only);
    // W1's graph and rates as a world of the model: what attribution and the books around it cost.
    add("W1/in_the_model", [](benchmark::State& state) {
        const World world = make_commitment_world(100'000);
        run_coupled_members(state, world, lane_count);
        state.counters["edge_steps"] = benchmark::Counter(edges_of(world) * world.calendar.steps * lane_count,
                                                          benchmark::Counter::kIsIterationInvariantRate);
    });
    register_growth();
    if (!options.with_w6) return;
    benchmark::RegisterBenchmark("W6/whole_model/threads:2",
                                 [](benchmark::State& state) {
                                     run_whole_model(state, {113'000, 240, 8}, w6_members, 2);
                                 })
        ->Unit(benchmark::kSecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime()
        ->Iterations(1);
}

}  // namespace domino::bench
