#include "sim/place_distributions.h"

#include <algorithm>
#include <cmath>

namespace domino::sim {
namespace {

constexpr double tonne_units = 0x1.0p16;
constexpr double largest_t = 0x1.0p30;  ///< a billion tonnes; 65,535 such members still fit into 63 bits

}  // namespace

PlaceDistributions::PlaceDistributions(std::size_t places, const Calendar& calendar)
    : places_(places),
      years_(static_cast<std::size_t>(calendar.years())),
      sum_(places * years_, 0),
      emissions_(places * years_),
      reached_(stage_count * places * years_, 0) {
    for (int step = 0; step < calendar.steps; ++step) {
        const int offset = std::max(0, calendar.month(step).year() - calendar.first_year());
        year_of_step_.push_back(static_cast<std::uint16_t>(std::min(offset, calendar.years())));
    }
}

void PlaceDistributions::add(std::span<const float> emissions_t, std::span<const std::uint16_t> stage_step,
                             std::size_t members) {
    for (std::size_t cell = 0; cell < sum_.size(); ++cell) {
        for (std::size_t m = 0; m < members; ++m) {
            const double t = static_cast<double>(emissions_t[cell * members + m]);
            sum_[cell] += static_cast<std::int64_t>(
                std::floor(std::clamp(t, -largest_t, largest_t) * tonne_units + 0.5));
            emissions_.add(cell, t);
        }
    }
    for (std::size_t row = 0; row < stage_count * places_; ++row) {
        std::uint32_t* by_year = &reached_[row * years_];
        for (std::size_t m = 0; m < members; ++m) {
            const std::uint16_t step = stage_step[row * members + m];
            if (step == never_step) continue;
            for (std::size_t y = year_of_step_[step]; y < years_; ++y) ++by_year[y];
        }
    }
    members_ += static_cast<std::uint32_t>(members);
}

double PlaceDistributions::mean_t(std::size_t place, std::size_t year) const {
    return static_cast<double>(sum_[at(place, year)]) / (tonne_units * members_);
}

std::size_t PlaceDistributions::first_difference(const PlaceDistributions& other, std::size_t place) const {
    for (std::size_t y = 0; y < years_; ++y) {
        const std::size_t cell = at(place, y);
        if (sum_[cell] != other.sum_[cell] || !emissions_.same(other.emissions_, cell)) return y;
        for (std::size_t stage = 0; stage < stage_count; ++stage) {
            const auto s = static_cast<Stage>(stage);
            if (reached(s, place, y) != other.reached(s, place, y)) return y;
        }
    }
    return years_;
}

double PlaceDistributions::largest_error_t() const {
    double largest = 0.0;
    for (std::size_t cell = 0; cell < sum_.size(); ++cell)
        largest = std::max(largest, emissions_.half_width(cell));
    return largest;
}

double PlaceDistributions::largest_relative_error() const {
    double largest = 0.0;
    for (std::size_t cell = 0; cell < sum_.size(); ++cell) {
        const double mean = std::abs(static_cast<double>(sum_[cell])) / (tonne_units * members_);
        // Below a tonne a year the unit of the bins, and not their number, is what counts.
        if (mean >= 1.0) largest = std::max(largest, emissions_.half_width(cell) / mean);
    }
    return largest;
}

}  // namespace domino::sim
