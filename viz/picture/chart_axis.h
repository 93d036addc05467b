#pragma once

#include <string>
#include <vector>

namespace domino::viz {

/// Round numbers along an axis from low to high, 0 among them where it lies between.
struct ChartAxis {
    double low = 0.0, high = 1.0;  ///< the first and the last tick
    std::vector<double> ticks;

    std::string label(double tick) const;

 private:
    friend ChartAxis make_axis(double low, double high, int about);
    int decimals_ = 0;
};

/// An axis that holds [low, high] with about as many ticks, at 1, 2 or 5 times a power of ten. Where the two
/// are equal it is widened.
ChartAxis make_axis(double low, double high, int about);

}  // namespace domino::viz
