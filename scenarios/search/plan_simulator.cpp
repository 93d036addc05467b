#include "scenarios/search/plan_simulator.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
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
    // Threads take a world each.
    live.idle_threads = sim::IdleThreads::leave;
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

/// Fills in what the other ranks have run: rank r every r-th of `ranks`.
void exchange(const SearchShare& share, int members, std::vector<sim::MemberValues>& values) {
    const auto ranks = static_cast<std::size_t>(share.ranks);
    const std::size_t bytes = static_cast<std::size_t>(members) * sizeof(double);
    std::string own;
    for (auto n = static_cast<std::size_t>(share.rank); n < values.size(); n += ranks)
        own.append(reinterpret_cast<const char*>(values[n].data()), bytes);
    const std::vector<std::string> all = share.exchange(own);
    for (std::size_t n = 0; n < values.size(); ++n) {
        const std::string& text = all.at(n % ranks);
        const std::size_t at = n / ranks * bytes;
        if (text.size() < at + bytes)
            throw std::runtime_error("another rank has run other plans; are all ranks of one build?");
        values[n].resize(static_cast<std::size_t>(members));
        std::memcpy(values[n].data(), text.data() + at, bytes);
    }
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
    const auto ranks = static_cast<std::size_t>(options_.share.ranks);
    std::vector<std::size_t> mine;
    for (auto n = static_cast<std::size_t>(options_.share.rank); n < worlds; n += ranks) mine.push_back(n);
    std::mutex reported;
    std::size_t finished = 0;
    threads_.run(mine.size(), [&](std::size_t k) {
        if (options_.cancelled != nullptr && options_.cancelled->load(std::memory_order_relaxed))
            throw sim::Cancelled{};
        const std::size_t n = mine[k];
        const sim::LiveAnswer answer = session_.answer(on_clock(world_of(n), options_.months_per_step));
        values[n] = meter_.gain(answer.results);
        const std::lock_guard lock(reported);
        if (done) done(std::min(worlds, ++finished * ranks));
    });
    if (ranks > 1) exchange(options_.share, options_.members, values);
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
