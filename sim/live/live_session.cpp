#include "sim/live/live_session.h"

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "sim/batch_snapshot.h"
#include "sim/ensemble.h"
#include "sim/ensemble_join.h"
#include "sim/ensemble_threads.h"
#include "sim/member_run.h"
#include "sim/place_years.h"
#include "sim/prepared_world.h"
#include "sim/world_pair.h"

namespace domino::sim {
namespace {

/// What is kept of one member.
struct LiveMember {
    MemberId id;
    MemberConstants constants;
    ReferenceTrace trace;  ///< of the reference, or of the baseline where it is its own
};

/// Members stepped together, by slot.
struct LiveBatch {
    std::size_t begin = 0;
    std::size_t end = 0;
    PlaceYears places;
    std::vector<BatchSnapshot> snapshots;  ///< ascending
};

/// Whole ones, and the rest, which costs less the fewer it holds (TechnologyPacks).
std::vector<LiveBatch> cut_batches(std::size_t members) {
    std::vector<LiveBatch> batches;
    for (std::size_t begin = 0; begin < members; begin += lane_count) {
        LiveBatch& batch = batches.emplace_back();
        batch.begin = begin;
        batch.end = std::min(begin + lane_count, members);
    }
    return batches;
}

}  // namespace

struct LiveSession::Impl {
    Impl(World world, const LiveOptions& wanted, const World* reference)
        : baseline(std::move(world)), options(wanted), threads(wanted.threads), prepared(prepare(baseline)) {
        if (options.members < 1) throw std::invalid_argument("a live session needs at least one member");
        if (options.years_between_snapshots < 1)
            throw std::invalid_argument("a live session needs a year or more between snapshots");
        for (int slot = 0; slot < options.members; ++slot)
            members.push_back(
                {{options.seed, options.first_member + static_cast<std::uint32_t>(slot)}, {}, {}});
        batches = cut_batches(members.size());
        if (reference != nullptr) run_reference(*reference);
        results = run(prepared, batches, [&](LiveBatch& batch) { return run_baseline(batch); });
    }

    /// Runs all batches and joins what they leave.
    template <class Batches, class RunBatch>
    RunResults run(const PreparedWorld& world, Batches& all, RunBatch run_batch) const {
        std::vector<std::optional<WorldBlock>> blocks(all.size());
        threads.run_and_help(all.size(), [&](std::size_t n) { blocks[n] = run_batch(all[n]); });
        EnsembleOptions ensemble;
        ensemble.members = options.members;
        ensemble.first_member = options.first_member;
        WorldJoin join(world, ensemble, PlaceDetail::every_member);
        for (std::size_t n = 0; n < all.size(); ++n)
            join.add(std::move(*blocks[n]), static_cast<int>(all[n].begin));
        UncoupledTotals none;
        RunResults joined = join.finish(none);
        require_identities(joined);
        return joined;
    }

    void run_reference(const World& reference) {
        check_pair(baseline, reference);
        const PreparedWorld ready = prepare(reference);
        threads.run_and_help(batches.size(), [&](std::size_t n) {
            const std::vector<MemberDraws> draws = draws_of(reference, batches[n]);
            std::vector<MemberInput> inputs;
            for (std::size_t m = 0; m < draws.size(); ++m)
                inputs.push_back({&draws[m], members[batches[n].begin + m].id});
            keep_traces(batches[n], step(ready, inputs, nullptr, {}));
        });
        referred = true;
    }

    void keep_traces(const LiveBatch& batch, std::vector<MemberOutcome>&& outcomes) {
        for (std::size_t n = 0; n < outcomes.size(); ++n)
            members[batch.begin + n].trace = std::move(outcomes[n].trace);
    }

    std::vector<MemberOutcome> step(const PreparedWorld& world, std::span<const MemberInput> inputs,
                                    PlaceYears* places, BatchRoute route) const {
        const bool help = options.idle_threads == IdleThreads::help_with_steps && threads.count() > 1;
        route.threads = help ? &threads : nullptr;
        auto outcomes = run_members(world, inputs, CouplingSwitch::on, places, options.cancelled,
                                    best_instruction_set(), route);
        if (outcomes.empty()) throw Cancelled{};
        return outcomes;
    }

    WorldBlock run_baseline(LiveBatch& batch) {
        const std::vector<MemberDraws> draws = draws_of(baseline, batch);
        std::vector<MemberInput> inputs;
        for (std::size_t n = 0; n < draws.size(); ++n) {
            LiveMember& member = members[batch.begin + n];
            member.constants = member_constants(prepared, draws[n]);
            inputs.push_back({&draws[n], member.id, referred ? &member.trace : nullptr,
                              referred ? &member.trace.trend : nullptr, &member.constants});
        }
        BatchRoute route;
        route.keep = [&](BatchSnapshot&& snapshot) {
            if (baseline.calendar.month(snapshot.step) < options.snapshots_from) return;
            const int between = 12 * options.years_between_snapshots;
            if (!batch.snapshots.empty() && snapshot.step - batch.snapshots.back().step < between) return;
            batch.snapshots.push_back(std::move(snapshot));
        };
        batch.places = PlaceYears(prepared, draws.size());
        auto outcomes = step(prepared, inputs, &batch.places, route);
        WorldBlock block = make_block(prepared, outcomes, PlaceYears(batch.places));
        if (!referred) keep_traces(batch, std::move(outcomes));
        return block;
    }

    LiveAnswer answer(const World& changed) const {
        LiveAnswer answer;
        answer.difference = first_difference(baseline, changed);
        answer.resumed_from = baseline.calendar.end();
        if (answer.difference.none()) {
            answer.results = results;
            return answer;
        }
        const PreparedWorld again = prepare(changed);
        answer.results = run(again, batches,
                             [&](const LiveBatch& batch) { return rerun(again, answer.difference, batch); });
        const BatchSnapshot* from = latest_before(batches.front(), answer.difference.from);
        answer.resumed_from = baseline.calendar.month(from != nullptr ? from->step : 0);
        return answer;
    }

    /// The last snapshot in which the two worlds are still the same, or none.
    const BatchSnapshot* latest_before(const LiveBatch& batch, Month difference) const {
        const BatchSnapshot* latest = nullptr;
        for (const BatchSnapshot& snapshot : batch.snapshots) {
            if (baseline.calendar.month(snapshot.step) <= difference) latest = &snapshot;
        }
        return latest;
    }

    WorldBlock rerun(const PreparedWorld& changed, const WorldDifference& difference,
                     const LiveBatch& batch) const {
        const World& world = *changed.world;
        const std::vector<MemberDraws> draws = draws_of(world, batch);
        const bool from_the_start = difference.from == world.calendar.first;
        const bool other_paths = world.countries != baseline.countries;
        std::vector<MemberConstants> constants;
        std::vector<MemberInput> inputs;
        for (std::size_t n = 0; n < draws.size(); ++n) {
            const LiveMember& member = members[batch.begin + n];
            inputs.push_back({&draws[n], member.id, &member.trace, &member.trace.trend,
                              from_the_start ? nullptr : &member.constants});
            if (!from_the_start && other_paths) {
                constants.push_back(member.constants);
                constants.back().paths = all_country_paths(world, draws[n]);
            }
        }
        for (std::size_t n = 0; n < constants.size(); ++n) inputs[n].constants = &constants[n];
        BatchRoute route;
        route.from = latest_before(batch, difference.from);
        // Years before the snapshot stay, the others are put down anew.
        PlaceYears places = route.from != nullptr ? batch.places : PlaceYears(changed, draws.size());
        auto outcomes = step(changed, inputs, &places, route);
        return make_block(changed, outcomes, std::move(places));
    }

    std::vector<MemberDraws> draws_of(const World& world, const LiveBatch& batch) const {
        std::vector<MemberDraws> draws;
        for (std::size_t slot = batch.begin; slot < batch.end; ++slot)
            draws.push_back(draw_member(world, members[slot].id));
        return draws;
    }

    World baseline;
    LiveOptions options;
    Threads threads;
    PreparedWorld prepared;
    std::vector<LiveMember> members;
    std::vector<LiveBatch> batches;
    bool referred = false;  ///< whether members keep the traces of a reference
    RunResults results;
};

LiveSession::LiveSession(World baseline, const LiveOptions& options, const World* reference)
    : impl_(std::make_unique<Impl>(std::move(baseline), options, reference)) {}
LiveSession::~LiveSession() = default;
LiveSession::LiveSession(LiveSession&&) noexcept = default;
LiveSession& LiveSession::operator=(LiveSession&&) noexcept = default;

const World& LiveSession::baseline() const {
    return impl_->baseline;
}

const RunResults& LiveSession::baseline_results() const {
    return impl_->results;
}

LiveAnswer LiveSession::answer(const World& changed) const {
    return impl_->answer(changed);
}

std::size_t LiveSession::snapshot_bytes() const {
    std::size_t bytes = 0;
    for (const LiveBatch& batch : impl_->batches) {
        for (const BatchSnapshot& snapshot : batch.snapshots) bytes += snapshot.bytes();
    }
    return bytes;
}

}  // namespace domino::sim
