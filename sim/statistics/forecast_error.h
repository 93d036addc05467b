#pragma once

#include <cstdint>

namespace domino::sim {

/// Forecasting a logarithm that drifts with correlated noise, y_t − y_{t−1} = μ + v_t + θ v_{t−1}, Var v =
/// s², when the drift is estimated as the mean of the last m differences (Farmer & Lafond 2016, Research
/// Policy 45(3), "How predictable is technological progress?").
struct DriftForecast {
    int past_differences = 5;  ///< m ≥ 1
    int horizon = 1;           ///< τ ≥ 1, steps
    double correlation = 0.0;  ///< θ, the moving-average coefficient
};

/// Variance of the forecast error in units of s²:
/// A* = −2θ + (1 + 2(m−1)θ/m + θ²)(τ + τ²/m).
/// Throws std::invalid_argument for m < 1, τ < 1 or θ not finite. Deterministic.
double forecast_error_variance(const DriftForecast& forecast);

/// The same from `paths` simulated series with normal v (μ drops out of the error). Standard error of the
/// result: A*·√(2/paths). Deterministic: each draw is addressed by (seed, path, time). Throws
/// std::invalid_argument as above and for paths < 1.
double simulated_forecast_error_variance(const DriftForecast& forecast, std::uint32_t paths,
                                         std::uint64_t seed);

}  // namespace domino::sim
