#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>

#include "sim/results.h"
#include "sim/world.h"

namespace domino::sim {

struct EnsembleOptions {
    int members = 100;
    int threads = 0;  ///< 0: all cores
    std::uint64_t seed = 1;
    std::uint32_t first_member = 0;
    std::function<void(int done, int total)> progress;  ///< called from any thread, one call at a time
    const std::atomic<bool>* cancelled = nullptr;       ///< checked between members
};

/// Totals of a run without coupling: what the domino share needs.
struct UncoupledTotals {
    std::vector<std::uint32_t> commitments;  ///< [year][member], cumulative count of committed places
    std::vector<double> emissions_t;         ///< [country][year][member], places' sectors + remainder
};

/// A scenario, its reference on the same draws, and both without coupling.
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

/// Runs every member of `scenario` (and of `reference`, same places, countries and technologies, same
/// draws). Deterministic: the same bytes for any number of threads. Throws std::invalid_argument when the two
/// worlds do not match, Cancelled, and IdentityBroken when an identity does not hold.
EnsembleResults run_ensemble(const World& scenario, const World* reference, const EnsembleOptions& options);

}  // namespace domino::sim
