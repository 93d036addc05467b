#pragma once

#include <cstddef>
#include <vector>

#include "scenarios/built_world.h"
#include "sim/results.h"

namespace domino::viz {

/// What is published of each place and calendar year, over the members. Flat arrays [place][year].
struct PlaceSummary {
    std::size_t places = 0;
    std::size_t years = 0;
    std::vector<double> population;                   ///< persons
    std::vector<double> mean_t, p05_t, p50_t, p95_t;  ///< emissions, t CO2e/yr
    std::vector<double> committed_probability;        ///< share of members committed by the end of the year

    std::size_t at(std::size_t place, std::size_t year) const { return place * years + year; }
    /// One year of a column: a value per place.
    std::vector<double> of_year(const std::vector<double>& column, std::size_t year) const {
        std::vector<double> values(places);
        for (std::size_t place = 0; place < places; ++place) values[place] = column[at(place, year)];
        return values;
    }
};

PlaceSummary summarize_places(const scenarios::BuiltWorld& built, const sim::RunResults& results);

/// Offset from the calendar's first year of the year a step lies in; negative before it, at least years()
/// after the last whole year.
int year_offset(const sim::Calendar& calendar, int step);

/// Entry of a "by year" vector of the world for the @p year th calendar year of the results.
double by_year_value(const sim::ByYear& values, const sim::Calendar& calendar, std::size_t year);

/// Members per place and year that reached @p stage by the end of the year, [place][year].
std::vector<std::uint32_t> count_stage(const sim::RunResults& results, sim::Stage stage);

}  // namespace domino::viz
