#include "sim/statistics/forecast_error.h"

#include <cmath>
#include <stdexcept>

#include "sim/random.h"

namespace domino::sim {

namespace {

void check(const DriftForecast& forecast) {
    if (forecast.past_differences < 1 || forecast.horizon < 1 || !std::isfinite(forecast.correlation)) {
        throw std::invalid_argument(
            "a drift forecast needs at least one past difference, a horizon of at least one step and a "
            "finite "
            "correlation");
    }
}

/// The error of one path: the horizon's noise less τ times the mean noise of the past differences.
double one_error(const DriftForecast& forecast, std::uint32_t path, std::uint64_t seed) {
    static constexpr std::uint32_t symbol = sub_of("forecast_error");
    const auto v = [&](int time) {
        return standard_normal({seed, Process::statistics, symbol, path, time, 0, 0});
    };
    double before = v(0);
    double past = 0.0;
    double ahead = 0.0;
    for (int t = 1; t <= forecast.past_differences + forecast.horizon; ++t) {
        const double now = v(t);
        const double noise = now + forecast.correlation * before;
        (t <= forecast.past_differences ? past : ahead) += noise;
        before = now;
    }
    return ahead - past * forecast.horizon / forecast.past_differences;
}

}  // namespace

double forecast_error_variance(const DriftForecast& forecast) {
    check(forecast);
    const double m = forecast.past_differences;
    const double tau = forecast.horizon;
    const double theta = forecast.correlation;
    return -2.0 * theta + (1.0 + 2.0 * (m - 1.0) * theta / m + theta * theta) * (tau + tau * tau / m);
}

double simulated_forecast_error_variance(const DriftForecast& forecast, std::uint32_t paths,
                                         std::uint64_t seed) {
    check(forecast);
    if (paths < 1) throw std::invalid_argument("a simulated variance needs at least one path");
    double squares = 0.0;
    for (std::uint32_t path = 0; path < paths; ++path) {
        const double error = one_error(forecast, path, seed);
        squares += error * error;
    }
    return squares / paths;
}

}  // namespace domino::sim
