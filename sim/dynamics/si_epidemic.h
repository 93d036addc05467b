#pragma once

#include <cstdint>
#include <vector>

#include "sim/dynamics/spread_member.h"

namespace domino::sim {

/// The SI model in a well-mixed population, di/dt = b·i·(1−i): the logistic curve.
struct SiCurve {
    double contact_rate = 0.0;   ///< b, per unit of time, > 0
    double initial_share = 0.0;  ///< i(0), in (0, 1)

    /// i(t) = 1 / (1 + (1/i0 − 1)·e^(−bt)).
    double share_at(double time) const;
    /// The time at which i = @p share, t = ln( (1/i0 − 1) / (1/share − 1) ) / b; negative before the start.
    /// Throws std::invalid_argument unless 0 < share < 1.
    double time_to(double share) const;
};

/// SI on the complete graph of @p nodes with @p infected at first and @p rate per infected-susceptible pair,
/// by Gillespie's (1977) direct method: with k infected the next event waits an exponential time of rate
/// k(n−k)·rate. Returns the times of the n − infected events, ascending; never builds the n² edges. Throws
/// std::invalid_argument unless 1 ≤ infected ≤ nodes and the rate is positive. Deterministic in the member.
std::vector<double> simulate_complete_si(std::uint32_t nodes, std::uint32_t infected, double rate,
                                         SpreadMember member);

/// Expected time from @p infected to all infected: Σ 1/(rate·k(n−k)), k from `infected` to n−1.
double expected_complete_si_time(std::uint32_t nodes, std::uint32_t infected, double rate);

/// Share of a large random graph that a large outbreak reaches, S = 1 − exp(−R·S), where @p offspring R is
/// the mean number of others each one reaches (z·p for independent cascades of probability p on G(n, z/n)). 0
/// for R ≤ 1; else the positive solution to relative 1e-14. Also the size of the giant component (Erdős &
/// Rényi 1960; Newman 2002). Throws std::invalid_argument for a negative R.
double percolation_fraction(double offspring);

/// Mean outbreak from one node below the threshold, 1/(1−R). Throws std::invalid_argument unless 0 ≤ R < 1.
double mean_small_outbreak(double offspring);

}  // namespace domino::sim
