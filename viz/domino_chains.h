#pragma once

#include <cstdint>
#include <vector>

#include "sim/results.h"
#include "viz/event_summary.h"

namespace domino::viz {

/// A sequence of places of which each set off the next.
struct DominoChain {
    std::vector<std::uint32_t> places;   ///< first to last
    std::vector<std::uint8_t> causes;    ///< of each step, one fewer than places
    std::vector<std::uint32_t> members;  ///< members in which the chain runs at least to this step
    std::vector<double> median_years;    ///< of each place's commitment, calendar years
};

/// The longest chains of the ledger: first those of most steps (at most @p longest_steps are told) that ran
/// whole in at least two members and 2 % of them, most frequent first, then shorter ones down to single
/// steps, whatever their number; none shares a step with another. Years are medians over the members in which
/// the chain ran whole. Deterministic: ties go to the smaller places.
std::vector<DominoChain> find_longest_chains(const scenarios::BuiltWorld& built,
                                             const sim::RunResults& results, std::size_t count = 4,
                                             std::size_t longest_steps = 3);

}  // namespace domino::viz
