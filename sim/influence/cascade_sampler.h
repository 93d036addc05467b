#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/dynamics/independent_cascade.h"
#include "sim/ensemble_threads.h"
#include "sim/influence/reverse_sampler.h"

namespace domino::sim {

/// Reverse-reachable sets of the independent cascade. Where all edges into a node have the same probability,
/// the number of them that are live is drawn at once (binomial, by inversion), then which: a node costs as
/// much as it has live edges, not as it has edges (the aim of SUBSIM: Guo, Wang, Wei & Chen 2020). Other
/// nodes toss a coin an edge. Probabilities hold to 2⁻⁵³.
class CascadeSampler : public ReverseSampler {
 public:
    /// Refers to the model, which must outlive it. The same for any threads.
    CascadeSampler(const IndependentCascade& model, std::uint64_t seed, const Threads* threads = nullptr);

    std::size_t nodes() const override { return graph_.nodes(); }
    void sample(std::uint64_t set, ReverseScratch& scratch, std::vector<std::uint32_t>& rows) const override;

 private:
    static constexpr std::uint32_t coins = 0xFFFFFFFF;

    /// Nodes for which the number of live edges has one distribution.
    struct Kind {
        std::uint32_t degree = 0;
        double probability = 0.0;

        friend auto operator<=>(const Kind&, const Kind&) = default;
    };
    class Kinds;

    std::optional<Kind> kind_of(std::uint32_t row) const;

    const Digraph& graph_;
    std::uint64_t seed_;
    /// Cumulative distributions of the number of live edges in units of 2⁻⁶⁴, up to where nothing is left.
    std::vector<std::vector<std::uint64_t>> live_counts_;
    std::vector<std::uint32_t> rule_;  ///< by row: which of live_counts_, or coins
};

}  // namespace domino::sim
