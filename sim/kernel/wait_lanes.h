#pragma once

#include <cstdint>
#include <span>

#include "sim/kernel/instruction_set.h"

namespace domino::sim {

/// Hazard in fixed point: draws up to 64, beyond which e^-64 never comes.
inline constexpr double one_hazard = 0x1.0p26;

/// The Exp(1) draw of a row in a member, in units of 2⁻²⁶, rounded up. Members 4n to 4n + 3 have the four
/// words of one address (seed, n, key).
std::uint32_t fixed_wait(std::uint64_t seed, std::uint32_t member, std::uint64_t key);

/// The same of up to 64 members; members in ascending order take the fewest words. The same numbers for every
/// instruction set.
void fixed_waits(std::uint64_t seed, std::span<const std::uint32_t> members, std::uint64_t key,
                 std::uint32_t* waits, InstructionSet instructions = best_instruction_set());

}  // namespace domino::sim
