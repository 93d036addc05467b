#include "sim/statistics/mean_interval.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "sim/statistics/resampler.h"
#include "sim/statistics/sorted_quantile.h"

namespace domino::sim {

MeanInterval find_mean(std::span<const double> values, std::uint64_t seed) {
    if (values.empty()) throw std::invalid_argument("a mean needs at least one member");
    const auto members = static_cast<double>(values.size());
    MeanInterval result;
    for (const double value : values) result.mean += value;
    result.mean /= members;
    std::vector<double> means;
    Resampler resampler(seed);
    for (int replicate = 0; replicate < bootstrap_replicates; ++replicate) {
        double sum = 0.0;
        for (std::size_t draw = 0; draw < values.size(); ++draw) sum += values[resampler.pick(values.size())];
        means.push_back(sum / members);
    }
    std::sort(means.begin(), means.end());
    const std::span<const double> ascending(means);
    result.p05 = sorted_quantile(ascending, 0.05);
    result.p95 = sorted_quantile(ascending, 0.95);
    return result;
}

}  // namespace domino::sim
