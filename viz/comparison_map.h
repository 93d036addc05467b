#pragma once

#include <string>

#include "viz/comparison.h"

namespace domino::viz {

/// Maps for readers without script, of what each scenario's places emit less those of the base, all years of
/// the run together, mean over members: an SVG a scenario, circles whose area is the difference, on one
/// scale, over a dot for every place. Rings stand round places that the scenario's strategy has chosen. Empty
/// where places are not compared or nothing differs. Deterministic.
std::string comparison_maps(const Comparison& comparison, std::size_t base);

}  // namespace domino::viz
