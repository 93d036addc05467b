#include "scenarios/search/plan_simulator.h"

#include <mutex>
#include <optional>
#include <utility>

#include "sim/ensemble.h"

namespace domino::scenarios {
namespace {

sim::LiveOptions live_options(const SimulatorOptions& options, const sim::Threads& threads) {
    sim::LiveOptions live;
    live.members = options.members;
    live.first_member = options.first_member;
    live.seed = options.seed;
    live.threads = threads.count();
    live.snapshots_from = options.changes_from;
    // Threads take a world each; its members fill the lanes.
    live.batches = 1;
    live.cancelled = options.cancelled;
    return live;
}

sim::World on_clock(sim::World world, int months_per_step) {
    if (months_per_step > 0) world.calendar.months_per_step = months_per_step;
    return world;
}

/// The reference on the same clock, or none.
std::optional<sim::World> on_clock(const sim::World* reference, int months_per_step) {
    if (reference == nullptr) return std::nullopt;
    return on_clock(*reference, months_per_step);
}

sim::LiveSession make_session(const sim::World& without, const sim::World* reference,
                              const SimulatorOptions& options, const sim::Threads& threads) {
    const auto timed = on_clock(reference, options.months_per_step);
    return sim::LiveSession(on_clock(without, options.months_per_step), live_options(options, threads),
                            timed ? &*timed : nullptr);
}

}  // namespace

PlanSimulator::PlanSimulator(const StrategyWorlds& worlds, const BuiltWorld& without,
                             const sim::World* reference, const SimulatorOptions& options,
                             const sim::Threads& threads)
    : worlds_(worlds),
      without_(without),
      options_(options),
      threads_(threads),
      session_(make_session(without.world, reference, options, threads)),
      meter_(options.aim, options.until, session_.baseline(), without.targets, session_.baseline_results()) {}

std::vector<sim::MemberValues> PlanSimulator::gains(std::size_t worlds,
                                                    const std::function<sim::World(std::size_t)>& world_of,
                                                    const std::function<void(std::size_t)>& done) const {
    std::vector<sim::MemberValues> values(worlds);
    std::mutex reported;
    std::size_t finished = 0;
    threads_.run(worlds, [&](std::size_t n) {
        if (options_.cancelled != nullptr && options_.cancelled->load(std::memory_order_relaxed))
            throw sim::Cancelled{};
        const sim::LiveAnswer answer = session_.answer(on_clock(world_of(n), options_.months_per_step));
        values[n] = meter_.gain(answer.results);
        const std::lock_guard lock(reported);
        if (done) done(++finished);
    });
    return values;
}

std::vector<sim::MemberValues> PlanSimulator::gains(const std::vector<StrategyPlan>& plans,
                                                    const std::function<void(std::size_t)>& done) const {
    return gains(
        plans.size(), [&](std::size_t n) { return worlds_.with(plans[n]); }, done);
}

std::size_t PlanSimulator::targets() const {
    return meter_.targets();
}

}  // namespace domino::scenarios
