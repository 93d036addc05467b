#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/selection/selection_problem.h"
#include "sim/selection/value_memory.h"

namespace domino::sim {

/// What the next item is chosen by.
enum class GreedyRule : std::uint8_t { gain, gain_per_cost };

struct GreedyOptions {
    /// Gains looked at anew together. Does not depend on threads, so that neither does the search.
    std::size_t together = 2;
    /// Told after each choice by which rule, and how many items are chosen.
    std::function<void(GreedyRule rule, std::size_t chosen)> progress;
};

/// An item as it was chosen.
struct Pick {
    std::uint32_t item = 0;
    double gain = 0.0;            ///< it adds to those before it, mean over members
    double standard_error = 0.0;  ///< of that mean, from the spread of the paired gains; 0 of one member
    double value = 0.0;           ///< of all chosen so far, mean over members
    double cost = 0.0;            ///< of all chosen so far
};

enum class SearchEnd : std::uint8_t {
    all_chosen,      ///< there is no other item
    nothing_fits,    ///< what is left does not fit
    nothing_gained,  ///< what is left and fits adds nothing on average
};

struct Selection {
    GreedyRule rule = GreedyRule::gain;
    std::vector<Pick> picks;  ///< in order of choice
    ItemSet chosen;
    MemberValues value;
    SearchEnd end = SearchEnd::all_chosen;

    double mean() const { return mean_value(value); }
};

/// Chooses one item after the other, each time the one with the largest gain (or gain per cost) that fits and
/// adds anything, lazily: gains of an earlier round stand as bounds, and only those on top are looked at anew
/// (CELF; Leskovec et al. 2007). Where an item gains less the more are chosen (submodular), the choice is
/// that of looking at all each time; elsewhere a gain that has grown may be overlooked. Ties go to the
/// smaller number. Deterministic.
Selection select_greedily(const SelectionProblem& problem, GreedyRule rule, ValueMemory& memory,
                          const GreedyOptions& options = {});

/// Both rules, the better first. Either alone can be as bad as one likes under a budget; of a monotone
/// submodular value under one budget the better of the two has at least (1 − 1/e)/2 of the best (Leskovec et
/// al. 2007). Nothing is certain elsewhere.
struct BothSelections {
    Selection better, other;
};
BothSelections select_by_both_rules(const SelectionProblem& problem, ValueMemory& memory,
                                    const GreedyOptions& options = {});

}  // namespace domino::sim
