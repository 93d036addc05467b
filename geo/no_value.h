#pragma once

#include <limits>

namespace domino::geo {

/// What is not known, in grids and tables of numbers.
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

}  // namespace domino::geo
