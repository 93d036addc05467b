#pragma once

#include "viz/found_plan.h"
#include "viz/picture/canvas.h"

namespace domino::viz {

/// What plans and the highest emissions gain against the money a year, on the members they were tried on,
/// each with the interval of its mean; 1,200 pixels wide.
Canvas draw_frontier(const FoundPlan& plan);

}  // namespace domino::viz
