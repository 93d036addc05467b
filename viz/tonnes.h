#pragma once

namespace domino::viz {

inline constexpr double tonnes_per_megatonne = 1e6;

}  // namespace domino::viz
