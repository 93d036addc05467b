#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/kernel/instruction_set.h"
#include "sim/kernel/lane.h"

namespace domino::sim {

/// One in the units of sums of shares: 2⁻⁴⁰.
inline constexpr double share_unit = 0x1.0p40;

/// Σ over the first `members` lanes of part/whole, each share held within [0, 1] and rounded to a multiple of
/// 2⁻⁴⁰ (half up; 0 where the whole is 0), into `sums` in these units. Every sum is a whole number below 2⁵³,
/// so it is exact and has no order. An empty `wholes` stands for ones. Spans are equally long.
void sum_shares(std::span<const Lanes> parts, std::span<const Lanes> wholes, std::size_t members,
                std::span<std::uint64_t> sums, InstructionSet instructions = best_instruction_set());

}  // namespace domino::sim
