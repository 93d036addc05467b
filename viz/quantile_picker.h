#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace domino::viz {

/// Three quantiles of many samples, without sorting more of each than they need: values are counted into
/// equal classes between the least and the greatest, and only those of a class that holds a wanted rank are
/// sorted. The same numbers as sim::sorted_quantile of the sorted sample. Not for several threads at once.
class QuantilePicker {
 public:
    /// The @p p-quantiles (0 … 1) of at least one value, none of them NaN.
    std::array<double, 3> pick(std::span<const double> sample, const std::array<double, 3>& p);

 private:
    static constexpr std::size_t classes = 128;
    static constexpr std::size_t ranks = 6;  ///< two a quantile

    /// Between which values of the sorted sample a quantile lies.
    struct Between {
        std::size_t low = 0, high = 0;  ///< their indices in `rank_`
        double part = 0.0;              ///< of the way from the one to the other
    };

    void choose_ranks(std::size_t members, const std::array<double, 3>& p);
    void count(std::span<const double> sample);
    void find_wanted();
    void keep_wanted(std::span<const double> sample);

    std::size_t members_ = 0;  ///< whose ranks were chosen last
    std::array<double, 3> p_{};
    std::array<Between, 3> between_{};
    std::vector<std::uint8_t> class_of_;
    std::vector<double> kept_;
    std::array<std::uint32_t, classes> count_{};
    std::array<std::uint8_t, classes> wanted_{};
    std::array<std::size_t, ranks> rank_{};      ///< ascending
    std::array<std::size_t, ranks> position_{};  ///< of each rank in `kept_`
};

}  // namespace domino::viz
