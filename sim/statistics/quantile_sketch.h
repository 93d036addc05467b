#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace domino::sim {

/// Quantiles of many samples whose values are not kept: per sample, counts in 64 bins side by side. A bin is
/// `2^level` units of 2⁻¹⁰ wide and starts at a multiple of its width; the level is the smallest at which the
/// sample's least and greatest value fit into 64 bins. It so depends on the values alone, and adding them in
/// another order, or in parts that are merged, leaves the same bits (a uniform collapse, as in Epicoco et al.
/// 2020, UDDSketch, with bins of equal width so that values around zero do no harm).
///
/// Error: a quantile differs from the sample's own by at most half a bin, `half_width()`; as the level below
/// would not do, that is less than 1/63 of the range of the sample, plus 2⁻¹⁰.
///
/// 142 bytes a sample, at most 65,535 values each. Deterministic.
class QuantileSketches {
 public:
    static constexpr std::size_t bins = 64;
    static constexpr double unit = 0x1.0p-10;
    static constexpr int most_values = 65535;  ///< of a sample
    static constexpr std::size_t bytes_per_sample = 14 + 2 * bins;

    QuantileSketches() = default;
    explicit QuantileSketches(std::size_t samples);

    std::size_t samples() const { return origin_.size(); }

    /// Adds a value of magnitude up to 2⁵². Throws std::length_error where the sample is full.
    void add(std::size_t sample, double value);
    /// Adds everything another set of as many samples holds. Throws std::invalid_argument, std::length_error.
    void merge(const QuantileSketches& other);

    std::uint32_t count(std::size_t sample) const { return count_[sample]; }
    /// The p-quantile of at least one value, 0 ≤ p ≤ 1, between order statistics (n − 1)·p as in
    /// Hyndman & Fan's type 7; values stand in the middle of their bins.
    double quantile(std::size_t sample, double p) const;
    /// Largest error of a quantile of the sample.
    double half_width(std::size_t sample) const;

    /// Whether one sample looks the same in another set.
    bool same(const QuantileSketches& other, std::size_t sample) const;

    friend bool operator==(const QuantileSketches&, const QuantileSketches&) = default;

 private:
    void place(std::size_t sample, std::int64_t key, std::uint16_t times);
    void widen(std::size_t sample, int level);
    std::uint16_t* row(std::size_t sample) { return &counts_[sample * bins]; }
    const std::uint16_t* row(std::size_t sample) const { return &counts_[sample * bins]; }
    double middle(std::size_t sample, std::size_t rank) const;

    std::vector<std::int64_t> origin_;  ///< of the first bin, in bins of the level
    std::vector<std::uint32_t> count_;
    std::vector<std::uint8_t> level_;
    std::vector<std::uint8_t> used_;     ///< bins from the first to the last occupied
    std::vector<std::uint16_t> counts_;  ///< [sample][bin], the first bin occupied
};

}  // namespace domino::sim
