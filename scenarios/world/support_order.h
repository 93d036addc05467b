#pragma once

#include <algorithm>
#include <tuple>

#include "sim/world.h"

namespace domino::scenarios {

/// Brings support windows into the order in which they are funded: by start, place id, project id.
inline void sort_support(sim::World& world) {
    std::sort(world.support.begin(), world.support.end(), [&](const auto& a, const auto& b) {
        return std::tie(a.from, world.places[a.place].key, a.project_id) <
               std::tie(b.from, world.places[b.place].key, b.project_id);
    });
}

}  // namespace domino::scenarios
