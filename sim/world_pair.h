#pragma once

#include "sim/world.h"

namespace domino::sim {

/// Throws std::invalid_argument unless a scenario and its reference have the same months and steps, places,
/// countries and technologies: a paired run needs them.
void check_pair(const World& scenario, const World& reference);

}  // namespace domino::sim
