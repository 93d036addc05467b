#pragma once

#include <compare>
#include <cstdint>

namespace domino::sim {

/// A calendar month counted from January of year 0: the absolute address of a step, the same in every
/// scenario whatever its first month.
struct Month {
    std::int32_t value = 0;

    friend auto operator<=>(const Month&, const Month&) = default;
    constexpr int year() const { return value / 12; }
    constexpr int month_of_year() const { return value % 12 + 1; }  ///< 1 … 12
};

/// `month_of_year` in 1 … 12.
constexpr Month make_month(int year, int month_of_year) {
    return Month{year * 12 + month_of_year - 1};
}

/// A month no run reaches: "open", "never".
inline constexpr Month never{INT32_MAX};

/// The months a run steps through, first to first + steps − 1.
struct Calendar {
    Month first = make_month(2020, 1);
    int steps = 255;  ///< January 2020 – March 2041, so that Japan's fiscal year 2040 is whole
    /// Equal parts a month's dynamics are stepped in: 1 unless the error of the step is on trial.
    int parts_per_month = 1;

    constexpr Month month(int step) const { return Month{first.value + step}; }
    constexpr Month end() const { return Month{first.value + steps}; }
    /// Calendar years that lie whole inside the run.
    constexpr int first_year() const { return first.month_of_year() == 1 ? first.year() : first.year() + 1; }
    constexpr int last_year() const { return end().year() - 1; }
    constexpr int years() const { return last_year() - first_year() + 1; }
    /// Calendar years the run touches (paths by year are given for all of them).
    constexpr int touched_years() const { return Month{end().value - 1}.year() - first.year() + 1; }
};

/// Length of a month in years: the step of the run's results.
inline constexpr double step_years = 1.0 / 12.0;

/// Length of the step of the dynamics in years.
constexpr double part_years(const Calendar& calendar) {
    return step_years / calendar.parts_per_month;
}

}  // namespace domino::sim
