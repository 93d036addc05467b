#include "sim/influence/threshold_sampler.h"

#include <algorithm>

#include "sim/influence/set_draws.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t threshold_set_draw = sub_of("reverse-reachable set of linear threshold");

}  // namespace

ThresholdSampler::ThresholdSampler(const LinearThreshold& model, std::uint64_t seed)
    : graph_(model.graph()), seed_(seed) {
    begin_.push_back(0);
    for (std::uint32_t row = 0; row < graph_.nodes(); ++row) {
        double sum = 0.0;
        for (const double weight : graph_.in_weights(row)) upto_.push_back(sum += weight);
        begin_.push_back(upto_.size());
    }
}

void ThresholdSampler::sample(std::uint64_t set, ReverseScratch& scratch,
                              std::vector<std::uint32_t>& rows) const {
    SetDraws draws(seed_, threshold_set_draw, set);
    scratch.start();
    std::uint32_t row = draws.below(static_cast<std::uint32_t>(graph_.nodes()));
    while (scratch.meet(row)) {
        rows.push_back(row);
        const auto sources = graph_.sources(row);
        if (sources.empty()) return;
        const auto from = upto_.begin() + static_cast<std::ptrdiff_t>(begin_[row]);
        const auto to = upto_.begin() + static_cast<std::ptrdiff_t>(begin_[row + 1]);
        const auto kept = std::upper_bound(from, to, draws.uniform());
        if (kept == to) return;
        row = sources[static_cast<std::size_t>(kept - from)];
    }
}

}  // namespace domino::sim
