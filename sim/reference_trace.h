#pragma once

#include <vector>

#include "sim/trend.h"

namespace domino::sim {

/// What a member of the reference run leaves for the same member of the scenario: model quantities that are
/// defined relative to the reference.
struct ReferenceTrace {
    Trend trend;                    ///< a(t): a lever is not absorbed by solving the trend anew
    std::vector<double> additions;  ///< cumulative units sold, [technology][touched year], year's end
    std::vector<double>
        modelled_power_kwh;  ///< generation added since the base year, [country][touched year], year's start
};

}  // namespace domino::sim
