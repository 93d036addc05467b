#include "sim/influence/cascade_sampler.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "geo/portable_math.h"
#include "sim/influence/set_draws.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t cascade_set_draw = sub_of("reverse-reachable set of a cascade");
/// With more live edges than this to be expected, coins are no dearer.
constexpr double most_expected = 8.0;
constexpr std::size_t most_live = 64;

/// P(X ≤ n) for n = 0, 1, … of the binomial distribution in units of 2⁻⁶⁴.
std::vector<std::uint64_t> cumulative_binomial(std::uint32_t degree, double probability) {
    std::vector<std::uint64_t> upto;
    double term = portable::exp(degree * portable::log1p(-probability));
    double sum = term;
    for (std::uint32_t n = 0; n < degree && upto.size() < most_live && sum < 1.0; ++n) {
        upto.push_back(static_cast<std::uint64_t>(sum * 0x1.0p64));
        term *= (degree - n) / (n + 1.0) * (probability / (1.0 - probability));
        sum += term;
    }
    return upto;
}

}  // namespace

CascadeSampler::CascadeSampler(const IndependentCascade& model, std::uint64_t seed, const Threads* threads)
    : graph_(model.graph()), seed_(seed), rule_(model.graph().nodes(), coins) {
    find_alike(threads);
    make_tables();
}

/// Marks, block by block, nodes whose edges all have one probability: their number of live edges is drawn at
/// once.
void CascadeSampler::find_alike(const Threads* threads) {
    constexpr std::uint32_t block = 4096;
    const auto nodes = static_cast<std::uint32_t>(graph_.nodes());
    run_shared(threads, (nodes + block - 1) / block, [&](std::size_t n) {
        const auto first = static_cast<std::uint32_t>(n) * block;
        for (std::uint32_t row = first; row < std::min(first + block, nodes); ++row) {
            const auto weights = graph_.in_weights(row);
            if (weights.empty()) continue;
            const double p = weights.front();
            if (!(p > 0.0) || p >= 1.0 || p * graph_.in_degree(row) > most_expected) continue;
            if (std::all_of(weights.begin(), weights.end(), [p](double w) { return w == p; })) rule_[row] = 0;
        }
    });
}

/// A table for each degree and probability there is.
void CascadeSampler::make_tables() {
    std::map<std::pair<std::uint32_t, double>, std::uint32_t> known;
    // Most nodes of a degree have the probability of the one before.
    struct Latest {
        double probability = 0.0;
        std::uint32_t table = 0;
    };
    std::vector<Latest> latest;
    for (std::uint32_t row = 0; row < graph_.nodes(); ++row) {
        if (rule_[row] == coins) continue;
        const double p = graph_.in_weights(row).front();
        const std::uint32_t degree = graph_.in_degree(row);
        if (degree >= latest.size()) latest.resize(degree + 1);
        if (latest[degree].probability != p) {
            const auto [found, is_new] =
                known.try_emplace({degree, p}, static_cast<std::uint32_t>(live_counts_.size()));
            if (is_new) live_counts_.push_back(cumulative_binomial(degree, p));
            latest[degree] = {p, found->second};
        }
        rule_[row] = latest[degree].table;
    }
}

void CascadeSampler::sample(std::uint64_t set, ReverseScratch& scratch,
                            std::vector<std::uint32_t>& rows) const {
    SetDraws draws(seed_, cascade_set_draw, set);
    scratch.start();
    const std::size_t first = rows.size();
    const auto add = [&](std::uint32_t row) {
        if (scratch.meet(row)) rows.push_back(row);
    };
    add(draws.below(static_cast<std::uint32_t>(graph_.nodes())));
    for (std::size_t next = first; next < rows.size(); ++next) {
        const std::uint32_t row = rows[next];
        const auto sources = graph_.sources(row);
        if (sources.empty()) continue;
        if (rule_[row] == coins) {
            const auto weights = graph_.in_weights(row);
            for (std::size_t e = 0; e < sources.size(); ++e)
                if (!scratch.met(sources[e]) && draws.uniform() < weights[e]) add(sources[e]);
            continue;
        }
        const std::vector<std::uint64_t>& upto = live_counts_[rule_[row]];
        const std::uint64_t word = draws.word();
        std::uint32_t live = 0;
        while (live < upto.size() && word >= upto[live]) ++live;
        // Floyd's sample of `live` different edges (Bentley & Floyd 1987).
        std::array<std::uint32_t, most_live> chosen;
        const auto degree = static_cast<std::uint32_t>(sources.size());
        for (std::uint32_t n = 0; n < live; ++n) {
            const std::uint32_t last = degree - live + n;
            std::uint32_t edge = draws.below(last + 1);
            if (std::find(chosen.begin(), chosen.begin() + n, edge) != chosen.begin() + n) edge = last;
            chosen[n] = edge;
            add(sources[edge]);
        }
    }
}

}  // namespace domino::sim
