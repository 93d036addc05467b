#include "sim/influence/influence_maximisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "geo/portable_math.h"
#include "sim/ensemble_threads.h"
#include "sim/influence/greedy_cover.h"
#include "sim/influence/reverse_collection.h"

namespace domino::sim {
namespace {

constexpr double greedy_ratio = 0.63212055882855768;  // 1 − 1/e
/// More doublings than any memory allows.
constexpr int most_looks = 40;

void check(const InfluenceOptions& options, std::size_t nodes) {
    const auto refuse = [](const std::string& why) { throw std::invalid_argument(why); };
    if (options.seeds == 0 || options.seeds > nodes)
        refuse(fmt::format("{} seeds; the graph has {} nodes: take 1 to as many", options.seeds, nodes));
    if (!(options.ratio > 0.0) || options.ratio >= 1.0)
        refuse(fmt::format("a ratio of {}; take one above 0 and below 1", options.ratio));
    if (!(options.confidence > 0.0) || options.confidence >= 1.0)
        refuse(fmt::format("a confidence of {}; take one above 0 and below 1", options.confidence));
}

/// ln of the number of ways to choose k of n.
double log_choices(std::size_t n, std::size_t k) {
    double sum = 0.0;
    for (std::size_t i = 1; i <= k; ++i)
        sum += portable::log(static_cast<double>(n - k + i) / static_cast<double>(i));
    return sum;
}

/// How many sets OPIM-C starts with (its equation 17).
double first_sets(std::size_t nodes, std::size_t seeds, double failure) {
    const double root = greedy_ratio * std::sqrt(portable::log(6.0 / failure)) +
                        std::sqrt(greedy_ratio * (log_choices(nodes, seeds) + portable::log(6.0 / failure)));
    return std::max(1.0, 2.0 * root * root);
}

/// The expectation lies below this, or above that, with probability e^−a at most when Λ sets are covered
/// (Tang et al. 2018, Lemma 4.2 and 4.3).
double lower_expectation(double covered, double a) {
    const double root = std::sqrt(covered + 2.0 * a / 9.0) - std::sqrt(a / 2.0);
    return std::max(0.0, root * root - a / 18.0);
}

double upper_expectation(double covered, double a) {
    const double root = std::sqrt(covered + a / 2.0) + std::sqrt(a / 2.0);
    return root * root;
}

}  // namespace

InfluenceResult maximise_influence(const ReverseSampler& sampler, const InfluenceOptions& options) {
    check(options, sampler.nodes());
    const auto n = static_cast<double>(sampler.nodes());
    const double failure = 1.0 - options.confidence;
    // Bounds are looked at once a doubling, two at a time: the failures allowed are shared out among them.
    const double a = portable::log(3.0 * most_looks / failure);
    const Threads threads(options.threads);
    const Threads* helpers = threads.count() > 1 ? &threads : nullptr;
    const auto stop = [&] { return options.cancelled != nullptr && options.cancelled->load(); };

    ReverseCollection chosen_on(sampler, 0);
    ReverseCollection judged_by(sampler, std::uint64_t{1} << 62U);
    InfluenceResult result;
    CoverSearch search(chosen_on, sampler.nodes(), helpers);
    std::vector<std::uint64_t> covered;
    double sets = first_sets(sampler.nodes(), options.seeds, failure);
    for (int look = 0; look < most_looks; ++look, sets *= 2.0) {
        const auto wanted = static_cast<std::uint64_t>(std::ceil(sets));
        chosen_on.grow(wanted, helpers, stop);
        const auto half = static_cast<double>(chosen_on.sets());
        // To choose is one seed after the other: one thread does it while others make the sets to judge by.
        GreedyCover cover;
        judged_by.grow(wanted, helpers, stop, [&] { cover = search.choose(options.seeds); });
        result.seeds = cover.seeds;
        covered = judged_by.covered(cover.seeds, helpers);
        const double hits = covered.empty() ? 0.0 : static_cast<double>(covered.back());
        result.lower_bound = n / half * lower_expectation(hits, a);
        result.upper_bound = std::min(n, n / half * upper_expectation(static_cast<double>(cover.bound), a));
        result.ratio = result.upper_bound > 0.0 ? result.lower_bound / result.upper_bound : 1.0;
        result.sets = chosen_on.sets() + judged_by.sets();
        result.reached = result.ratio >= options.ratio;
        if (options.progress) options.progress(result.sets, result.ratio);
        const std::uint64_t bytes = chosen_on.bytes() + judged_by.bytes() + search.bytes();
        if (result.reached || 2 * bytes > options.most_bytes) break;
    }
    const auto judged = static_cast<double>(judged_by.sets());
    for (const std::uint64_t hits : covered) result.spread.push_back(n * static_cast<double>(hits) / judged);
    const double share = covered.empty() ? 0.0 : static_cast<double>(covered.back()) / judged;
    result.standard_error = n * std::sqrt(share * (1.0 - share) / judged);
    result.confidence = options.confidence;
    return result;
}

}  // namespace domino::sim
