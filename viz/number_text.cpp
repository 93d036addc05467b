#include "viz/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace domino::viz {

namespace {

// Writes the digits of "d.ddde±xx" as a plain decimal number with the point moved by the exponent.
void append_plain(std::string& out, std::string_view digits, int exponent) {
    const auto count = static_cast<int>(digits.size());
    if (exponent < 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-exponent - 1), '0');
        out += digits;
    } else if (exponent >= count - 1) {
        out += digits;
        out.append(static_cast<std::size_t>(exponent - count + 1), '0');
    } else {
        const auto whole = static_cast<std::size_t>(exponent + 1);
        out += digits.substr(0, whole);
        out += '.';
        out += digits.substr(whole);
    }
}

}  // namespace

void append_number(std::string& out, double value, int digits) {
    if (std::isnan(value)) {
        return;
    }
    if (value == 0.0) {
        out += '0';
        return;
    }
    if (std::isinf(value)) {
        out += value < 0 ? "-inf" : "inf";
        return;
    }
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value),
                                   std::chars_format::scientific, digits - 1);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    const std::size_t mark = text.find('e');
    int exponent = 0;
    const char* exponent_begin = text.data() + mark + (text[mark + 1] == '+' ? 2 : 1);
    std::from_chars(exponent_begin, end.ptr, exponent);

    std::array<char, 20> significant{};
    std::size_t count = 0;
    for (const char c : text.substr(0, mark)) {
        if (c != '.') {
            significant[count++] = c;
        }
    }
    while (count > 1 && significant[count - 1] == '0') {
        --count;
    }
    const std::string_view kept(significant.data(), count);
    if (value < 0) {
        out += '-';
    }
    if (exponent >= -7 && exponent < 17) {
        append_plain(out, kept, exponent);
        return;
    }
    append_plain(out, kept, 0);
    out += 'e';
    append_integer(out, exponent);
}

std::string number_text(double value, int digits) {
    std::string out;
    append_number(out, value, digits);
    return out;
}

void append_integer(std::string& out, long long value) {
    std::array<char, 24> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    out.append(buffer.data(), end.ptr);
}

void append_markup(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
}

std::string markup(std::string_view text) {
    std::string out;
    append_markup(out, text);
    return out;
}

}  // namespace domino::viz
