#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/calendar.h"
#include "sim/stage.h"
#include "sim/statistics/quantile_sketch.h"

namespace domino::sim {

/// Members that distributions hold.
inline constexpr int most_sketched_members = QuantileSketches::most_values;

/// Results of places summed up over members, for runs in which keeping every member's would take more memory
/// than they may use. Nothing in it depends on the order in which members are added.
class PlaceDistributions {
 public:
    /// Bytes kept of a place and year, and of a place, year and stage.
    static constexpr std::size_t bytes_per_year = sizeof(std::int64_t) + QuantileSketches::bytes_per_sample;
    static constexpr std::size_t bytes_per_stage_year = sizeof(std::uint32_t);

    PlaceDistributions() = default;
    PlaceDistributions(std::size_t places, const Calendar& calendar);

    /// Adds members: their emissions [place][year][member] and stage steps [stage][place][member]. Throws
    /// std::length_error beyond 65,535 members.
    void add(std::span<const float> emissions_t, std::span<const std::uint16_t> stage_step,
             std::size_t members);

    std::uint32_t members() const { return members_; }
    /// Mean emissions of a place and year, t CO2e: each member enters as a multiple of 2⁻¹⁶ t.
    double mean_t(std::size_t place, std::size_t year) const;
    /// As QuantileSketches::quantile, with its error.
    double quantile_t(std::size_t place, std::size_t year, double p) const {
        return emissions_.quantile(at(place, year), p);
    }
    /// Largest error of any of these quantiles, t CO2e, and the largest in parts of the cell's mean.
    double largest_error_t() const;
    double largest_relative_error() const;
    /// Members in which a place has reached a stage by the end of a year.
    std::uint32_t reached(Stage stage, std::size_t place, std::size_t year) const {
        return reached_[(static_cast<std::size_t>(stage) * places_ + place) * years_ + year];
    }

    /// First year in which a place differs from the same place of other distributions; the number of years
    /// where it never does.
    std::size_t first_difference(const PlaceDistributions& other, std::size_t place) const;

    friend bool operator==(const PlaceDistributions&, const PlaceDistributions&) = default;

 private:
    std::size_t at(std::size_t place, std::size_t year) const { return place * years_ + year; }

    std::size_t places_ = 0;
    std::size_t years_ = 0;
    std::uint32_t members_ = 0;
    std::vector<std::uint16_t> year_of_step_;  ///< offset from the first whole year; years_: after the last
    std::vector<std::int64_t> sum_;            ///< [place][year], in 2⁻¹⁶ t
    QuantileSketches emissions_;               ///< [place][year]
    std::vector<std::uint32_t> reached_;       ///< [stage][place][year]
};

}  // namespace domino::sim
