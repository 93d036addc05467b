#include "scenarios/month_text.h"

#include <charconv>

#include <fmt/format.h>

namespace domino::scenarios {

std::optional<sim::Month> parse_month(std::string_view text) {
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    int year = 0, month = 0;
    const auto read_year = std::from_chars(text.data(), text.data() + 4, year);
    const auto read_month = std::from_chars(text.data() + 5, text.data() + 7, month);
    if (read_year.ptr != text.data() + 4 || read_month.ptr != text.data() + 7) return std::nullopt;
    if (year < 1900 || year > 2300 || month < 1 || month > 12) return std::nullopt;
    return sim::make_month(year, month);
}

std::string format_month(sim::Month month) {
    return fmt::format("{:04}-{:02}", month.year(), month.month_of_year());
}

}  // namespace domino::scenarios
