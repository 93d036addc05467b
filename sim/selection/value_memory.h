#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "sim/selection/selection_problem.h"

namespace domino::sim {

/// What sets have turned out to be worth, each evaluated once however often it is asked for. Searches of one
/// problem, with other rules or other limits, may share it.
class ValueMemory {
 public:
    /// What each of the sets is worth, in their order; those not known are evaluated together.
    std::vector<const MemberValues*> of(const std::vector<ItemSet>& sets, const SelectionProblem& problem);
    const MemberValues& of(const ItemSet& set, const SelectionProblem& problem);

    std::size_t size() const { return known_.size(); }

 private:
    std::map<ItemSet, MemberValues> known_;
};

}  // namespace domino::sim
