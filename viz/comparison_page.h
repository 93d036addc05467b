#pragma once

#include <string>

#include "viz/comparison.h"

namespace domino::viz {

/// comparison.html: scenarios side by side in one file that works offline and without script: what differs
/// between them, emissions and commitments as fans, differences with intervals, targets, groups of countries,
/// regret. Deterministic.
std::string comparison_page(const Comparison& comparison);

}  // namespace domino::viz
