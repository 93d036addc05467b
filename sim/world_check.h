#pragma once

#include "sim/world.h"

namespace domino::sim {

/// Throws std::invalid_argument naming the first field of the world that has the wrong length, is not finite
/// or lies outside its range.
void check_world(const World& world);

}  // namespace domino::sim
