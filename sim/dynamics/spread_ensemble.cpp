#include "sim/dynamics/spread_ensemble.h"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "sim/ensemble.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t target_draw = sub_of("target of a reverse set");
constexpr std::uint32_t members_at_once = word_members;

/// What one thread has seen.
struct Tally {
    explicit Tally(std::size_t nodes) : active(nodes), times_active(nodes, 0) {}
    Activation active;
    std::vector<std::uint64_t> times_active;
};

/// Calls @p work(first, last) for slices of the members, in parallel.
template <class Work>
void in_parallel(const SpreadOptions& options, const Work& work) {
    if (options.members < 1) throw std::invalid_argument("an ensemble needs at least one member");
    // Taken around each slice, for an order of inputs, members and results that the language defines.
    std::mutex mutex;
    std::uint32_t done = 0;
    const auto one_slice = [&](std::uint32_t slice) {
        { const std::lock_guard begin(mutex); }
        if (options.cancelled != nullptr && options.cancelled->load(std::memory_order_relaxed)) return;
        const std::uint32_t first = slice * members_at_once;
        const std::uint32_t last = std::min(options.members - first, members_at_once) + first;
        work(first, last);
        const std::lock_guard lock(mutex);
        done += last - first;
        if (options.progress) options.progress(done, options.members);
    };
    std::optional<tbb::global_control> limit;
    if (options.threads > 0)
        limit.emplace(tbb::global_control::max_allowed_parallelism,
                      static_cast<std::size_t>(options.threads));
    tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
    const std::uint32_t slices = (options.members - 1) / members_at_once + 1;
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::uint32_t>(0, slices, 1),
            [&](const tbb::blocked_range<std::uint32_t>& range) {
                for (std::uint32_t slice = range.begin(); slice < range.end(); ++slice) one_slice(slice);
            },
            tbb::simple_partitioner());
    });
    const std::lock_guard all_done(mutex);
    if (options.cancelled != nullptr && options.cancelled->load()) throw Cancelled{};
}

SpreadMember member_at(const SpreadOptions& options, std::uint32_t slot) {
    return {options.seed, options.first_member + slot};
}

/// Mean and its standard error, summed in order of members.
void summarize(SpreadEstimate& estimate) {
    const auto n = static_cast<double>(estimate.spread.size());
    std::uint64_t total = 0;
    for (const std::uint32_t spread : estimate.spread) total += spread;
    estimate.expected_spread = static_cast<double>(total) / n;
    double squares = 0.0;
    for (const std::uint32_t spread : estimate.spread) {
        const double deviation = spread - estimate.expected_spread;
        squares += deviation * deviation;
    }
    estimate.standard_error = n > 1.0 ? std::sqrt(squares / (n - 1.0) / n) : 0.0;
}

void conclude(SpreadEstimate& estimate, std::span<const std::uint64_t> times_active, std::uint32_t members) {
    estimate.activation_probability.reserve(times_active.size());
    for (const std::uint64_t times : times_active)
        estimate.activation_probability.push_back(static_cast<double>(times) / static_cast<double>(members));
    summarize(estimate);
}

/// Slices of 64 members in machine words.
SpreadEstimate estimate_in_words(const HazardSpread& model, std::span<const std::uint32_t> seeds,
                                 const SpreadOptions& options) {
    const std::size_t nodes = model.graph().nodes();
    SpreadEstimate estimate;
    estimate.spread.assign(options.members, 0);
    using Counts = std::vector<std::uint64_t>;
    tbb::enumerable_thread_specific<Counts> counts([&] { return Counts(nodes, 0); });
    in_parallel(options, [&](std::uint32_t first, std::uint32_t last) {
        std::vector<std::uint32_t> members;
        for (std::uint32_t slot = first; slot < last; ++slot)
            members.push_back(member_at(options, slot).member);
        const std::vector<ContagionRates> rates(members.size(), model.step_rates());
        ContagionWords words(model.units(), options.seed, members, rates);
        words.seed_rows(seeds);
        for (std::uint32_t step = 0; step < model.clock().steps; ++step) words.step();
        Counts& times_active = counts.local();
        for (std::uint32_t row = 0; row < nodes; ++row) {
            const std::uint64_t state = words.state(row);
            times_active[row] += static_cast<std::uint64_t>(std::popcount(state));
            for (std::uint64_t left = state; left != 0; left &= left - 1)
                ++estimate.spread[first + static_cast<std::uint32_t>(std::countr_zero(left))];
        }
    });
    Counts times_active(nodes, 0);
    for (const Counts& part : counts)
        for (std::size_t row = 0; row < nodes; ++row) times_active[row] += part[row];
    conclude(estimate, times_active, options.members);
    return estimate;
}

template <class Model>
ReverseEstimate estimate_by_reverse_sets(const Model& model, std::span<const NodeId> seeds,
                                         const SpreadOptions& options) {
    const Digraph& graph = model.graph();
    std::vector<std::uint8_t> is_seed(graph.nodes(), 0);
    for (const std::uint32_t row : graph.rows(seeds)) is_seed[row] = 1;
    if (graph.nodes() == 0) throw std::invalid_argument("a reverse set needs a graph with nodes");
    tbb::enumerable_thread_specific<Activation> scratch([&] { return Activation(graph.nodes()); });
    std::vector<std::uint8_t> hit(options.members, 0);
    in_parallel(options, [&](std::uint32_t first, std::uint32_t last) {
        Activation& reached = scratch.local();
        for (std::uint32_t slot = first; slot < last; ++slot) {
            const SpreadMember member = member_at(options, slot);
            const double u = uniform({member.seed, Process::dynamics, target_draw, member.member});
            const auto target = static_cast<std::uint32_t>(u * static_cast<double>(graph.nodes()));
            model.run_reverse(target, member, reached);
            const auto rows = reached.rows();
            hit[slot] =
                std::any_of(rows.begin(), rows.end(), [&](std::uint32_t r) { return is_seed[r] != 0; });
        }
    });
    ReverseEstimate estimate;
    estimate.sets = options.members;
    estimate.hits = static_cast<std::uint32_t>(std::count(hit.begin(), hit.end(), std::uint8_t{1}));
    const double share = static_cast<double>(estimate.hits) / estimate.sets;
    const auto nodes = static_cast<double>(graph.nodes());
    estimate.expected_spread = nodes * share;
    estimate.standard_error = nodes * probability_standard_error(share, estimate.sets);
    return estimate;
}

template <class Model, class Run>
SpreadEstimate estimate_with(const Model& model, std::span<const NodeId> seeds, const SpreadOptions& options,
                             Run run) {
    const std::vector<std::uint32_t> rows = model.graph().rows(seeds);
    return estimate_spread(
        model.graph().nodes(),
        [&](SpreadMember member, Activation& active) { (model.*run)(rows, member, active); }, options);
}

}  // namespace

double probability_standard_error(double probability, std::size_t members) {
    return std::sqrt(probability * (1.0 - probability) / static_cast<double>(members));
}

SpreadEstimate estimate_spread(std::size_t nodes, const SimulateSpread& simulate,
                               const SpreadOptions& options) {
    SpreadEstimate estimate;
    estimate.spread.assign(options.members, 0);
    tbb::enumerable_thread_specific<Tally> tallies([&] { return Tally(nodes); });
    in_parallel(options, [&](std::uint32_t first, std::uint32_t last) {
        Tally& tally = tallies.local();
        for (std::uint32_t slot = first; slot < last; ++slot) {
            simulate(member_at(options, slot), tally.active);
            for (const std::uint32_t row : tally.active.rows()) ++tally.times_active[row];
            estimate.spread[slot] = static_cast<std::uint32_t>(tally.active.size());
        }
    });
    std::vector<std::uint64_t> times_active(nodes, 0);
    for (const Tally& tally : tallies)
        for (std::size_t row = 0; row < nodes; ++row) times_active[row] += tally.times_active[row];
    conclude(estimate, times_active, options.members);
    return estimate;
}

SpreadEstimate estimate_spread(const IndependentCascade& model, std::span<const NodeId> seeds,
                               const SpreadOptions& options) {
    return estimate_with(model, seeds, options, &IndependentCascade::run);
}

SpreadEstimate estimate_spread(const LinearThreshold& model, std::span<const NodeId> seeds,
                               const SpreadOptions& options) {
    return estimate_with(model, seeds, options, &LinearThreshold::run_thresholds);
}

SpreadEstimate estimate_spread_by_live_edges(const LinearThreshold& model, std::span<const NodeId> seeds,
                                             const SpreadOptions& options) {
    return estimate_with(model, seeds, options, &LinearThreshold::run_live_edges);
}

SpreadEstimate estimate_spread(const HazardSpread& model, std::span<const NodeId> seeds,
                               const SpreadOptions& options) {
    return estimate_spread(model, seeds, options, model.quicker_method());
}

SpreadEstimate estimate_spread(const HazardSpread& model, std::span<const NodeId> seeds,
                               const SpreadOptions& options, HazardMethod method) {
    const std::vector<std::uint32_t> rows = model.graph().rows(seeds);
    if (method == HazardMethod::words) return estimate_in_words(model, rows, options);
    return estimate_spread(
        model.graph().nodes(),
        [&](SpreadMember member, Activation& active) { model.run(rows, member, active); }, options);
}

ReverseEstimate estimate_spread_by_reverse_sets(const IndependentCascade& model,
                                                std::span<const NodeId> seeds, const SpreadOptions& options) {
    return estimate_by_reverse_sets(model, seeds, options);
}

ReverseEstimate estimate_spread_by_reverse_sets(const LinearThreshold& model, std::span<const NodeId> seeds,
                                                const SpreadOptions& options) {
    return estimate_by_reverse_sets(model, seeds, options);
}

}  // namespace domino::sim
