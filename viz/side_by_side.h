#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace domino::viz {

/// A piece of work that may be done beside others.
struct Task {
    std::function<void()> run;
    std::vector<std::size_t> after;  ///< tasks that must be done first; they come earlier in the list
    int weight = 1;                  ///< how long it takes, roughly: the heaviest begin first
};

/// Runs all tasks on @p threads threads (at least one), the calling one among them. After a failure none
/// begins any more; once all have stopped, the failure that is first in the list is thrown.
void run_side_by_side(const std::vector<Task>& tasks, int threads);

}  // namespace domino::viz
