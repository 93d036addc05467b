#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace domino::sim {

/// Items of a selection problem by number, ascending.
using ItemSet = std::vector<std::uint32_t>;

/// What a set is worth in each member, on the same draws for all sets.
using MemberValues = std::vector<double>;

/// Which items to choose so that they are worth most on average, where they act together.
struct SelectionProblem {
    std::vector<double> cost;  ///< by item, > 0
    /// By item: another that is taken to add at least as much, so that this one is looked at only once it
    /// could come first; itself where there is none. Empty: none for all.
    std::vector<std::uint32_t> within = {};
    /// Whether an item may join a set that may be chosen. What does not fit a set fits none that holds it.
    std::function<bool(const ItemSet& chosen, std::uint32_t item)> fits;
    /// What each of the sets is worth, in their order; may share out the work. The same for the same set.
    std::function<std::vector<MemberValues>(const std::vector<ItemSet>& sets)> evaluate;
};

/// Mean over members, summed in their order.
double mean_value(const MemberValues& values);

/// The set with one more item.
ItemSet with_item(const ItemSet& set, std::uint32_t item);

}  // namespace domino::sim
