#pragma once

#include <cstddef>
#include <span>

namespace domino::sim {

/// The @p p-quantile (0 … 1) of ascending values by linear interpolation between order statistics: type 7 of
/// Hyndman & Fan (1996), h = (n − 1)p, the default of R, NumPy and pyam. Expects at least one value, none
/// NaN.
template <class T>
double sorted_quantile(std::span<const T> ascending, double p) {
    const double h = static_cast<double>(ascending.size() - 1) * p;
    const auto below = static_cast<std::size_t>(h);
    const double low = static_cast<double>(ascending[below]);
    if (below + 1 >= ascending.size()) {
        return low;
    }
    return low + (h - static_cast<double>(below)) * (static_cast<double>(ascending[below + 1]) - low);
}

}  // namespace domino::sim
