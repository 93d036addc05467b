#pragma once

#include <optional>
#include <string>

#include "scenarios/world/technology_assembly.h"

namespace domino::scenarios {

/// What was counted of a technology's stock: solar generation of every kind, electric cars on the road.
class ObservedStock {
 public:
    ObservedStock(const TechnologyEvidence& evidence, const sim::Calendar& calendar)
        : evidence_(evidence), calendar_(calendar) {}

    /// Counted cars at the start as a share of @p units (those serving all); nullopt where none were counted.
    std::optional<double> car_share(const std::string& iso3, double units) const;

    /// Largest share of @p units that one of the two kinds of rooftop can have had at the start: half of all
    /// solar generation of the country (guess), at @p kwh_per_unit a year; nullopt where none is recorded.
    std::optional<double> largest_rooftop_share(const std::string& iso3, double units,
                                                double kwh_per_unit) const;

    /// Growth of solar generation from the start to 2024. A year's generation stands for the stock in its
    /// middle; rooftops are only part of it, all the less certain where there was hardly any.
    std::optional<sim::ObservedGrowth> solar_growth(const std::string& iso3) const;

    /// Growth of the cars counted from the end of the year before the start to the end of 2022.
    std::optional<sim::ObservedGrowth> car_growth(const std::string& iso3) const;

 private:
    std::optional<double> solar_twh(const std::string& iso3, int year) const;
    /// The geometric mean of the years before and after the start.
    std::optional<double> solar_around_start_twh(const std::string& iso3) const;
    std::optional<double> cars_at_end_of(const std::string& iso3, int year) const;

    const TechnologyEvidence& evidence_;
    const sim::Calendar& calendar_;
};

}  // namespace domino::scenarios
