#include "geo/hilbert_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/ellipsoid.h"

namespace domino::geo {

std::uint64_t hilbert_index(std::uint32_t column, std::uint32_t row, int order) {
    std::uint64_t along = 0;
    for (std::uint32_t side = (1U << order) >> 1U; side > 0; side >>= 1U) {
        const bool right = (column & side) != 0;
        const bool upper = (row & side) != 0;
        // Quarters in the order lower left, upper left, upper right, lower right.
        const std::uint64_t quarter = right ? (upper ? 2U : 3U) : (upper ? 1U : 0U);
        along += quarter * side * side;
        column &= side - 1U;
        row &= side - 1U;
        // The first quarter's curve is the whole's mirrored at the rising diagonal, the last's at the
        // falling.
        if (!upper && right) {
            column = side - 1U - column;
            row = side - 1U - row;
        }
        if (!upper) std::swap(column, row);
    }
    return along;
}

std::uint64_t hilbert_index(LonLat point) {
    constexpr int order = 24;
    constexpr double cells = 1 << order;
    const auto cell = [](double share) {
        return static_cast<std::uint32_t>(std::clamp(std::floor(share * cells), 0.0, cells - 1.0));
    };
    return hilbert_index(cell((wrap_longitude(point.lon_deg) + 180.0) / 360.0),
                         cell((point.lat_deg + 90.0) / 180.0), order);
}

}  // namespace domino::geo
