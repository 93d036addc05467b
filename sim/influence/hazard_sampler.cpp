#include "sim/influence/hazard_sampler.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "geo/portable_math.h"
#include "sim/influence/set_draws.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t hazard_set_draw = sub_of("reverse-reachable set of a hazard");

/// Steps until a hazard a step has used up an Exp(1) draw; more than `most` when it has not by then.
std::uint32_t steps_until(double hazard, std::uint32_t most, SetDraws& draws) {
    if (!(hazard > 0.0)) return most + 1;
    const double steps = std::ceil(-portable::log(draws.uniform()) / hazard);
    return steps > most ? most + 1 : std::max(1U, static_cast<std::uint32_t>(steps));
}

}  // namespace

void HazardSampler::sample(std::uint64_t set, ReverseScratch& scratch,
                           std::vector<std::uint32_t>& rows) const {
    SetDraws draws(seed_, hazard_set_draw, set);
    scratch.start();
    const std::size_t first = rows.size();
    const Digraph& graph = model_.graph();
    const ContagionRates rates = model_.step_rates();
    const std::uint32_t end = model_.clock().steps;
    auto& queue = scratch.queue;
    queue.clear();
    queue.emplace_back(0, draws.below(static_cast<std::uint32_t>(graph.nodes())));
    while (!queue.empty()) {
        std::pop_heap(queue.begin(), queue.end(), std::greater<>());
        const auto [steps, row] = queue.back();
        queue.pop_back();
        if (!scratch.meet(row)) continue;
        rows.push_back(row);
        const std::uint32_t left = end - steps;
        if (steps_until(rates.spontaneous, left, draws) <= left) {
            rows.resize(first);
            return;
        }
        const auto sources = graph.sources(row);
        const auto weights = graph.in_weights(row);
        const double per_weight = rates.contagion * model_.exposure_per_weight(row);
        for (std::size_t e = 0; e < sources.size(); ++e) {
            if (scratch.met(sources[e])) continue;
            const std::uint32_t way = steps_until(per_weight * weights[e], left, draws);
            if (way > left) continue;
            queue.emplace_back(steps + way, sources[e]);
            std::push_heap(queue.begin(), queue.end(), std::greater<>());
        }
    }
}

}  // namespace domino::sim
