#include "sim/selection/exhaustive_search.h"

#include <algorithm>
#include <vector>

namespace domino::sim {
namespace {

/// Sets that may be chosen, by size; each is reached by adding its items in ascending order, since what may
/// be chosen may be chosen in part.
std::optional<std::vector<ItemSet>> all_selections(const SelectionProblem& problem, std::size_t most) {
    std::vector<ItemSet> sets{{}};
    for (std::size_t n = 0; n < sets.size(); ++n) {
        const ItemSet from = sets[n];
        const std::uint32_t first = from.empty() ? 0 : from.back() + 1;
        for (std::uint32_t item = first; item < problem.cost.size(); ++item) {
            if (!problem.fits(from, item)) continue;
            sets.push_back(with_item(from, item));
            if (sets.size() > most) return std::nullopt;
        }
    }
    return sets;
}

}  // namespace

std::optional<std::size_t> count_selections(const SelectionProblem& problem, std::size_t most) {
    const auto sets = all_selections(problem, most);
    if (!sets) return std::nullopt;
    return sets->size();
}

std::optional<BestSelection> find_best_selection(const SelectionProblem& problem, ValueMemory& memory,
                                                 std::size_t most) {
    const auto sets = all_selections(problem, most);
    if (!sets) return std::nullopt;
    const auto values = memory.of(*sets, problem);
    BestSelection best;
    best.sets = sets->size();
    best.value = mean_value(*values.front());
    for (std::size_t n = 1; n < sets->size(); ++n) {
        const double value = mean_value(*values[n]);
        if (value <= best.value) continue;
        best.value = value;
        best.chosen = (*sets)[n];
    }
    return best;
}

double relative_gap(double value, double best) {
    return best > 0.0 ? std::max(0.0, best - value) / best : 0.0;
}

}  // namespace domino::sim
