#include "cli/number_check.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>

#include <fmt/format.h>

namespace domino::cli {
namespace {

constexpr std::size_t most_shown = 40;  ///< characters of what was given

std::optional<double> read_number(const std::string& text) {
    double value = 0.0;
    if (!CLI::detail::lexical_cast(text, value) || !std::isfinite(value)) return std::nullopt;
    return value;
}

}  // namespace

CLI::Validator number_from(double low, LowEnd end, double high) {
    return {[=](std::string& text) -> std::string {
                const std::optional<double> value = read_number(text);
                const bool above = value && (end == LowEnd::included ? *value >= low : *value > low);
                if (above && *value <= high) return {};
                return fmt::format("{} is no number {} {:g} {} {:g}", text.substr(0, most_shown),
                                   end == LowEnd::included ? "from" : "above", low,
                                   end == LowEnd::included ? "to" : "and up to", high);
            },
            ""};
}

CLI::Validator whole_number_from(std::uint64_t low, std::uint64_t high) {
    return {[=](std::string& text) -> std::string {
                std::uint64_t value = 0;
                const char* end = text.data() + text.size();
                const auto [stopped, error] = std::from_chars(text.data(), end, value);
                if (error == std::errc() && stopped == end && value >= low && value <= high) return {};
                const std::string until = high == UINT64_MAX ? "on" : fmt::format("to {}", high);
                return fmt::format("{} is no whole number from {} {}", text.substr(0, most_shown), low,
                                   until);
            },
            ""};
}

CLI::Validator seed_number() {
    return whole_number_from(0, INT64_MAX);
}

}  // namespace domino::cli
