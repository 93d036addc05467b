#pragma once

#include <cstdint>

namespace domino::sim {

/// Vector units the lanes are compiled for. Which one runs changes the time and not a bit of the result.
enum class InstructionSet : std::uint8_t { baseline, avx2, avx512 };

/// The widest this machine has.
InstructionSet best_instruction_set();

/// Whether this machine can run it.
bool has_instruction_set(InstructionSet set);

}  // namespace domino::sim
