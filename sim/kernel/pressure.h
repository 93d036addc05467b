#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/kernel/instruction_set.h"

namespace domino::sim {

/// Members whose binary states share a machine word.
inline constexpr std::size_t word_members = 64;

/// `pressure[m] = Σ_e weight[e] · bit m of state[source[e]]`: what committed neighbours add up to in 64
/// members at once. Weights of a row add up to at most 65,535, so the sum is exact in 16 bits and in any
/// order.
using PressureSum = void (*)(const std::uint64_t* state, const std::uint32_t* source,
                             const std::uint16_t* weight, std::size_t edges, std::uint16_t* pressure);

/// Rates of 64 members a step, in fixed point.
struct WordRates {
    std::array<std::uint32_t, word_members> spontaneous{}, contagion{}, shift{};
};

/// A row's step: `due[m] = max(0, due[m] − spontaneous[m] − (contagion[m]·pressure[m] >> shift[m]))` with the
/// pressure of its edges; returns the bits of the members in which nothing is left: their cumulative hazard
/// has reached their draw. 32-bit fixed point, contagion[m]·pressure[m] < 2³².
using RowStep = std::uint64_t (*)(const std::uint64_t* state, const std::uint32_t* source,
                                  const std::uint16_t* weight, std::size_t edges, const WordRates& rates,
                                  std::uint32_t* due);

struct BinaryKernels {
    PressureSum sum_pressure = nullptr;
    RowStep step_row = nullptr;
};

/// The same results for every instruction set; throws std::invalid_argument for one this machine lacks.
BinaryKernels binary_kernels(InstructionSet set);

}  // namespace domino::sim
