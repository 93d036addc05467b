#include "sim/selection/value_memory.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace domino::sim {

double mean_value(const MemberValues& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

ItemSet with_item(const ItemSet& set, std::uint32_t item) {
    ItemSet more = set;
    more.insert(std::upper_bound(more.begin(), more.end(), item), item);
    return more;
}

std::vector<const MemberValues*> ValueMemory::of(const std::vector<ItemSet>& sets,
                                                 const SelectionProblem& problem) {
    std::vector<ItemSet> missing;
    for (const ItemSet& set : sets) {
        if (!known_.contains(set) && std::find(missing.begin(), missing.end(), set) == missing.end())
            missing.push_back(set);
    }
    if (!missing.empty()) {
        std::vector<MemberValues> values = problem.evaluate(missing);
        if (values.size() != missing.size())
            throw std::invalid_argument("a selection problem has a value for each set it is asked for");
        for (std::size_t n = 0; n < missing.size(); ++n)
            known_.emplace(std::move(missing[n]), std::move(values[n]));
    }
    std::vector<const MemberValues*> found;
    for (const ItemSet& set : sets) found.push_back(&known_.at(set));
    return found;
}

const MemberValues& ValueMemory::of(const ItemSet& set, const SelectionProblem& problem) {
    return *of(std::vector<ItemSet>{set}, problem).front();
}

}  // namespace domino::sim
