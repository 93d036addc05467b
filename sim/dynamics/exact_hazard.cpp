#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "geo/portable_math.h"
#include "sim/dynamics/exact_spread.h"
#include "sim/dynamics/hazard_spread.h"

namespace domino::sim {
namespace {

constexpr double most_transitions = 2e9;

/// A set of nodes of one part, a bit each.
using State = std::uint32_t;

/// One part of the graph: nodes that touch each other, and what acts on them.
struct Part {
    std::vector<std::uint32_t> rows;
    std::vector<double> from_seeds;           ///< exposure of each to the seeds
    std::vector<std::vector<double>> within;  ///< [i][j]: what j active adds to the exposure of i
};

/// Parts of the graph without its seeds, by smallest row.
std::vector<std::vector<std::uint32_t>> find_parts(const Digraph& graph, const std::vector<bool>& is_seed) {
    std::vector<bool> seen = is_seed;
    std::vector<std::vector<std::uint32_t>> parts;
    for (std::uint32_t start = 0; start < graph.nodes(); ++start) {
        if (seen[start]) continue;
        std::vector<std::uint32_t> rows = {start};
        seen[start] = true;
        for (std::size_t next = 0; next < rows.size(); ++next) {
            const auto visit = [&](std::uint32_t row) {
                if (seen[row]) return;
                seen[row] = true;
                rows.push_back(row);
            };
            for (const std::uint32_t row : graph.targets(rows[next])) visit(row);
            for (const std::uint32_t row : graph.sources(rows[next])) visit(row);
        }
        std::sort(rows.begin(), rows.end());
        parts.push_back(std::move(rows));
    }
    return parts;
}

Part describe_part(const HazardSpread& model, const std::vector<bool>& is_seed,
                   std::vector<std::uint32_t> rows) {
    Part part{std::move(rows), {}, {}};
    const std::size_t n = part.rows.size();
    part.from_seeds.assign(n, 0.0);
    part.within.assign(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) {
        const auto sources = model.graph().sources(part.rows[i]);
        const auto weights = model.graph().in_weights(part.rows[i]);
        for (std::size_t e = 0; e < sources.size(); ++e) {
            const double exposure = weights[e] * model.exposure_per_weight(part.rows[i]);
            if (is_seed[sources[e]]) {
                part.from_seeds[i] += exposure;
            } else {
                const auto j =
                    std::lower_bound(part.rows.begin(), part.rows.end(), sources[e]) - part.rows.begin();
                part.within[i][static_cast<std::size_t>(j)] += exposure;
            }
        }
    }
    return part;
}

/// Probability that node i becomes active in a step that begins in @p state.
double step_chance(const HazardSpread& model, const Part& part, std::size_t i, State state) {
    double exposure = part.from_seeds[i];
    for (std::size_t j = 0; j < part.rows.size(); ++j)
        if ((state >> j & 1U) != 0U) exposure += part.within[i][j];
    const double hazard = model.rates().spontaneous_per_year + model.rates().contagion_per_year * exposure;
    return portable::decayed(hazard * model.clock().step_years);
}

/// Spreads @p probability of being in @p state over where one step leads: each inactive node joins or not, by
/// itself. @p reached and @p weight are scratch.
void advance(State state, double probability, std::span<const double> chances, std::vector<double>& next,
             std::vector<State>& reached, std::vector<double>& weight) {
    reached.assign(1, state);
    weight.assign(1, probability);
    for (std::size_t i = 0; i < chances.size(); ++i) {
        if ((state >> i & 1U) != 0U || chances[i] == 0.0) continue;
        const std::size_t known = reached.size();
        for (std::size_t k = 0; k < known; ++k) {
            reached.push_back(reached[k] | State{1} << i);
            weight.push_back(weight[k] * chances[i]);
            weight[k] *= 1.0 - chances[i];
        }
    }
    for (std::size_t k = 0; k < reached.size(); ++k) next[reached[k]] += weight[k];
}

void carry_part(const HazardSpread& model, const Part& part, ExactHazard& result) {
    const std::size_t n = part.rows.size();
    const std::size_t states = std::size_t{1} << n;
    std::vector<double> chances(states * n);
    for (State state = 0; state < states; ++state)
        for (std::size_t i = 0; i < n; ++i) chances[state * n + i] = step_chance(model, part, i, state);
    std::vector<double> now(states, 0.0);
    std::vector<double> next, weight;
    std::vector<State> reached;
    now[0] = 1.0;
    for (std::uint32_t step = 1; step <= model.clock().steps; ++step) {
        next.assign(states, 0.0);
        for (State state = 0; state < states; ++state)
            if (now[state] > 0.0)
                advance(state, now[state], {chances.data() + state * n, n}, next, reached, weight);
        std::swap(now, next);
        for (State state = 0; state < states; ++state)
            result.expected_spread[step] += std::popcount(state) * now[state];
    }
    for (State state = 0; state < states; ++state)
        for (std::size_t i = 0; i < n; ++i)
            if ((state >> i & 1U) != 0U) result.activation_probability[part.rows[i]] += now[state];
}

void check_size(std::size_t nodes, std::uint32_t steps) {
    double transitions = steps;
    for (std::size_t i = 0; i < nodes && transitions <= most_transitions; ++i) transitions *= 3.0;
    if (transitions <= most_transitions && nodes < 20) return;
    throw TooLargeForExact(fmt::format(
        "{} nodes besides the seeds hang together, and an exact answer over {} steps takes 3^nodes x "
        "steps <= 2e9; simulate instead, or take fewer steps",
        nodes, steps));
}

}  // namespace

ExactHazard compute_exact_hazard(const HazardSpread& model, std::span<const NodeId> seeds) {
    const Digraph& graph = model.graph();
    const std::vector<std::uint32_t> seed_rows = graph.rows(seeds);
    std::vector<bool> is_seed(graph.nodes(), false);
    for (const std::uint32_t row : seed_rows) is_seed[row] = true;
    ExactHazard result;
    result.activation_probability.assign(graph.nodes(), 0.0);
    for (const std::uint32_t row : seed_rows) result.activation_probability[row] = 1.0;
    result.expected_spread.assign(model.clock().steps + std::size_t{1},
                                  static_cast<double>(seed_rows.size()));
    for (auto& rows : find_parts(graph, is_seed)) {
        check_size(rows.size(), model.clock().steps);
        carry_part(model, describe_part(model, is_seed, std::move(rows)), result);
    }
    return result;
}

}  // namespace domino::sim
