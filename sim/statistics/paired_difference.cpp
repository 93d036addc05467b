#include "sim/statistics/paired_difference.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "sim/statistics/resampler.h"
#include "sim/statistics/sorted_quantile.h"

namespace domino::sim {
namespace {

void require_pairs(std::size_t a, std::size_t b) {
    if (a == 0 || a != b)
        throw std::invalid_argument("a paired comparison needs as many members on each side");
}

double mean_of(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

/// Sum of squares around the mean.
double spread_of(std::span<const double> values) {
    const double mean = mean_of(values);
    double sum = 0.0;
    for (const double value : values) sum += (value - mean) * (value - mean);
    return sum;
}

/// How much worse `value` is than `best`.
double loss(double value, double best, Better better) {
    return better == Better::lower ? value - best : best - value;
}

double best_of(std::span<const std::vector<double>> outcomes, std::size_t member, Better better) {
    double best = outcomes.front()[member];
    for (const std::vector<double>& outcome : outcomes)
        best = better == Better::lower ? std::min(best, outcome[member]) : std::max(best, outcome[member]);
    return best;
}

}  // namespace

PairedDifference PairedComparer::compare(std::span<const double> a, std::span<const double> b,
                                         Better better) {
    require_pairs(a.size(), b.size());
    difference_.resize(a.size());
    double wins = 0.0;
    for (std::size_t m = 0; m < a.size(); ++m) {
        difference_[m] = a[m] - b[m];
        const double gain = loss(b[m], a[m], better);
        if (gain >= 0.0) wins += gain > 0.0 ? 1.0 : 0.5;
    }
    PairedDifference result;
    result.mean = mean_of(difference_);
    result.a_better = wins / static_cast<double>(a.size());
    const double spread = spread_of(difference_);
    result.variance_reduction =
        spread > 0.0 ? (spread_of(a) + spread_of(b)) / spread : std::numeric_limits<double>::quiet_NaN();
    std::sort(difference_.begin(), difference_.end());
    result.p05 = sorted_quantile(std::span<const double>(difference_), 0.05);
    result.p95 = sorted_quantile(std::span<const double>(difference_), 0.95);
    return result;
}

std::vector<Regret> find_regrets(std::span<const std::vector<double>> outcomes, Better better) {
    std::vector<Regret> regrets(outcomes.size());
    if (outcomes.empty()) return regrets;
    const std::size_t members = outcomes.front().size();
    for (const std::vector<double>& outcome : outcomes) require_pairs(members, outcome.size());
    std::vector<std::vector<double>> lost(outcomes.size(), std::vector<double>(members));
    for (std::size_t m = 0; m < members; ++m) {
        const double best = best_of(outcomes, m, better);
        double tied = 0.0;
        for (std::size_t s = 0; s < outcomes.size(); ++s) {
            lost[s][m] = loss(outcomes[s][m], best, better);
            if (lost[s][m] == 0.0) tied += 1.0;
        }
        for (std::size_t s = 0; s < outcomes.size(); ++s)
            if (lost[s][m] == 0.0) regrets[s].best += 1.0 / (tied * static_cast<double>(members));
    }
    for (std::size_t s = 0; s < outcomes.size(); ++s) {
        regrets[s].mean = mean_of(lost[s]);
        std::sort(lost[s].begin(), lost[s].end());
        regrets[s].p95 = sorted_quantile(std::span<const double>(lost[s]), 0.95);
    }
    return regrets;
}

PairedRatio find_ratio(std::span<const double> a, std::span<const double> b, std::uint64_t seed) {
    require_pairs(a.size(), b.size());
    std::vector<double> below, ratios;
    Resampler resampler(seed);
    for (int replicate = 0; replicate < bootstrap_replicates; ++replicate) {
        double over = 0.0, under = 0.0;
        for (std::size_t draw = 0; draw < a.size(); ++draw) {
            const std::size_t member = resampler.pick(a.size());
            over += a[member];
            under += b[member];
        }
        below.push_back(under);
        if (under != 0.0) ratios.push_back(over / under);
    }
    std::sort(below.begin(), below.end());
    const std::span<const double> ascending(below);
    PairedRatio result;
    if (sorted_quantile(ascending, 0.05) <= 0.0 && sorted_quantile(ascending, 0.95) >= 0.0) return result;
    std::sort(ratios.begin(), ratios.end());
    result.stated = true;
    result.ratio = mean_of(a) / mean_of(b);
    result.p05 = sorted_quantile(std::span<const double>(ratios), 0.05);
    result.p95 = sorted_quantile(std::span<const double>(ratios), 0.95);
    return result;
}

}  // namespace domino::sim
