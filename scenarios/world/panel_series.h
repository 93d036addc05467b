#pragma once

#include <algorithm>
#include <optional>

#include "geo/portable_math.h"
#include "scenarios/world/pack_countries.h"
#include "sim/calendar.h"
#include "sim/world.h"

namespace domino::scenarios {

/// Years over which a country's own trend is measured.
inline constexpr int trend_years = 12;

inline std::size_t count_years(const sim::Calendar& calendar) {
    return static_cast<std::size_t>(calendar.touched_years());
}

inline const CountryYear* find_year(const CountryRecord& record, int year) {
    const auto it = record.years.find(year);
    return it == record.years.end() ? nullptr : &it->second;
}

inline double positive_mt(std::optional<double> value) {
    return std::max(0.0, value.value_or(0.0));
}

/// Yearly change of log(amount per GDP) over the twelve years to `base`; nullopt where it cannot be measured.
template <typename Amount>
std::optional<double> own_trend(const CountryRecord& record, int base, Amount amount) {
    const auto intensity = [&](const CountryYear* year) -> std::optional<double> {
        if (year == nullptr || year->gdp_ppp_musd.value_or(0.0) <= 0.0) return std::nullopt;
        const std::optional<double> value = amount(*year);
        if (value.value_or(0.0) <= 0.0) return std::nullopt;
        return *value / *year->gdp_ppp_musd;
    };
    const auto now = intensity(find_year(record, base));
    const auto then = intensity(find_year(record, base - trend_years));
    if (!now || !then) return std::nullopt;
    return portable::log(*now / *then) / trend_years;
}

/// Yearly values of a quantity relative to the base year, before it; 1 where the panel is silent, after the
/// base year, or where the base is 0.
template <typename Amount>
sim::ByYear relative_to_base(const CountryRecord& record, const sim::Calendar& calendar, int base,
                             Amount amount) {
    const auto* at_base = find_year(record, base);
    const double level = at_base == nullptr ? 0.0 : amount(*at_base);
    sim::ByYear out(count_years(calendar), 1.0);
    if (level == 0.0) return out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int year = calendar.first.year() + static_cast<int>(i);
        const auto* values = find_year(record, year);
        const bool told = values != nullptr && (values->has_inventory() || !at_base->has_inventory());
        if (year < base && told) out[i] = amount(*values) / level;
    }
    return out;
}

}  // namespace domino::scenarios
