#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace domino::viz {

/// Decimal digits of every figure in the tables: relative rounding error at most 5e-9, so that sums of rows
/// agree with each other far below 1e-6.
inline constexpr int table_digits = 9;

/// Appends @p value rounded to @p digits significant digits (1 … 17), trailing zeros dropped, in plain
/// decimals from 1e-7 up to 1e17 and with an exponent beyond; "0" for ±0, nothing for NaN. The same bytes on
/// every machine and in every locale.
void append_number(std::string& out, double value, int digits = table_digits);

std::string number_text(double value, int digits = table_digits);

void append_integer(std::string& out, long long value);

/// Appends @p text with `&`, `<`, `>` and `"` escaped for HTML or XML text and attributes.
void append_markup(std::string& out, std::string_view text);

std::string markup(std::string_view text);

}  // namespace domino::viz
