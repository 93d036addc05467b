#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace domino::sim {

/// Which value of a quantity is the better one.
enum class Better : std::uint8_t { lower, higher };

/// One quantity in two scenarios a and b, member by member on the same draws.
struct PairedDifference {
    double mean = 0.0;  ///< of a − b over members
    double p05 = 0.0;   ///< quantiles of a − b, type 7 of Hyndman & Fan (1996)
    double p95 = 0.0;
    double a_better = 0.5;  ///< share of members in which a is better; a tie counts half
    /// (Var a + Var b)/Var(a − b), sample variances: by how much more members the same precision would take
    /// without the same draws. NaN where the difference does not vary, or there are fewer than two members.
    double variance_reduction = 0.0;
};

/// Computes paired differences, without an allocation each. Identical values differ by exactly 0, and are
/// better with 0.5. Deterministic: sums run in the order of members.
class PairedComparer {
 public:
    /// Throws std::invalid_argument where there is no member, or not as many on both sides.
    PairedDifference compare(std::span<const double> a, std::span<const double> b, Better better);

 private:
    std::vector<double> difference_;
};

/// What it costs to have chosen one of several scenarios where another would have been better, member by
/// member on the same draws: the loss against the best of them, in the unit of the quantity, ≥ 0.
struct Regret {
    double mean = 0.0;
    double p95 = 0.0;
    double best = 0.0;  ///< share of members in which no other is better; ties share it out
};

/// @p outcomes by [scenario][member]. One entry a scenario; shares of `best` add up to 1. Throws as
/// PairedComparer. Deterministic.
std::vector<Regret> find_regrets(std::span<const std::vector<double>> outcomes, Better better);

/// Σ a / Σ b over members with the 5–95 % interval of a paired bootstrap; not stated where the interval of
/// Σ b includes 0.
struct PairedRatio {
    bool stated = false;
    double ratio = 0.0;
    double p05 = 0.0;
    double p95 = 0.0;
};

/// @p seed addresses the resampling, 4,000 times; the same seed and values give the same bits. Throws as
/// PairedComparer.
PairedRatio find_ratio(std::span<const double> a, std::span<const double> b, std::uint64_t seed);

}  // namespace domino::sim
