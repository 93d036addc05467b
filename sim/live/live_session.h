#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "sim/live/world_difference.h"
#include "sim/results.h"
#include "sim/world.h"

namespace domino::sim {

/// What threads do that find no batch of members left.
enum class IdleThreads {
    help_with_steps,  ///< of the batches that others run
    leave             ///< for who asks for many answers at once, and so has work for all threads
};

struct LiveOptions {
    int members = 20;
    int threads = 0;  ///< 0: all cores
    std::uint64_t seed = 1;
    std::uint32_t first_member = 0;
    /// Years between the points a run can be resumed from: more of them take less memory, and answers more
    /// time. ≥ 1.
    int years_between_snapshots = 1;
    /// No such points before this month: what is changed later resumes from the first after it.
    Month snapshots_from{0};
    IdleThreads idle_threads = IdleThreads::help_with_steps;
    const std::atomic<bool>* cancelled = nullptr;  ///< looked at once a simulated year
};

/// What a changed world comes to.
struct LiveAnswer {
    WorldDifference difference;  ///< from the baseline
    /// First month that was run again; the end of the run where nothing was.
    Month resumed_from;
    /// The coupled run: what run_ensemble(changed, &baseline, …).scenario gives, or that of the session's own
    /// reference, bit for bit.
    RunResults results;
};

/// A baseline kept ready for what-if questions. It is run once; what a changed world shares with it (draws,
/// conditioned coefficients, solved trends, the state of all members at the start of each year) is kept, and
/// only the years from the first difference on are run again. Answers do not depend on each other, nor on
/// threads; several may be asked for at once.
class LiveSession {
 public:
    /// Runs the baseline. Answers are paired with it, or with @p reference where there is one, which is run
    /// too and not needed any more. Throws std::invalid_argument as run_ensemble, and where options are out
    /// of range, and Cancelled.
    explicit LiveSession(World baseline, const LiveOptions& options = {}, const World* reference = nullptr);
    ~LiveSession();
    LiveSession(LiveSession&&) noexcept;
    LiveSession& operator=(LiveSession&&) noexcept;

    const World& baseline() const;
    const RunResults& baseline_results() const;

    /// Runs a changed world on the baseline's draws. Throws std::invalid_argument where the two do not match
    /// in months, steps, places, countries or technologies, or the world does not add up, and IdentityBroken
    /// and Cancelled as run_ensemble.
    LiveAnswer answer(const World& changed) const;

    /// Memory of the states kept to resume from.
    std::size_t snapshot_bytes() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace domino::sim
