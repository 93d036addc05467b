#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/influence/reverse_sampler.h"

namespace domino::sim {

struct InfluenceOptions {
    std::size_t seeds = 10;  ///< k
    /// The part of the best spread that the seeds must be sure to reach for the search to end. Sets enough
    /// for 0.63 (1 − 1/e) less a little are always few; more is asked of the certificate than of the seeds.
    double ratio = 0.7;
    double confidence = 0.999;                           ///< with which the certificate holds (1 − δ)
    std::uint64_t most_bytes = std::uint64_t{4} << 30U;  ///< of sets; then what has been reached is told
    int threads = 1;                                     ///< 0: all cores; results do not depend on it
    const std::atomic<bool>* cancelled = nullptr;        ///< set to stop; the search then throws Cancelled
    std::function<void(std::uint64_t sets, double ratio)> progress = {};
};

/// Seeds that spread far, and how far from the best they can be at most. Spreads are what seeds add to what
/// happens without any, in expected nodes.
struct InfluenceResult {
    std::vector<std::uint32_t> seeds;  ///< rows in order of choice
    std::vector<double> spread;        ///< after each, by the sets they were not chosen on: unbiased
    double standard_error = 0.0;       ///< of the last
    double lower_bound = 0.0;          ///< of the spread of these seeds
    double upper_bound = 0.0;          ///< of the spread of any k seeds
    double ratio = 0.0;                ///< lower_bound / upper_bound: at least this part of the best
    double confidence = 0.0;           ///< of bounds and ratio together
    std::uint64_t sets = 0;            ///< drawn in all, half to choose on and half to judge by
    bool reached = false;              ///< the ratio asked for; false where memory ended first
};

/// Seeds of the largest expected spread by reverse-reachable sets with the online bounds of OPIM-C (Tang,
/// Tang, Xiao & Yuan 2018, "Online Processing Algorithms for Influence Maximization", Algorithm 2): sets are
/// doubled until the certificate suffices. Greedy choice is sure of 1 − 1/e of the best on the sets it sees;
/// a higher ratio is often certified, since no k seeds beat what is left open. Throws std::invalid_argument
/// for no seeds, more than there are nodes, or numbers out of range. Deterministic for a sampler, whatever
/// the threads.
InfluenceResult maximise_influence(const ReverseSampler& sampler, const InfluenceOptions& options);

}  // namespace domino::sim
