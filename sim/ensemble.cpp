#include "sim/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <span>
#include <stdexcept>

#include "sim/avoided_by_events.h"
#include "sim/ensemble_join.h"
#include "sim/ensemble_threads.h"
#include "sim/kernel/emission_lanes.h"
#include "sim/kernel/lane.h"
#include "sim/member_constants.h"
#include "sim/member_run.h"
#include "sim/world_pair.h"

namespace domino::sim {
namespace {

/// What the members of a batch leave for the scenario they are the reference of.
struct BatchTraces {
    std::vector<ReferenceTrace> coupled, uncoupled;
};

/// Runs a batch of one world's members with coupling on and off, into a block of as many members.
BatchTraces run_side(const PreparedWorld& prepared, std::span<const MemberId> members,
                     const EnsembleOptions& options, const BatchTraces* reference, const Threads* helpers,
                     WorldBlock& block) {
    std::vector<MemberDraws> draws;
    for (const MemberId& id : members) draws.push_back(draw_member(*prepared.world, id));
    std::vector<MemberConstants> constants(members.size());
    run_shared(helpers, members.size(),
               [&](std::size_t m) { constants[m] = member_constants(prepared, draws[m]); });
    const auto run = [&](CouplingSwitch coupling, const BatchTraces* traces, PlaceYears* places,
                         const BatchRoute& route, const auto& trend_of) {
        std::vector<MemberInput> inputs;
        for (std::size_t m = 0; m < members.size(); ++m) {
            const std::vector<ReferenceTrace>* of = nullptr;
            if (traces != nullptr)
                of = coupling == CouplingSwitch::on ? &traces->coupled : &traces->uncoupled;
            inputs.push_back(
                {&draws[m], members[m], of != nullptr ? &(*of)[m] : nullptr, trend_of(m), &constants[m]});
        }
        auto outcomes =
            run_members(prepared, inputs, coupling, places, options.cancelled, best_instruction_set(), route);
        if (outcomes.empty()) throw Cancelled{};
        return outcomes;
    };
    BatchTraces left;
    PlaceYears places(prepared, members.size());
    BatchRoute coupled, uncoupled;
    coupled.threads = uncoupled.threads = helpers;
    std::vector<MemberOutcome> on =
        run(CouplingSwitch::on, reference, &places, coupled, [&](std::size_t m) -> const Trend* {
            return reference != nullptr ? &reference->coupled[m].trend : nullptr;
        });
    for (MemberOutcome& outcome : on) left.coupled.push_back(std::move(outcome.trace));
    block = make_block(prepared, on, std::move(places));
    on.clear();
    if (options.uncoupled == UncoupledTwin::leave_out) return left;
    AvoidedByEvents avoided(block.results, members.front().member);
    uncoupled.see_year = [&](std::size_t year, const EmissionLanes& emissions) {
        avoided.add_uncoupled_year(
            year, [&](std::size_t place) -> const DoubleLanes& { return emissions.place_year(place); });
    };
    std::vector<MemberOutcome> off =
        run(CouplingSwitch::off, reference, nullptr, uncoupled,
            [&](std::size_t m) -> const Trend* { return &left.coupled[m].trend; });
    fill_uncoupled(prepared, off, block);
    for (MemberOutcome& outcome : off) left.uncoupled.push_back(std::move(outcome.trace));
    return left;
}

/// Cuts slots into batches, whole ones first: those that are left over cost more for each member.
std::vector<SlotRange> cut_batches(std::span<const SlotRange> slots, int largest) {
    std::vector<SlotRange> whole, rest;
    for (const SlotRange& range : slots) {
        for (int begin = range.begin; begin < range.end; begin += largest) {
            const int end = std::min(begin + largest, range.end);
            (end - begin == largest ? whole : rest).push_back({begin, end});
        }
    }
    whole.insert(whole.end(), rest.begin(), rest.end());
    return whole;
}

/// How many batches run on one thread each. Of those after them some thread would find none left, so threads
/// that are free help with their steps.
std::size_t batches_alone(std::size_t batches, std::size_t threads) {
    const std::size_t in_last_rounds = threads + batches % threads;
    return batches > in_last_rounds ? batches - in_last_rounds : 0;
}

}  // namespace

double place_results_bytes(const World& world, int members, int worlds) {
    const double cells =
        static_cast<double>(world.places.size()) * static_cast<double>(world.calendar.years());
    const double bytes = cells * sizeof(float) +
                         static_cast<double>(world.places.size() * stage_count) * sizeof(std::uint16_t);
    return bytes * members * worlds;
}

EnsembleRun::EnsembleRun(const World& scenario, const World* reference, const EnsembleOptions& options)
    : options_(options), detail_(PlaceDetail::every_member) {
    if (options.members < 1) throw std::invalid_argument("an ensemble needs at least one member");
    if (options.batch_members < 1 || options.batch_members > most_batch_members)
        throw std::invalid_argument(fmt::format("a batch holds from 1 to {} members, not {}",
                                                most_batch_members, options.batch_members));
    if (reference != nullptr) check_pair(scenario, *reference);
    if (place_results_bytes(scenario, options.members, reference != nullptr ? 2 : 1) >
        static_cast<double>(options.place_memory_bytes)) {
        detail_ = PlaceDetail::distributions;
        if (options.members > most_sketched_members) {
            throw std::invalid_argument(fmt::format(
                "{} members are more than the {} that distributions of places hold; run fewer, or allow more "
                "memory for results of places",
                options.members, most_sketched_members));
        }
    }
    scenario_ = prepare(scenario);
    if (reference != nullptr) reference_ = prepare(*reference);
}

/// A batch larger than there are lanes is run in parts, one after the other.
EnsembleBlock EnsembleRun::run_batch(SlotRange slots, const Threads* helpers) const {
    const std::vector<SlotRange> parts = cut_batches(std::span(&slots, 1), static_cast<int>(lane_count));
    if (parts.size() == 1) return run_lanes(slots, helpers);
    EnsembleBlock whole{slots.begin, empty_block(scenario_, slots.size()), std::nullopt};
    if (reference_) whole.reference = empty_block(*reference_, slots.size());
    const auto put = [&](WorldBlock& to, WorldBlock& from, SlotRange part) {
        put_members(to, from, static_cast<std::size_t>(part.begin - slots.begin));
        to.results.events.insert(to.results.events.end(), from.results.events.begin(),
                                 from.results.events.end());
    };
    for (const SlotRange& part : parts) {
        EnsembleBlock block = run_lanes(part, helpers);
        put(whole.scenario, block.scenario, part);
        if (whole.reference) put(*whole.reference, *block.reference, part);
    }
    return whole;
}

EnsembleBlock EnsembleRun::run_lanes(SlotRange slots, const Threads* helpers) const {
    std::vector<MemberId> members;
    for (int slot = slots.begin; slot < slots.end; ++slot)
        members.push_back({options_.seed, options_.first_member + static_cast<std::uint32_t>(slot)});
    EnsembleBlock block{slots.begin, {}, std::nullopt};
    if (reference_) {
        const BatchTraces traces =
            run_side(*reference_, members, options_, nullptr, helpers, block.reference.emplace());
        run_side(scenario_, members, options_, &traces, helpers, block.scenario);
    } else {
        run_side(scenario_, members, options_, nullptr, helpers, block.scenario);
    }
    return block;
}

void EnsembleRun::run(std::span<const SlotRange> slots,
                      const std::function<void(EnsembleBlock&&)>& keep) const {
    int done = options_.members;
    for (const SlotRange& range : slots) done -= range.end - range.begin;
    // Taken around each batch, so that the order "inputs, members, results" is one the language defines (and
    // a thread sanitizer sees), not only one that TBB's scheduler happens to keep.
    std::mutex kept;
    const auto one_batch = [&](SlotRange batch, const Threads* helpers) {
        { const std::lock_guard started(kept); }
        if (options_.cancelled != nullptr && options_.cancelled->load(std::memory_order_relaxed)) return;
        EnsembleBlock block = run_batch(batch, helpers);
        const std::lock_guard lock(kept);
        keep(std::move(block));
        done += batch.end - batch.begin;
        if (options_.progress) options_.progress(done, options_.members);
    };
    const Threads threads(options_.threads);
    const std::vector<SlotRange> batches = cut_batches(slots, options_.batch_members);
    const std::size_t alone = batches_alone(batches.size(), static_cast<std::size_t>(threads.count()));
    std::atomic<std::size_t> next{0};  // in their order: the last to be begun are those that are shared
    threads.run_and_help(batches.size(), [&](std::size_t) {
        const std::size_t n = next++;
        one_batch(batches[n], n < alone ? nullptr : &threads);
    });
    const std::lock_guard all_done(kept);
    if (options_.cancelled != nullptr && options_.cancelled->load()) throw Cancelled{};
}

EnsembleResults run_ensemble(const World& scenario, const World* reference, const EnsembleOptions& options) {
    const EnsembleRun run(scenario, reference, options);
    EnsembleJoin join(run);
    const SlotRange all{0, options.members};
    run.run(std::span(&all, 1), [&](EnsembleBlock&& block) { join.add(std::move(block)); });
    return join.finish();
}

}  // namespace domino::sim
