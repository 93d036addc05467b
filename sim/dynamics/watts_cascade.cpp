#include "sim/dynamics/watts_cascade.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "geo/portable_math.h"

namespace domino::sim {
namespace {

constexpr double largest_degree = 500.0;

void check_window_threshold(double threshold) {
    if (!(threshold >= 1.0 / largest_degree && threshold <= 1.0))
        throw std::invalid_argument(
            fmt::format("threshold {}: the cascade window is solved from 1/500 to 1", threshold));
}

void check_mean_degree(double mean_degree) {
    if (!(mean_degree >= 0.0 && mean_degree <= largest_degree))
        throw std::invalid_argument(fmt::format("mean degree {}: take one from 0 to 500", mean_degree));
}

/// The largest k with 1/k ≥ φ, compared as the simulation compares shares.
int largest_vulnerable_degree(double threshold) {
    int k = 1;
    while (1.0 / (k + 1) >= threshold) ++k;
    return k;
}

/// Σ_{j ≤ most} e^(−z) z^j / j!.
double poisson_up_to(double z, int most) {
    double term = portable::exp(-z);
    double sum = 0.0;
    for (int j = 0; j <= most; ++j) {
        sum += term;
        term *= z / (j + 1);
    }
    return sum;
}

double offspring_of(double z, int vulnerable_degree) {
    return z * poisson_up_to(z, vulnerable_degree - 2);
}

/// Where offspring_of crosses 1 between @p below (where it is under 1) and @p above.
double cross_one(double below, double above, int vulnerable_degree) {
    while (true) {
        const double middle = 0.5 * (below + above);
        if (middle == below || middle == above || std::abs(above - below) <= 1e-15 * middle) return middle;
        (offspring_of(middle, vulnerable_degree) < 1.0 ? below : above) = middle;
    }
}

/// The mean degree at which offspring_of is largest; it rises before and falls behind (its derivative,
/// P(X ≤ K−2) − z·P(X = K−2), changes sign once).
double find_peak(int vulnerable_degree) {
    double low = 0.0;
    double high = vulnerable_degree;
    for (int i = 0; i < 200; ++i) {
        const double left = low + (high - low) / 3.0;
        const double right = high - (high - low) / 3.0;
        if (offspring_of(left, vulnerable_degree) < offspring_of(right, vulnerable_degree))
            low = left;
        else
            high = right;
    }
    return 0.5 * (low + high);
}

/// Probabilities of the number of active ones among @p among, each active with chance q, by m; log-space
/// keeps hundreds of neighbours from underflowing.
class Binomial {
 public:
    explicit Binomial(int most) : log_factorial_(static_cast<std::size_t>(most) + 1, 0.0) {
        for (std::size_t k = 2; k < log_factorial_.size(); ++k)
            log_factorial_[k] = log_factorial_[k - 1] + portable::log(static_cast<double>(k));
    }
    double log_factorial(int k) const { return log_factorial_[static_cast<std::size_t>(k)]; }

    /// P(Bin(among, q) ≥ least).
    double at_least(int least, int among, double q) const {
        if (least <= 0) return 1.0;
        if (least > among || q <= 0.0) return 0.0;
        if (q >= 1.0) return 1.0;
        const double log_q = portable::log(q);
        const double log_rest = portable::log1p(-q);
        double sum = 0.0;
        for (int m = least; m <= among; ++m)
            sum += portable::exp(log_factorial(among) - log_factorial(m) - log_factorial(among - m) +
                                 m * log_q + (among - m) * log_rest);
        return std::min(sum, 1.0);
    }

 private:
    std::vector<double> log_factorial_;
};

/// The fewest active neighbours that reach φ of k.
int neighbours_needed(int degree, double threshold) {
    int m = static_cast<int>(std::min(std::ceil(threshold * degree), degree + 1.0));
    while (m > 0 && static_cast<double>(m - 1) / degree >= threshold) --m;
    while (m <= degree && static_cast<double>(m) / degree < threshold) ++m;
    return m;
}

}  // namespace

double vulnerable_offspring(double mean_degree, double threshold) {
    check_window_threshold(threshold);
    check_mean_degree(mean_degree);
    return offspring_of(mean_degree, largest_vulnerable_degree(threshold));
}

std::optional<CascadeWindow> solve_cascade_window(double threshold) {
    check_window_threshold(threshold);
    const int degree = largest_vulnerable_degree(threshold);
    const double peak = find_peak(degree);
    if (degree < 2 || offspring_of(peak, degree) <= 1.0) return std::nullopt;
    double beyond = peak;
    while (offspring_of(beyond, degree) >= 1.0) beyond *= 1.25;
    return CascadeWindow{cross_one(0.0, peak, degree), cross_one(beyond, peak, degree)};
}

double solve_final_fraction(double mean_degree, double threshold, double seed_fraction) {
    check_mean_degree(mean_degree);
    if (!(threshold > 0.0))
        throw std::invalid_argument(fmt::format("threshold {}: take one above 0", threshold));
    if (!(seed_fraction >= 0.0 && seed_fraction <= 1.0))
        throw std::invalid_argument(
            fmt::format("a seed fraction of {}; take one from 0 to 1", seed_fraction));
    // Twelve standard deviations beyond the mean hold all but 1e-30 of the degrees.
    const int most = static_cast<int>(mean_degree + 12.0 * std::sqrt(mean_degree) + 30.0);
    const Binomial binomial(most);
    std::vector<double> share(static_cast<std::size_t>(most) + 1, 0.0);
    std::vector<int> needed(share.size(), 0);
    for (int k = 0; k <= most; ++k) {
        const auto at = static_cast<std::size_t>(k);
        const double log_power = mean_degree > 0.0 ? k * portable::log(mean_degree) : 0.0;
        share[at] = mean_degree > 0.0 || k == 0
                        ? portable::exp(log_power - mean_degree - binomial.log_factorial(k))
                        : 0.0;
        needed[at] = k > 0 ? neighbours_needed(k, threshold) : 1;
    }
    // A neighbour's degree is distributed as k·p_k/z, which for Poisson degrees is p_(k−1).
    const auto activated = [&](double q, int others) {
        double sum = 0.0;
        for (int k = 1; k <= most; ++k) {
            const auto at = static_cast<std::size_t>(k);
            sum += share[static_cast<std::size_t>(k - others)] * binomial.at_least(needed[at], k - others, q);
        }
        return seed_fraction + (1.0 - seed_fraction) * sum;
    };
    double q = seed_fraction;
    for (int i = 0; i < 1'000'000; ++i) {
        const double next = activated(q, 1);
        const bool settled = next - q < 1e-15;
        q = std::max(q, next);
        if (settled) break;
    }
    return activated(q, 0);
}

}  // namespace domino::sim
