#pragma once

#include <span>
#include <vector>

#include "sim/statistics/sorted_quantile.h"
#include "viz/quantile_picker.h"

namespace domino::viz {

/// What is published of a number over the members: the mean adds up, the quantiles do not.
struct Summary {
    double mean = 0.0;
    double p05 = 0.0;
    double p50 = 0.0;
    double p95 = 0.0;
};

using sim::sorted_quantile;

/// Summaries of many samples of the members, without an allocation each. Deterministic: the mean is the sum
/// in member order over the count. Expects at least one member and no NaN.
class Summarizer {
 public:
    template <class T>
    Summary summarize(std::span<const T> members) {
        take(members);
        const auto [p05, p50, p95] = picker_.pick(values_, {0.05, 0.5, 0.95});
        return {mean_, p05, p50, p95};
    }

    /// Sorts a sample so that quantile() and mean() speak of it.
    template <class T>
    void sort(std::span<const T> members) {
        take(members);
        order();
    }
    double quantile(double p) const { return sorted_quantile(std::span<const double>(values_), p); }
    double mean() const { return mean_; }

 private:
    template <class T>
    void take(std::span<const T> members) {
        values_.assign(members.begin(), members.end());
        double sum = 0.0;
        for (const double value : values_) sum += value;
        mean_ = sum / static_cast<double>(values_.size());
    }
    void order();

    std::vector<double> values_;
    QuantilePicker picker_;
    double mean_ = 0.0;
};

}  // namespace domino::viz
