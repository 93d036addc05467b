#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/kernel/lane_array.h"
#include "sim/kernel/pressure.h"
#include "sim/random.h"

namespace domino::sim {

/// A graph as the word kernel runs it: rows in the order they are visited, weights in 16-bit fixed point. A
/// row's weights are divided by max(1, their sum) and rounded down by less than 1/65,535 of the row each, so
/// that they never add up to more than 1.
struct WordGraph {
    std::vector<std::uint32_t> row_begin;
    std::vector<std::uint32_t> source;
    std::vector<std::uint16_t> weight;
    std::vector<std::uint64_t> key;  ///< what a row's draws are addressed by

    std::size_t rows() const { return key.size(); }
};

/// p and q of one member, per step.
struct ContagionRates {
    double spontaneous = 0.0;
    double contagion = 0.0;
};

/// The same in the kernel's fixed point: spontaneous + (contagion · pressure >> shift) units of 2⁻²⁶ a step.
struct FixedRates {
    std::uint32_t spontaneous = 0;
    std::uint32_t contagion = 0;
    std::uint32_t shift = 0;

    std::uint32_t hazard(std::uint32_t pressure) const {
        return spontaneous + (contagion * pressure >> shift);
    }
};

inline constexpr double largest_contagion_rate = 16.0;  ///< p + q a step

/// Throws std::invalid_argument for a negative rate, or p + q > 16 a step.
FixedRates fix_rates(const ContagionRates& rates);

inline constexpr std::uint16_t never_reached = 0xFFFF;

/// `h = p + q Σ w y` in up to 64 members at once, absorbing: a row commits at the first step at which its
/// cumulative hazard, in fixed point of 2⁻²⁶, reaches its one Exp(1) draw, addressed by (seed, member, key).
/// Everybody sees the state at the start of the step. Exact integers: the same result for any instruction
/// set, any order of edges within a row and any company of members. Rates are rounded to 2⁻²⁶ (p) and to a
/// relative 2⁻¹⁶ (q); a rate of 1/240 a step and more is exact to 4e-6.
class ContagionWords {
 public:
    /// Throws std::invalid_argument for no or more than 64 members, a negative rate, or p + q > 16 a step.
    ContagionWords(const WordGraph& graph, std::uint64_t seed, std::span<const std::uint32_t> members,
                   std::span<const ContagionRates> rates,
                   InstructionSet instructions = best_instruction_set());

    /// Rows that are committed before the first step, in every member.
    void seed_rows(std::span<const std::uint32_t> rows);
    void step();

    /// Bit m: whether the row has committed in member m.
    std::uint64_t state(std::uint32_t row) const { return state_[row]; }
    /// Step (from 0) at which a row committed in a member, or never_reached.
    std::uint16_t committed_step(std::uint32_t row, std::size_t member) const {
        return step_of_[row * word_members + member];
    }
    std::uint64_t members_mask() const { return mask_; }

 private:
    const WordGraph& graph_;
    BinaryKernels kernels_;
    std::uint64_t mask_ = 0;  ///< bits of the members that exist
    std::uint16_t now_ = 0;
    WordRates rates_;
    std::vector<std::uint32_t, LargePages<std::uint32_t>> due_;  ///< [row][member], hazard still to come
    std::vector<std::uint64_t> state_, next_;
    std::vector<std::uint16_t, LargePages<std::uint16_t>> step_of_;  ///< [row][member]
};

/// Turns compressed rows into the kernel's form. `weights` are not negative; throws std::invalid_argument for
/// arrays that do not fit each other.
WordGraph make_word_graph(std::span<const std::size_t> row_begin, std::span<const std::uint32_t> source,
                          std::span<const double> weight, std::span<const std::uint64_t> key);

}  // namespace domino::sim
