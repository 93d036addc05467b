#pragma once

#include <cstdint>
#include <vector>

#include "sim/ensemble.h"
#include "sim/member_run.h"

namespace domino::sim {

/// Means over members that do not depend on the order of addition: each value in [0, 1] enters as an integer
/// multiple of 2⁻⁴⁰, so sums are exact up to 2²² members. One per thread; merged at the end.
struct MeanAccumulator {
    std::vector<std::uint64_t> capacity;  ///< [place][year]
    std::vector<std::uint64_t> adoption;  ///< [technology][place][year]
};

/// Puts members into RunResults. Different members may be collected from different threads at once: they
/// write to different elements.
class ResultCollector {
 public:
    ResultCollector(const PreparedWorld& prepared, const EnsembleOptions& options);

    void collect(MemberOutcome&& outcome, int slot, MeanAccumulator& means);
    MeanAccumulator empty_means() const;
    /// Joins events in member order, means and identities; the collector is spent.
    RunResults finish(const std::vector<MeanAccumulator>& means);

 private:
    const PreparedWorld& prepared_;
    std::size_t touched_;      ///< touched years
    std::size_t first_whole_;  ///< index of the first whole year among the touched
    RunResults results_;
    std::vector<std::vector<CommitmentEvent>> events_;
    std::vector<MemberIdentities> identities_;
    std::vector<MemberCredits> credits_;
};

/// Totals of a member without coupling into slot `slot`.
void collect_uncoupled(const PreparedWorld& prepared, const MemberOutcome& outcome, int slot, int members,
                       UncoupledTotals& totals);

}  // namespace domino::sim
