#pragma once

#include <cstddef>
#include <optional>

#include "sim/selection/selection_problem.h"
#include "sim/selection/value_memory.h"

namespace domino::sim {

/// The best there is.
struct BestSelection {
    ItemSet chosen;  ///< of equal ones the first by size, then by number
    double value = 0.0;
    std::size_t sets = 0;  ///< that may be chosen, the empty one among them
};

/// How many sets may be chosen, the empty one among them; nothing where they are more than `most`.
std::optional<std::size_t> count_selections(const SelectionProblem& problem, std::size_t most);

/// Tries every set that may be chosen; nothing where they are more than `most`. Deterministic.
std::optional<BestSelection> find_best_selection(const SelectionProblem& problem, ValueMemory& memory,
                                                 std::size_t most);

/// Which part of the best value a value misses, 0 … 1; 0 where the best is worth nothing.
double relative_gap(double value, double best);

}  // namespace domino::sim
