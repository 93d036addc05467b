#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/ensemble.h"
#include "sim/statistics/resampler.h"

namespace domino::sim {

/// One outcome Y of every member, with coupling and without, on the same draws.
struct PairedOutcome {
    std::vector<double> on;   ///< [member]
    std::vector<double> off;  ///< [member]
};

/// Domino share (model page §8): (ΣY_on − ΣY_off)/ΣY_on over members, with the 5–95 % interval of a paired
/// bootstrap. Not stated, with a reason, where the interval of ΣY_on includes 0.
struct DominoShare {
    bool stated = false;
    std::string reason;
    double share = 0.0;
    double p05 = 0.0;
    double p95 = 0.0;
};

/// @p seed addresses the resampling; the same seed and outcomes give the same bits. Expects equally many
/// members on and off. Throws std::invalid_argument otherwise.
DominoShare domino_share(const PairedOutcome& outcome, std::uint64_t seed,
                         int replicates = bootstrap_replicates);

/// Y = commitments by the end of calendar year offset @p year that the run does not take as given.
/// @p first_member is EnsembleOptions::first_member.
PairedOutcome paired_commitments(const RunResults& on, const UncoupledTotals& off, std::size_t year,
                                 std::uint32_t first_member);

/// Y = tonnes avoided against the reference over calendar year offsets @p from … @p to, all countries, t
/// CO2e. Throws std::invalid_argument when the results have no reference.
PairedOutcome paired_avoided_t(const EnsembleResults& results, std::size_t from, std::size_t to);

}  // namespace domino::sim
