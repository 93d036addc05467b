#include "scenarios/units.h"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "geo/problem.h"

namespace domino::scenarios {
namespace {

enum class Prefixes : std::uint8_t { none, metric };

/// A unit is up/down base units; kept as a fraction so that "35 %" is exactly the double 0.35.
struct Unit {
    std::string_view symbol;
    Dimension dimension;
    double up = 1.0;
    double down = 1.0;
    Prefixes prefixes = Prefixes::none;
};

constexpr Dimension in_money{.money = 1};

constexpr std::array units = {
    Unit{"people", people},
    Unit{"persons", people},
    Unit{"person", people},
    Unit{"m", length, 1.0, 1.0, Prefixes::metric},
    Unit{"JPY", in_money, 1.0, 1.0, Prefixes::metric},
    Unit{"tCO2e", mass, 1.0, 1.0, Prefixes::metric},
    Unit{"tCO2eq", mass, 1.0, 1.0, Prefixes::metric},
    Unit{"tCO2", mass, 1.0, 1.0, Prefixes::metric},
    Unit{"t", mass, 1.0, 1.0, Prefixes::metric},
    Unit{"yr", duration},
    Unit{"year", duration},
    Unit{"years", duration},
    Unit{"month", duration, 1.0, 12.0},
    Unit{"months", duration, 1.0, 12.0},
    Unit{"arcmin", angle},
    Unit{"%", dimensionless, 1.0, 100.0},
};

struct Prefix {
    std::string_view symbol;
    double factor;
};
constexpr std::array prefixes = {Prefix{"k", 1e3}, Prefix{"M", 1e6}, Prefix{"G", 1e9}, Prefix{"T", 1e12}};

constexpr std::array currencies = {"USD", "EUR", "CNY", "GBP", "IDR", "VND", "THB", "AUD", "KRW", "INR"};

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<Unit> find_unit(std::string_view symbol) {
    for (const Unit& unit : units)
        if (unit.symbol == symbol) return unit;
    for (const Prefix& prefix : prefixes) {
        if (!symbol.starts_with(prefix.symbol)) continue;
        for (Unit unit : units) {
            if (unit.prefixes != Prefixes::metric || unit.symbol != symbol.substr(1)) continue;
            unit.up *= prefix.factor;
            return unit;
        }
    }
    return std::nullopt;
}

std::vector<std::string> spellings() {
    std::vector<std::string> all;
    for (const Unit& unit : units) {
        all.emplace_back(unit.symbol);
        if (unit.prefixes == Prefixes::metric)
            for (const Prefix& prefix : prefixes)
                all.push_back(std::string(prefix.symbol) + std::string(unit.symbol));
    }
    return all;
}

UnitError unknown_unit(std::string_view symbol) {
    for (const std::string_view currency : currencies)
        if (symbol.ends_with(currency))
            return {fmt::format("the unit \"{}\" is money of another currency", symbol),
                    "state money in JPY: a scenario holds no exchange rate"};
    const std::string near = geo::closest_spelling(symbol, spellings());
    if (!near.empty())
        return {fmt::format("unknown unit \"{}\"", symbol), fmt::format("did you mean \"{}\"?", near)};
    return {fmt::format("unknown unit \"{}\"", symbol),
            "units are people, m km, JPY kJPY MJPY GJPY, tCO2e ktCO2e MtCO2e, yr, months, arcmin, %"};
}

Dimension combine(Dimension a, const Dimension& b, int sign) {
    const auto add = [sign](std::int8_t& to, std::int8_t from) {
        to = static_cast<std::int8_t>(to + sign * from);
    };
    add(a.people, b.people);
    add(a.length, b.length);
    add(a.money, b.money);
    add(a.mass, b.mass);
    add(a.time, b.time);
    add(a.angle, b.angle);
    return a;
}

struct Scale {
    double up = 1.0;
    double down = 1.0;
    Dimension dimension;
};

/// "MJPY/yr", "JPY/tCO2", "": a unit and what it is divided by.
std::variant<Scale, UnitError> parse_unit(std::string_view text) {
    Scale scale;
    int parts = 0;
    while (!text.empty()) {
        const std::size_t slash = text.find('/');
        const std::string_view symbol = trim(text.substr(0, slash));
        const bool dangling = slash != std::string_view::npos && trim(text.substr(slash + 1)).empty();
        text = slash == std::string_view::npos ? std::string_view{} : text.substr(slash + 1);
        if (++parts > 4 || dangling || (symbol.empty() && parts > 1))
            return UnitError{"the unit is not complete", "write it as in \"20 MJPY/yr\""};
        if (symbol.empty() || symbol == "1") continue;
        const auto unit = find_unit(symbol);
        if (!unit) return unknown_unit(symbol);
        const bool divides = parts > 1;
        scale.up *= divides ? unit->down : unit->up;
        scale.down *= divides ? unit->up : unit->down;
        scale.dimension = combine(scale.dimension, unit->dimension, divides ? -1 : 1);
    }
    return scale;
}

void append_factor(std::string& text, std::string_view word, int exponent) {
    if (exponent == 0) return;
    if (!text.empty()) text += exponent < 0 ? " per " : " × ";
    if (text.empty() && exponent < 0) text = "per ";
    text += word;
}

}  // namespace

std::string name(const Dimension& d) {
    std::string text;
    const std::array<std::pair<std::string_view, int>, 6> factors = {{{"people", d.people},
                                                                      {"length", d.length},
                                                                      {"money", d.money},
                                                                      {"mass of CO2e", d.mass},
                                                                      {"time", d.time},
                                                                      {"angle", d.angle}}};
    for (const auto& [word, exponent] : factors)
        if (exponent > 0) append_factor(text, word, exponent);
    for (const auto& [word, exponent] : factors) {
        if (exponent >= 0) continue;
        append_factor(text, word == "time" ? "year" : word, exponent);
    }
    return text.empty() ? "a plain number" : text;
}

std::variant<Quantity, UnitError> parse_quantity(std::string_view text) {
    text = trim(text);
    std::string digits;
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        const bool exponent_sign =
            (c == '+' || c == '-') && (end == 0 || text[end - 1] == 'e' || text[end - 1] == 'E');
        const bool exponent = (c == 'e' || c == 'E') && end + 1 < text.size() &&
                              (std::isdigit(static_cast<unsigned char>(text[end + 1])) != 0 ||
                               text[end + 1] == '-' || text[end + 1] == '+');
        if (c == '_') continue;
        if (std::isdigit(static_cast<unsigned char>(c)) == 0 && c != '.' && !exponent && !exponent_sign)
            break;
        if (c != '+' || end != 0) digits += c;
    }
    double number = 0.0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size() ||
        !std::isfinite(number))
        return UnitError{fmt::format("\"{}\" does not begin with a finite number", text.substr(0, 60)),
                         "write a number, a space and a unit, as in \"250 km\""};
    if (end < text.size() && text[end] == ',')
        return UnitError{"a comma is no part of a number", "write 100000 or 100_000, and 0.5 with a point"};
    auto unit = parse_unit(trim(text.substr(end)));
    if (const auto* error = std::get_if<UnitError>(&unit)) return *error;
    const Scale& scale = std::get<Scale>(unit);
    return Quantity{number * scale.up / scale.down, scale.dimension};
}

std::string format_number(double value) {
    std::array<char, 40> buffer{};
    const auto plain =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    const bool readable = plain.ec == std::errc{} && plain.ptr - buffer.data() <= 18;
    const auto done = readable ? plain : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return std::string(buffer.data(), done.ptr);
}

std::string format_quantity(double base, std::string_view unit) {
    const auto parsed = parse_unit(unit);
    const auto* scale = std::get_if<Scale>(&parsed);
    if (scale == nullptr) return format_number(base);
    const std::string text = fmt::format("{} {}", format_number(base * scale->down / scale->up), unit);
    const auto back = parse_quantity(text);
    if (const auto* quantity = std::get_if<Quantity>(&back); quantity != nullptr && quantity->value == base)
        return text;
    std::string base_unit;
    for (const auto& [full, plain] :
         {std::pair{"km", "m"}, {"MJPY/yr", "JPY/yr"}, {"GJPY/yr", "JPY/yr"}, {"MtCO2e", "tCO2e"}})
        if (unit == full) base_unit = plain;
    return base_unit.empty() ? text : fmt::format("{} {}", format_number(base), base_unit);
}

}  // namespace domino::scenarios
