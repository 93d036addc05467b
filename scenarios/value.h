#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "sim/calendar.h"
#include "sim/prior.h"

namespace domino::scenarios {

/// A value of a scenario key, apart from how the file spells it. Quantities are in base units, fractions in
/// 0 … 1, durations in the whole units of their key; monostate means "not set".
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>,
                           std::vector<int>, sim::Month, sim::Prior>;

/// How a key's value is written in TOML and checked.
enum class ValueType : std::uint8_t {
    text,
    path,    ///< of a file, relative to the scenario file
    source,  ///< a file, or what GDAL opens by name, such as "PG:dbname=gis" or "/vsizip/a.zip/b.tif"
    source_list,
    integer,
    number,
    fraction,      ///< 0.5 or "50 %"
    quantity,      ///< "250 km"
    whole_months,  ///< "24 months"
    whole_years,   ///< "3 yr"
    year_list,     ///< [2020, 2030], ascending
    month,         ///< "2026-04"
    on_off,        ///< true or false
    choice,
    text_list,
    country,       ///< ISO 3166-1 alpha-3 or a name
    country_list,  ///< countries and groups of countries
    technology,
    technology_list,
    network_list,
    prior,
};

}  // namespace domino::scenarios
