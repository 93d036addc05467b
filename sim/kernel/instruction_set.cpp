#include "sim/kernel/instruction_set.h"

namespace domino::sim {

bool has_instruction_set(InstructionSet set) {
#if defined(__x86_64__)
    if (set == InstructionSet::avx512) {
        return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
               __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
    }
    if (set == InstructionSet::avx2) return __builtin_cpu_supports("avx2") != 0;
#endif
    return set == InstructionSet::baseline;
}

InstructionSet best_instruction_set() {
    if (has_instruction_set(InstructionSet::avx512)) return InstructionSet::avx512;
    if (has_instruction_set(InstructionSet::avx2)) return InstructionSet::avx2;
    return InstructionSet::baseline;
}

}  // namespace domino::sim
