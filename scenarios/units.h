#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace domino::scenarios {

/// Exponents of the base quantities; a unit of one dimension never passes for another.
struct Dimension {
    std::int8_t people = 0;  ///< base unit: person
    std::int8_t length = 0;  ///< metre
    std::int8_t money = 0;   ///< JPY
    std::int8_t mass = 0;    ///< tonne CO2 equivalent
    std::int8_t time = 0;    ///< year
    std::int8_t angle = 0;   ///< minute of arc

    friend auto operator<=>(const Dimension&, const Dimension&) = default;
};

inline constexpr Dimension dimensionless{};
inline constexpr Dimension people{.people = 1};
inline constexpr Dimension length{.length = 1};
inline constexpr Dimension money_per_year{.money = 1, .time = -1};
inline constexpr Dimension money_per_mass{.money = 1, .mass = -1};
inline constexpr Dimension mass{.mass = 1};
inline constexpr Dimension duration{.time = 1};
inline constexpr Dimension angle{.angle = 1};

/// "length", "money per year", "a plain number" …, for messages.
std::string name(const Dimension& dimension);

/// A number of base units.
struct Quantity {
    double value = 0.0;
    Dimension dimension;
};

/// Why a text is no quantity: what is wrong and what would be right.
struct UnitError {
    std::string what;
    std::string fix;
};

/// Reads "4000 JPY/tCO2", "250 km", "20 MJPY/yr", "100000 people", "50 %", "12" (a plain number).
/// A value is rounded once: the number is multiplied and divided by whole powers and counts. Not finite
/// numbers, unknown units (with did-you-mean) and foreign currencies are errors. Deterministic, free of the
/// locale.
std::variant<Quantity, UnitError> parse_quantity(std::string_view text);

/// The value of @p base (in base units) in @p unit, such as "250 km". Falls back to base units where the
/// text would not read back to the same bits.
std::string format_quantity(double base, std::string_view unit);

/// Shortest text that reads back to the same double; always with '.' as the point.
std::string format_number(double value);

}  // namespace domino::scenarios
