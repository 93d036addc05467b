#include "sim/statistics/crps.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "geo/portable_math.h"

namespace domino::sim {

namespace {

/// Σ|x_i − y| and Σ_i Σ_j |x_i − x_j|.
struct Distances {
    double to_observed = 0.0;
    double between_members = 0.0;
};

Distances distances(std::span<const double> members, double observed, std::size_t fewest) {
    if (members.size() < fewest)
        throw std::invalid_argument("the ensemble has too few members for its score");
    std::vector<double> sorted(members.begin(), members.end());
    if (!std::isfinite(observed) ||
        !std::all_of(sorted.begin(), sorted.end(), [](double x) { return std::isfinite(x); })) {
        throw std::invalid_argument("a score needs finite members and a finite observation");
    }
    std::sort(sorted.begin(), sorted.end());
    Distances sums;
    const double n = static_cast<double>(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        sums.to_observed += std::abs(sorted[i] - observed);
        // In sorted order each gap is crossed by (members below) · (members above) pairs, both ways.
        if (i > 0) {
            const double below = static_cast<double>(i);
            sums.between_members += 2.0 * (sorted[i] - sorted[i - 1]) * below * (n - below);
        }
    }
    return sums;
}

}  // namespace

double crps_normal(double mean, double sd, double observed) {
    if (!std::isfinite(mean) || !std::isfinite(observed) || !(sd > 0.0) || !std::isfinite(sd)) {
        throw std::invalid_argument("a normal forecast needs a finite mean and a finite sd > 0");
    }
    constexpr double inverse_sqrt_two_pi = 0.39894228040143267794;
    constexpr double inverse_sqrt_pi = 0.56418958354775628695;
    const double z = (observed - mean) / sd;
    const double density = inverse_sqrt_two_pi * portable::exp(-0.5 * z * z);
    return sd * (z * (2.0 * portable::normal_cdf(z) - 1.0) + 2.0 * density - inverse_sqrt_pi);
}

double crps_ensemble(std::span<const double> members, double observed) {
    const Distances d = distances(members, observed, 1);
    const double n = static_cast<double>(members.size());
    return d.to_observed / n - d.between_members / (2.0 * n * n);
}

double crps_fair(std::span<const double> members, double observed) {
    const Distances d = distances(members, observed, 2);
    const double n = static_cast<double>(members.size());
    return d.to_observed / n - d.between_members / (2.0 * n * (n - 1.0));
}

}  // namespace domino::sim
