#include "sim/influence/cascade_sampler.h"

#include <algorithm>
#include <array>
#include <map>

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

/// The kinds of some rows in order of appearance.
class CascadeSampler::Kinds {
 public:
    std::uint32_t number_of(Kind kind) {
        // Most nodes of a degree have the probability of the one before.
        if (kind.degree >= latest_.size()) latest_.resize(kind.degree + 1);
        Latest& latest = latest_[kind.degree];
        if (latest.probability != kind.probability) {
            const auto [found, is_new] = number_.try_emplace(kind, static_cast<std::uint32_t>(all_.size()));
            if (is_new) all_.push_back(kind);
            latest = {kind.probability, found->second};
        }
        return latest.number;
    }
    const std::vector<Kind>& all() const { return all_; }

 private:
    struct Latest {
        double probability = 0.0;
        std::uint32_t number = 0;
    };

    std::vector<Kind> all_;
    std::map<Kind, std::uint32_t> number_;
    std::vector<Latest> latest_;  ///< by degree
};

CascadeSampler::CascadeSampler(const IndependentCascade& model, std::uint64_t seed, const Threads* threads)
    : graph_(model.graph()), seed_(seed), rule_(model.graph().nodes(), coins) {
    constexpr std::size_t block = 4096;
    const std::size_t nodes = graph_.nodes(), blocks = (nodes + block - 1) / block;
    const auto for_each_row = [&](std::size_t n, const auto& call) {
        for (std::size_t row = n * block; row < std::min((n + 1) * block, nodes); ++row)
            call(static_cast<std::uint32_t>(row));
    };
    // Blocks number their kinds by themselves, then for all.
    std::vector<Kinds> of_block(blocks);
    run_shared(threads, blocks, [&](std::size_t n) {
        for_each_row(n, [&](std::uint32_t row) {
            if (const std::optional<Kind> kind = kind_of(row)) rule_[row] = of_block[n].number_of(*kind);
        });
    });
    Kinds all;
    std::vector<std::vector<std::uint32_t>> number(blocks);
    for (std::size_t n = 0; n < blocks; ++n)
        for (const Kind& kind : of_block[n].all()) number[n].push_back(all.number_of(kind));
    run_shared(threads, blocks, [&](std::size_t n) {
        for_each_row(n, [&](std::uint32_t row) {
            if (rule_[row] != coins) rule_[row] = number[n][rule_[row]];
        });
    });
    for (const Kind& kind : all.all())
        live_counts_.push_back(cumulative_binomial(kind.degree, kind.probability));
}

/// Nothing where the edges into a node differ in probability, or coins are no dearer.
std::optional<CascadeSampler::Kind> CascadeSampler::kind_of(std::uint32_t row) const {
    const auto weights = graph_.in_weights(row);
    if (weights.empty()) return std::nullopt;
    const double p = weights.front();
    if (!(p > 0.0) || p >= 1.0 || p * graph_.in_degree(row) > most_expected) return std::nullopt;
    if (!std::all_of(weights.begin(), weights.end(), [p](double w) { return w == p; })) return std::nullopt;
    return Kind{graph_.in_degree(row), p};
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
