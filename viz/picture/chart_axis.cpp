#include "viz/picture/chart_axis.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace domino::viz {

std::string ChartAxis::label(double tick) const {
    const std::string text = fmt::format("{:.{}f}", tick, decimals_);
    // No minus before a zero.
    return text.find_first_of("123456789") == std::string::npos && text.starts_with('-') ? text.substr(1)
                                                                                         : text;
}

ChartAxis make_axis(double low, double high, int about) {
    if (!(high > low)) {
        const double pad = low == 0.0 ? 1.0 : std::abs(low);
        high = low + pad;
    }
    const double wanted = (high - low) / std::max(1, about);
    double power = 1.0;
    int decimals = 0;
    while (power > wanted) {
        power /= 10.0;
        ++decimals;
    }
    while (power * 10.0 <= wanted) {
        power *= 10.0;
        decimals = std::max(0, decimals - 1);
    }
    const double ratio = wanted / power;
    double step = 10.0 * power;
    if (ratio <= 1.0)
        step = power;
    else if (ratio <= 2.0)
        step = 2.0 * power;
    else if (ratio <= 5.0)
        step = 5.0 * power;
    else
        decimals = std::max(0, decimals - 1);
    ChartAxis axis;
    axis.decimals_ = decimals;
    // A last bit more than a tick asks for no further one.
    constexpr double slack = 1e-9;
    const auto first = static_cast<long>(std::floor(low / step + slack));
    const auto last = static_cast<long>(std::ceil(high / step - slack));
    for (long n = first; n <= last; ++n) axis.ticks.push_back(static_cast<double>(n) * step);
    axis.low = axis.ticks.front();
    axis.high = axis.ticks.back();
    return axis;
}

}  // namespace domino::viz
