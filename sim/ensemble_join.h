#pragma once

#include <optional>
#include <vector>

#include "sim/ensemble.h"
#include "sim/slot_coverage.h"
#include "sim/world_block.h"

namespace domino::sim {

/// Joins the blocks of one world into its results. Blocks may come in any order; the results are the same.
class WorldJoin {
 public:
    WorldJoin(const PreparedWorld& prepared, const EnsembleOptions& options, PlaceDetail detail);

    /// `first_slot`: place of the block's first member among all.
    void add(WorldBlock&& block, int first_slot);
    /// Means, credits and identities; the join is spent.
    RunResults finish(UncoupledTotals& uncoupled);

 private:
    const PreparedWorld& prepared_;
    std::uint32_t first_member_;
    WorldBlock whole_;                                  ///< events come with finishing
    std::vector<std::vector<CommitmentEvent>> events_;  ///< by first slot of a block
};

/// Joins the blocks of a run into its results.
class EnsembleJoin {
 public:
    /// What stands in `run` must outlive the join.
    explicit EnsembleJoin(const EnsembleRun& run);

    /// Adds a block of the run. Throws as SlotCoverage::add.
    void add(EnsembleBlock&& block);
    /// Slots that no block has brought yet, ascending.
    std::vector<SlotRange> missing() const;
    /// The results, once nothing is missing. Throws std::logic_error if something is, and IdentityBroken when
    /// an identity does not hold. The join is spent.
    EnsembleResults finish();

 private:
    int members_;
    SlotCoverage coverage_;
    WorldJoin scenario_;
    std::optional<WorldJoin> reference_;
};

}  // namespace domino::sim
