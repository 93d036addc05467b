#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>

#include "sim/results.h"
#include "sim/slot_range.h"
#include "sim/world.h"
#include "sim/world_block.h"

namespace domino::sim {

class Threads;

/// Whether each member is run a second time without coupling: what the domino share and the tonnes of events
/// need, and differences between scenarios do not.
enum class UncoupledTwin : std::uint8_t { run, leave_out };

inline constexpr int most_batch_members = 128;

struct EnsembleOptions {
    int members = 100;
    int threads = 0;         ///< 0: all cores
    int batch_members = 16;  ///< done and handed on at a time, 1 to most_batch_members; results do not change
    std::uint64_t seed = 1;
    std::uint32_t first_member = 0;
    /// Results of places are kept member by member up to this many bytes, else as distributions.
    std::size_t place_memory_bytes = std::size_t{2} << 30;
    UncoupledTwin uncoupled = UncoupledTwin::run;
    std::function<void(int done, int total)> progress;  ///< called from any thread, one call at a time
    const std::atomic<bool>* cancelled = nullptr;       ///< checked between members
};

/// A scenario, its reference on the same draws, and both without coupling, whose totals are empty where the
/// options leave that out.
struct EnsembleResults {
    RunResults scenario;
    std::optional<RunResults> reference;
    UncoupledTotals scenario_uncoupled;
    std::optional<UncoupledTotals> reference_uncoupled;
};

/// Thrown when `cancelled` was set; nothing is returned.
struct Cancelled {};

/// Thrown when people, emissions, money or stock do not add up: a defect of the program, never of the input.
class IdentityBroken : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// What consecutive members of a run leave: of the scenario, and of the reference where there is one.
struct EnsembleBlock {
    int first_slot = 0;
    WorldBlock scenario;
    std::optional<WorldBlock> reference;

    SlotRange slots() const { return {first_slot, first_slot + scenario.results.members}; }
};

/// Throws IdentityBroken for the first identity that does not hold.
void require_identities(const RunResults& results);

/// Bytes that results of places take when they are kept member by member; `worlds` is 2 with a reference.
double place_results_bytes(const World& world, int members, int worlds);

/// A run made ready: worlds prepared once, members run in any portions, on this machine or on several.
class EnsembleRun {
 public:
    /// The worlds must outlive the run. Throws std::invalid_argument when there is no member, when the two
    /// worlds do not match (places, countries, technologies, months), when there are more members than
    /// distributions hold, or more in a batch than may be.
    EnsembleRun(const World& scenario, const World* reference, const EnsembleOptions& options);

    const EnsembleOptions& options() const { return options_; }
    const PreparedWorld& scenario() const { return scenario_; }
    const PreparedWorld* reference() const { return reference_ ? &*reference_ : nullptr; }
    PlaceDetail place_detail() const { return detail_; }

    /// Runs the members of `slots` and hands each batch of them on as soon as it is done; `keep` is called
    /// from any thread, one call at a time. `progress` counts the members outside `slots` as done. A block
    /// depends on its members alone, not on the batches or threads. Throws Cancelled, and what `keep` throws.
    void run(std::span<const SlotRange> slots, const std::function<void(EnsembleBlock&&)>& keep) const;

 private:
    EnsembleBlock run_batch(SlotRange slots, const Threads* helpers) const;
    EnsembleBlock run_lanes(SlotRange slots, const Threads* helpers) const;

    EnsembleOptions options_;
    PreparedWorld scenario_;
    std::optional<PreparedWorld> reference_;
    PlaceDetail detail_;
};

/// Runs every member of `scenario` (and of `reference`, same places, countries and technologies, same
/// draws). Deterministic: the same bytes for any number of threads. Throws as EnsembleRun, Cancelled, and
/// IdentityBroken when an identity does not hold.
EnsembleResults run_ensemble(const World& scenario, const World* reference, const EnsembleOptions& options);

}  // namespace domino::sim
