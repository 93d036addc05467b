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
    /// Months the dynamics are stepped in at once: 1, or 3 for a quick answer; then parts_per_month is 1.
    /// Whole steps make up the run and each of its calendar years. "Step" is everywhere the index of a month
    /// of the run; what happens in a longer step carries its first month.
    int months_per_step = 1;

    constexpr Month month(int step) const { return Month{first.value + step}; }
    /// First month of the step that contains a month, both counted from the start of the run.
    constexpr int step_start(int month_index) const { return month_index - month_index % months_per_step; }
    /// First month of the step that contains a month; months before the run, and `never`, stay.
    constexpr Month step_start(Month month) const {
        if (month < first || month == never) return month;
        return Month{first.value + step_start(month.value - first.value)};
    }
    /// Whether whole steps make up the run and its calendar years.
    constexpr bool whole_steps() const {
        return months_per_step >= 1 && 12 % months_per_step == 0 && steps % months_per_step == 0 &&
               (first.month_of_year() - 1) % months_per_step == 0;
    }
    constexpr Month end() const { return Month{first.value + steps}; }
    /// Calendar years that lie whole inside the run.
    constexpr int first_year() const { return first.month_of_year() == 1 ? first.year() : first.year() + 1; }
    constexpr int last_year() const { return end().year() - 1; }
    constexpr int years() const { return last_year() - first_year() + 1; }
    /// Calendar years the run touches (paths by year are given for all of them).
    constexpr int touched_years() const { return Month{end().value - 1}.year() - first.year() + 1; }
};

/// Months [from, to) as the whole steps something dated acts in: from the step that contains its first month
/// up to the step that contains its end, and in one at least. The same months where a step is a month.
struct ActingMonths {
    Month from, to;

    constexpr ActingMonths(const Calendar& calendar, Month first, Month end)
        : from(calendar.step_start(first)), to(calendar.step_start(end)) {
        if (first < end && to <= from) to = Month{from.value + calendar.months_per_step};
    }
    constexpr bool contain(Month month) const { return from <= month && month < to; }
};

/// Length of a month in years: the step of the run's results.
inline constexpr double step_years = 1.0 / 12.0;

/// Length of the step of the dynamics in years.
constexpr double part_years(const Calendar& calendar) {
    return calendar.months_per_step * step_years / calendar.parts_per_month;
}

}  // namespace domino::sim
