#pragma once

#include <cstdint>
#include <span>

namespace domino::sim {

/// A mean over members and how well it is known.
struct MeanInterval {
    double mean = 0.0;
    double p05 = 0.0;  ///< of the mean: percentile bootstrap over members (Efron 1979)
    double p95 = 0.0;
};

/// @p seed addresses the resampling, 4,000 times; the same seed and values give the same bits. Throws
/// std::invalid_argument where there is no value.
MeanInterval find_mean(std::span<const double> values, std::uint64_t seed);

}  // namespace domino::sim
