#include "sim/ensemble.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <mutex>
#include <span>
#include <stdexcept>

#include "sim/member_run.h"
#include "sim/result_collector.h"

namespace domino::sim {
namespace {

/// One world of the pair with what its members are collected into.
struct Side {
    Side(const World& world, const EnsembleOptions& options)
        : prepared(prepare(world)),
          collector(prepared, options),
          means([this] { return collector.empty_means(); }) {
        const auto cells =
            static_cast<std::size_t>(world.calendar.years()) * static_cast<std::size_t>(options.members);
        uncoupled.commitments.resize(cells);
        uncoupled.emissions_t.resize(cells * world.countries.size());
    }

    RunResults finish() {
        const std::vector<MeanAccumulator> parts(means.begin(), means.end());
        return collector.finish(parts);
    }

    PreparedWorld prepared;
    ResultCollector collector;
    tbb::enumerable_thread_specific<MeanAccumulator> means;
    UncoupledTotals uncoupled;
};

void check_pair(const World& scenario, const World& reference) {
    const auto refuse = [](const char* what) {
        throw std::invalid_argument(fmt::format(
            "the scenario and its reference differ in their {}; a paired run needs the same", what));
    };
    if (scenario.calendar.first != reference.calendar.first ||
        scenario.calendar.steps != reference.calendar.steps ||
        scenario.calendar.parts_per_month != reference.calendar.parts_per_month) {
        refuse("months or their parts");
    }
    const auto same_key = [](const PlaceInputs& a, const PlaceInputs& b) { return a.key == b.key; };
    if (!std::equal(scenario.places.begin(), scenario.places.end(), reference.places.begin(),
                    reference.places.end(), same_key)) {
        refuse("places");
    }
    const auto same_country = [](const Country& a, const Country& b) { return a.iso3 == b.iso3; };
    if (!std::equal(scenario.countries.begin(), scenario.countries.end(), reference.countries.begin(),
                    reference.countries.end(), same_country)) {
        refuse("countries");
    }
    const auto same_technology = [](const Technology& a, const Technology& b) { return a.id == b.id; };
    if (!std::equal(scenario.technologies.begin(), scenario.technologies.end(),
                    reference.technologies.begin(), reference.technologies.end(), same_technology)) {
        refuse("technologies");
    }
}

/// What the members of a batch leave for the scenario they are the reference of.
struct BatchTraces {
    std::vector<ReferenceTrace> coupled, uncoupled;
};

/// Runs a batch of one world's members with coupling on and off.
BatchTraces run_side(Side& side, std::span<const MemberId> members, int first_slot,
                     const EnsembleOptions& options, const BatchTraces* reference) {
    std::vector<MemberDraws> draws;
    for (const MemberId& id : members) draws.push_back(draw_member(*side.prepared.world, id));
    const auto run = [&](CouplingSwitch coupling, const BatchTraces* traces, const auto& trend_of) {
        std::vector<MemberInput> inputs;
        for (std::size_t m = 0; m < members.size(); ++m) {
            const std::vector<ReferenceTrace>* of = nullptr;
            if (traces != nullptr)
                of = coupling == CouplingSwitch::on ? &traces->coupled : &traces->uncoupled;
            inputs.push_back({&draws[m], members[m], of != nullptr ? &(*of)[m] : nullptr, trend_of(m)});
        }
        auto outcomes = run_members(side.prepared, inputs, coupling, options.cancelled);
        if (outcomes.empty()) throw Cancelled{};
        return outcomes;
    };
    BatchTraces left;
    std::vector<MemberOutcome> on = run(CouplingSwitch::on, reference, [&](std::size_t m) -> const Trend* {
        return reference != nullptr ? &reference->coupled[m].trend : nullptr;
    });
    for (std::size_t m = 0; m < members.size(); ++m) {
        left.coupled.push_back(on[m].trace);
        side.collector.collect(std::move(on[m]), first_slot + static_cast<int>(m), side.means.local());
    }
    on.clear();
    std::vector<MemberOutcome> off = run(CouplingSwitch::off, reference, [&](std::size_t m) -> const Trend* {
        return &left.coupled[m].trend;
    });
    for (std::size_t m = 0; m < members.size(); ++m) {
        collect_uncoupled(side.prepared, off[m], first_slot + static_cast<int>(m), options.members,
                          side.uncoupled);
        left.uncoupled.push_back(std::move(off[m].trace));
    }
    return left;
}

/// Slots at which batches begin, and the end: as even as possible, and as many as the threads can share.
std::vector<int> batch_slots(int members, std::size_t largest, int threads) {
    const int width = static_cast<int>(largest);
    int batches = (members + width - 1) / width;
    if (threads > 1) batches = std::min(members, (batches + threads - 1) / threads * threads);
    std::vector<int> slots;
    for (int n = 0; n <= batches; ++n) {
        slots.push_back(static_cast<int>(static_cast<std::int64_t>(members) * n / batches));
    }
    return slots;
}

void require_identities(const RunResults& results) {
    for (const IdentityCheck& check : results.identities) {
        if (check.holds()) continue;
        throw IdentityBroken(fmt::format("identity broken: {}: relative error {} exceeds {}", check.name,
                                         check.largest_relative_error, check.tolerance));
    }
}

}  // namespace

EnsembleResults run_ensemble(const World& scenario, const World* reference, const EnsembleOptions& options) {
    if (options.members < 1) throw std::invalid_argument("an ensemble needs at least one member");
    if (reference != nullptr) check_pair(scenario, *reference);
    Side scenario_side(scenario, options);
    std::optional<Side> reference_side;
    if (reference != nullptr) reference_side.emplace(*reference, options);

    // Taken around each member, so that the order "inputs, members, results" is one the language defines (and
    // a thread sanitizer sees), not only one that TBB's scheduler happens to keep.
    std::mutex progress_mutex;
    int done = 0;
    const auto one_batch = [&](int begin, int end) {
        { const std::lock_guard started(progress_mutex); }
        if (options.cancelled != nullptr && options.cancelled->load(std::memory_order_relaxed)) return;
        std::vector<MemberId> members;
        for (int slot = begin; slot < end; ++slot)
            members.push_back({options.seed, options.first_member + static_cast<std::uint32_t>(slot)});
        if (reference_side) {
            const BatchTraces traces = run_side(*reference_side, members, begin, options, nullptr);
            run_side(scenario_side, members, begin, options, &traces);
        } else {
            run_side(scenario_side, members, begin, options, nullptr);
        }
        const std::lock_guard lock(progress_mutex);
        done += end - begin;
        if (options.progress) options.progress(done, options.members);
    };
    // An arena alone cannot have more threads than the machine has cores; a run asked for eight gets eight.
    std::optional<tbb::global_control> limit;
    if (options.threads > 0) {
        limit.emplace(tbb::global_control::max_allowed_parallelism,
                      static_cast<std::size_t>(options.threads));
    }
    tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
    const std::vector<int> slots =
        batch_slots(options.members, largest_batch(scenario), arena.max_concurrency());
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(1, slots.size(), 1),
            [&](const tbb::blocked_range<std::size_t>& range) {
                for (std::size_t n = range.begin(); n < range.end(); ++n) one_batch(slots[n - 1], slots[n]);
            },
            tbb::simple_partitioner());
    });
    const std::lock_guard all_done(progress_mutex);
    if (options.cancelled != nullptr && options.cancelled->load()) throw Cancelled{};

    EnsembleResults results;
    results.scenario = scenario_side.finish();
    results.scenario_uncoupled = std::move(scenario_side.uncoupled);
    require_identities(results.scenario);
    if (reference_side) {
        results.reference = reference_side->finish();
        results.reference_uncoupled = std::move(reference_side->uncoupled);
        require_identities(*results.reference);
    }
    return results;
}

}  // namespace domino::sim
