#include "sim/ensemble.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <mutex>
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

/// Runs one world's member with coupling on and off; returns the trace of the coupled run.
ReferenceTrace run_side(Side& side, MemberId id, int slot, int members, const ReferenceTrace* reference,
                        const ReferenceTrace* uncoupled_reference, ReferenceTrace* uncoupled_trace) {
    const MemberDraws draws = draw_member(*side.prepared.world, id);
    const Trend* trend = reference != nullptr ? &reference->trend : nullptr;
    MemberOutcome on = run_member(side.prepared, draws, id, CouplingSwitch::on, reference, trend);
    MemberOutcome off =
        run_member(side.prepared, draws, id, CouplingSwitch::off, uncoupled_reference, &on.trace.trend);
    collect_uncoupled(side.prepared, off, slot, members, side.uncoupled);
    if (uncoupled_trace != nullptr) *uncoupled_trace = std::move(off.trace);
    ReferenceTrace trace = on.trace;
    side.collector.collect(std::move(on), slot, side.means.local());
    return trace;
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
    const auto one_member = [&](int slot) {
        { const std::lock_guard begin(progress_mutex); }
        if (options.cancelled != nullptr && options.cancelled->load(std::memory_order_relaxed)) return;
        const MemberId id{options.seed, options.first_member + static_cast<std::uint32_t>(slot)};
        if (reference_side) {
            ReferenceTrace uncoupled;
            const ReferenceTrace trace =
                run_side(*reference_side, id, slot, options.members, nullptr, nullptr, &uncoupled);
            run_side(scenario_side, id, slot, options.members, &trace, &uncoupled, nullptr);
        } else {
            run_side(scenario_side, id, slot, options.members, nullptr, nullptr, nullptr);
        }
        const std::lock_guard lock(progress_mutex);
        ++done;
        if (options.progress) options.progress(done, options.members);
    };
    // An arena alone cannot have more threads than the machine has cores; a run asked for eight gets eight.
    std::optional<tbb::global_control> limit;
    if (options.threads > 0) {
        limit.emplace(tbb::global_control::max_allowed_parallelism,
                      static_cast<std::size_t>(options.threads));
    }
    tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<int>(0, options.members, 1),
            [&](const tbb::blocked_range<int>& range) {
                for (int slot = range.begin(); slot < range.end(); ++slot) one_member(slot);
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
