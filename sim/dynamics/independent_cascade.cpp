#include "sim/dynamics/independent_cascade.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t forward_coin = sub_of("coin of a cascade edge");
constexpr std::uint32_t reverse_coin = sub_of("coin of a reverse cascade edge");

bool is_live(double probability, DrawAddress address, std::uint64_t edge) {
    if (probability >= 1.0) return true;
    if (probability <= 0.0) return false;
    address.id = edge;
    return uniform(address) < probability;
}

}  // namespace

IndependentCascade::IndependentCascade(Digraph graph) : graph_(std::move(graph)) {
    for (std::uint32_t row = 0; row < graph_.nodes(); ++row) {
        const auto weights = graph_.out_weights(row);
        for (std::size_t e = 0; e < weights.size(); ++e) {
            if (weights[e] <= 1.0) continue;
            throw std::invalid_argument(fmt::format("edge {} -> {} has weight {}: a probability is at most 1",
                                                    graph_.id(row).value,
                                                    graph_.id(graph_.targets(row)[e]).value, weights[e]));
        }
    }
}

void IndependentCascade::run(std::span<const std::uint32_t> seeds, SpreadMember member,
                             Activation& active) const {
    const DrawAddress address{member.seed, Process::dynamics, forward_coin, member.member};
    active.start(seeds);
    for (std::size_t next = 0; next < active.size(); ++next) {
        const std::uint32_t row = active[next];
        const auto targets = graph_.targets(row);
        const auto weights = graph_.out_weights(row);
        const auto draws = graph_.out_draws(row);
        for (std::size_t e = 0; e < targets.size(); ++e)
            if (!active.contains(targets[e]) && is_live(weights[e], address, draws[e]))
                active.activate(targets[e]);
    }
}

void IndependentCascade::run_reverse(std::uint32_t target, SpreadMember member, Activation& reached) const {
    const DrawAddress address{member.seed, Process::dynamics, reverse_coin, member.member};
    reached.start({&target, 1});
    for (std::size_t next = 0; next < reached.size(); ++next) {
        const std::uint32_t row = reached[next];
        const auto sources = graph_.sources(row);
        const auto weights = graph_.in_weights(row);
        const auto draws = graph_.in_draws(row);
        for (std::size_t e = 0; e < sources.size(); ++e)
            if (!reached.contains(sources[e]) && is_live(weights[e], address, draws[e]))
                reached.activate(sources[e]);
    }
}

}  // namespace domino::sim
