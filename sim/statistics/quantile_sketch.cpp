#include "sim/statistics/quantile_sketch.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace domino::sim {
namespace {

constexpr double largest_magnitude = 0x1.0p52;

std::int64_t to_key(double value) {
    const double clamped = std::clamp(value, -largest_magnitude, largest_magnitude);
    return static_cast<std::int64_t>(std::floor(clamped / QuantileSketches::unit));
}

}  // namespace

QuantileSketches::QuantileSketches(std::size_t samples)
    : origin_(samples, 0),
      count_(samples, 0),
      level_(samples, 0),
      used_(samples, 0),
      counts_(samples * bins, 0) {}

void QuantileSketches::widen(std::size_t sample, int level) {
    const int by = level - level_[sample];
    std::uint16_t* counts = row(sample);
    const std::int64_t origin = origin_[sample] >> by;
    const std::size_t used = used_[sample];
    std::size_t last = 0;
    for (std::size_t bin = 0; bin < used; ++bin) {
        const auto target =
            static_cast<std::size_t>(((origin_[sample] + static_cast<std::int64_t>(bin)) >> by) - origin);
        const std::uint16_t times = counts[bin];
        counts[bin] = 0;
        counts[target] = static_cast<std::uint16_t>(counts[target] + times);
        last = target;
    }
    origin_[sample] = origin;
    level_[sample] = static_cast<std::uint8_t>(level);
    used_[sample] = static_cast<std::uint8_t>(last + 1);
}

void QuantileSketches::place(std::size_t sample, std::int64_t key, std::uint16_t times) {
    if (count_[sample] + times > static_cast<std::uint32_t>(most_values))
        throw std::length_error("a quantile sketch holds at most 65,535 values a sample");
    int level = level_[sample];
    if (count_[sample] == 0) {
        origin_[sample] = key >> level;
        used_[sample] = 1;
        row(sample)[0] = times;
        count_[sample] = times;
        return;
    }
    const auto bounds_at = [&](int at) {
        const int by = at - level_[sample];
        const std::int64_t first = origin_[sample] >> by;
        const std::int64_t last = (origin_[sample] + used_[sample] - 1) >> by;
        const std::int64_t bin = key >> at;
        return std::pair{std::min(first, bin), std::max(last, bin)};
    };
    auto bounds = bounds_at(level);
    while (bounds.second - bounds.first >= static_cast<std::int64_t>(bins)) bounds = bounds_at(++level);
    if (level != level_[sample]) widen(sample, level);
    std::uint16_t* counts = row(sample);
    if (const auto shift = static_cast<std::size_t>(origin_[sample] - bounds.first); shift > 0) {
        std::copy_backward(counts, counts + used_[sample], counts + used_[sample] + shift);
        std::fill_n(counts, shift, std::uint16_t{0});
        origin_[sample] = bounds.first;
    }
    used_[sample] = static_cast<std::uint8_t>(bounds.second - bounds.first + 1);
    std::uint16_t& bin = counts[(key >> level) - bounds.first];
    bin = static_cast<std::uint16_t>(bin + times);
    count_[sample] += times;
}

void QuantileSketches::add(std::size_t sample, double value) {
    place(sample, to_key(value), 1);
}

void QuantileSketches::merge(const QuantileSketches& other) {
    if (other.samples() != samples()) throw std::invalid_argument("sketches of different numbers of samples");
    for (std::size_t sample = 0; sample < samples(); ++sample) {
        if (other.count_[sample] == 0) continue;
        // The wider of the two decides first, so that no value of a wide bin is put into a narrow one.
        if (count_[sample] == 0) level_[sample] = other.level_[sample];
        if (level_[sample] < other.level_[sample]) widen(sample, other.level_[sample]);
        const std::uint16_t* counts = other.row(sample);
        for (std::size_t bin = 0; bin < other.used_[sample]; ++bin) {
            if (counts[bin] == 0) continue;
            const std::int64_t key = (other.origin_[sample] + static_cast<std::int64_t>(bin))
                                     << other.level_[sample];
            place(sample, key, counts[bin]);
        }
    }
}

double QuantileSketches::middle(std::size_t sample, std::size_t rank) const {
    const std::uint16_t* counts = row(sample);
    std::size_t bin = 0;
    for (std::size_t passed = counts[0]; passed <= rank && bin + 1 < used_[sample]; passed += counts[bin]) {
        ++bin;
    }
    const auto number = static_cast<double>(origin_[sample] + static_cast<std::int64_t>(bin));
    return (number + 0.5) * std::ldexp(unit, level_[sample]);
}

double QuantileSketches::quantile(std::size_t sample, double p) const {
    if (count_[sample] == 0) throw std::invalid_argument("a sketch without values has no quantiles");
    const double h = static_cast<double>(count_[sample] - 1) * p;
    const auto below = static_cast<std::size_t>(h);
    const double low = middle(sample, below);
    if (below + 1 >= count_[sample]) return low;
    return low + (h - static_cast<double>(below)) * (middle(sample, below + 1) - low);
}

bool QuantileSketches::same(const QuantileSketches& other, std::size_t sample) const {
    return count_[sample] == other.count_[sample] && level_[sample] == other.level_[sample] &&
           origin_[sample] == other.origin_[sample] &&
           std::equal(row(sample), row(sample) + bins, other.row(sample));
}

double QuantileSketches::half_width(std::size_t sample) const {
    return std::ldexp(unit / 2, level_[sample]);
}

}  // namespace domino::sim
