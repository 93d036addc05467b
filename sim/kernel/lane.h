#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/kernel/instruction_set.h"

/// Functions of one lane are written once and inlined into loops over lanes, which are compiled for several
/// instruction sets: they must never become calls of their own.
#define DOMINO_INLINE inline __attribute__((always_inline))

namespace domino::sim {

/// Members that are stepped side by side.
inline constexpr std::size_t lane_count = 16;

/// One float for each of sixteen members. Arithmetic is elementwise and every sum over edges or technologies
/// runs in the same order in each lane, so the bits do not depend on the width of the machine's vectors.
struct alignas(64) Lanes {
    std::array<float, lane_count> of{};

    float& operator[](std::size_t member) { return of[member]; }
    float operator[](std::size_t member) const { return of[member]; }
};

/// Counts in fixed point, one for each member.
struct alignas(64) IntLanes {
    std::array<std::int32_t, lane_count> of{};

    std::int32_t& operator[](std::size_t member) { return of[member]; }
    std::int32_t operator[](std::size_t member) const { return of[member]; }
};

/// Bit m: whether something holds in member m.
using MemberBits = std::uint16_t;
static_assert(lane_count == 16);

/// Calls `act` for the number of each bit that is set.
template <class Act>
void each_member(MemberBits bits, Act act) {
    for (unsigned left = bits; left != 0; left &= left - 1)
        act(static_cast<std::size_t>(std::countr_zero(left)));
}

/// Sums over places are kept in double.
struct alignas(64) DoubleLanes {
    std::array<double, lane_count> of{};

    double& operator[](std::size_t member) { return of[member]; }
    double operator[](std::size_t member) const { return of[member]; }
};

/// A value of each member side by side; empty lanes repeat the last member.
template <class Member, class Value>
Lanes across(std::span<const Member> members, Value value) {
    Lanes lanes;
    for (std::size_t m = 0; m < lane_count; ++m)
        lanes[m] = static_cast<float>(value(members[std::min(m, members.size() - 1)]));
    return lanes;
}

/// Calls a function of the member's lane for each lane. Lanes do not look at each other, which the pragmas
/// tell the vectoriser; unrolled to single numbers first, the loop would not become vectors.
template <class Function>
DOMINO_INLINE void each_lane(Function function) {
#pragma GCC ivdep
#pragma GCC unroll 1
    for (std::size_t m = 0; m < lane_count; ++m) function(m);
}

#if defined(__x86_64__)
template <class Kernel>
__attribute__((target("arch=x86-64-v4"))) void run_avx512(const Kernel& kernel) {
    kernel.run();
}
template <class Kernel>
__attribute__((target("arch=x86-64-v3"))) void run_avx2(const Kernel& kernel) {
    kernel.run();
}
#endif

/// Runs a kernel's run(), which is DOMINO_INLINE and so compiled once for each instruction set.
template <class Kernel>
void run_kernel(const Kernel& kernel, InstructionSet instructions) {
#if defined(__x86_64__)
    if (instructions == InstructionSet::avx512) return run_avx512(kernel);
    if (instructions == InstructionSet::avx2) return run_avx2(kernel);
#endif
    kernel.run();
}

}  // namespace domino::sim
