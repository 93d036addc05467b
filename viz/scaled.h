#pragma once

#include <vector>

namespace domino::viz {

/// Every value in a unit `divisor` times as large.
inline std::vector<double> scaled(std::vector<double> values, double divisor) {
    for (double& value : values) value /= divisor;
    return values;
}

}  // namespace domino::viz
