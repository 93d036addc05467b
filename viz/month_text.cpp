#include "viz/month_text.h"

#include <array>

namespace domino::viz {

namespace {

std::string padded(int value, std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

int days_in(sim::Month month) {
    constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = month.year();
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int of_year = month.month_of_year();
    return of_year == 2 && leap ? 29 : days[static_cast<std::size_t>(of_year - 1)];
}

}  // namespace

bool is_open(sim::Month month) {
    return month == sim::never || month.value < 12;
}

std::string month_text(sim::Month month) {
    return is_open(month) ? "" : padded(month.year(), 4) + "-" + padded(month.month_of_year(), 2);
}

std::string first_day_text(sim::Month month) {
    return is_open(month) ? "" : month_text(month) + "-01";
}

std::string day_before_text(sim::Month month) {
    if (is_open(month)) {
        return "";
    }
    const sim::Month last{month.value - 1};
    return month_text(last) + "-" + padded(days_in(last), 2);
}

double decimal_year(sim::Month month) {
    return month.year() + (month.month_of_year() - 1) / 12.0;
}

}  // namespace domino::viz
