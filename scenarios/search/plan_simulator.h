#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/world/strategy_worlds.h"
#include "sim/ensemble_threads.h"
#include "sim/live/live_session.h"
#include "sim/selection/gain_meter.h"

namespace domino::scenarios {

/// Searches side by side, as ranks of MPI, that share what each of them would run: all come to the same, bit
/// for bit.
struct SearchShare {
    int rank = 0, ranks = 1;
    /// Gives everybody what each has, by rank. Called by all alike.
    std::function<std::vector<std::string>(const std::string& own)> exchange;
};

/// Which members plans are tried on, and what counts.
struct SimulatorOptions {
    sim::Aim aim = sim::Aim::abatement;
    int until = 0;  ///< last year that counts
    int members = 16;
    std::uint32_t first_member = 0;
    std::uint64_t seed = 1;
    sim::Month changes_from;  ///< no plan changes anything before
    int months_per_step = 0;  ///< of a coarser clock than the scenario's; 0: its own
    const std::atomic<bool>* cancelled = nullptr;
    SearchShare share = {};
};

/// Tells what a strategy gains over having none, each on the same draws. Members run coupled only, from the
/// first month on in which a plan changes anything.
class PlanSimulator {
 public:
    /// Runs the world without a strategy, paired with the scenario's reference where it has one. What is
    /// given must outlive this. Throws as LiveSession.
    PlanSimulator(const StrategyWorlds& worlds, const BuiltWorld& without, const sim::World* reference,
                  const SimulatorOptions& options, const sim::Threads& threads);

    /// What each of a number of worlds gains, by member; they are asked for one by one, and run side by side.
    /// @p done is told after each how many are done, about, one call at a time. The same for any threads and
    /// ranks.
    std::vector<sim::MemberValues> gains(std::size_t worlds,
                                         const std::function<sim::World(std::size_t)>& world_of,
                                         const std::function<void(std::size_t)>& done = {}) const;
    std::vector<sim::MemberValues> gains(const std::vector<StrategyPlan>& plans,
                                         const std::function<void(std::size_t)>& done = {}) const;

    /// Country targets that count towards Aim::gap.
    std::size_t targets() const;

 private:
    const StrategyWorlds& worlds_;
    const BuiltWorld& without_;
    SimulatorOptions options_;
    const sim::Threads& threads_;
    sim::LiveSession session_;
    sim::GainMeter meter_;
};

}  // namespace domino::scenarios
