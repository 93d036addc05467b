#include "scenarios/write_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/month_text.h"
#include "scenarios/units.h"

namespace domino::scenarios {
namespace {

/// A number TOML reads as a floating-point one or a whole one; both mean the same to the reader.
std::string write_whole_or_real(double value) {
    return format_number(value);
}

std::string write_list(const std::vector<std::string>& list) {
    constexpr std::size_t longest_line = 100;
    std::string one_line = "[";
    for (const std::string& item : list) one_line += (one_line.size() > 1 ? ", " : "") + quote(item);
    if (one_line.size() <= longest_line) return one_line + "]";
    std::string lines = "[", line;
    for (const std::string& item : list) {
        if (line.size() + item.size() > longest_line) {
            lines += "\n   " + line;
            line.clear();
        }
        line += " " + quote(item) + ",";
    }
    return lines + "\n   " + line + "\n]";
}

}  // namespace

std::string quote(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            quoted += fmt::format("\\{}", c);
        else if (c == '\n')
            quoted += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            quoted += c;
    }
    return quoted + "\"";
}

std::string write_prior(const sim::Prior& prior) {
    const auto number = write_whole_or_real;
    std::string family;
    switch (prior.family) {
        case sim::Family::fixed:
            if (prior.zero_mass == 0.0) return number(prior.a);
            family = fmt::format("fixed = {}", number(prior.a));
            break;
        case sim::Family::normal:
            family = fmt::format("normal = [{}, {}]", number(prior.a), number(prior.b));
            break;
        case sim::Family::half_normal:
            family = fmt::format("half_normal = {}", number(prior.a));
            break;
        case sim::Family::uniform:
            family = fmt::format("uniform = [{}, {}]", number(prior.a), number(prior.b));
            break;
        case sim::Family::log_uniform:
            family = fmt::format("log_uniform = [{}, {}]", number(prior.a), number(prior.b));
            break;
    }
    if (prior.zero_mass != 0.0) family += fmt::format(", zero = {}", number(prior.zero_mass));
    return fmt::format("{{ {} }}", family);
}

std::string write_value(const Value& value, const KeyInfo& info) {
    if (std::holds_alternative<std::monostate>(value)) return {};
    switch (info.type) {
        case ValueType::integer:
            return fmt::format("{}", std::get<std::int64_t>(value));
        case ValueType::number:
        case ValueType::fraction:
            return write_whole_or_real(std::get<double>(value));
        case ValueType::quantity:
            return quote(format_quantity(std::get<double>(value), info.unit));
        case ValueType::whole_months:
            return fmt::format("\"{} months\"", std::get<std::int64_t>(value));
        case ValueType::whole_years:
            return fmt::format("\"{} yr\"", std::get<std::int64_t>(value));
        case ValueType::month:
            return quote(format_month(std::get<sim::Month>(value)));
        case ValueType::on_off:
            return std::get<bool>(value) ? "true" : "false";
        case ValueType::prior:
            return write_prior(std::get<sim::Prior>(value));
        case ValueType::year_list:
            return fmt::format("[{}]", fmt::join(std::get<std::vector<int>>(value), ", "));
        case ValueType::text_list:
        case ValueType::source_list:
        case ValueType::country_list:
        case ValueType::technology_list:
        case ValueType::network_list:
            return write_list(std::get<std::vector<std::string>>(value));
        default:
            return quote(std::get<std::string>(value));
    }
}

}  // namespace domino::scenarios
