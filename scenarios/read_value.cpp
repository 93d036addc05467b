#include "scenarios/read_value.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/covariate_years.h"
#include "scenarios/month_text.h"
#include "scenarios/source_name.h"
#include "scenarios/units.h"

namespace domino::scenarios {
namespace {

std::string_view kind_of(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::string:
            return "text";
        case toml::node_type::integer:
            return "a whole number";
        case toml::node_type::floating_point:
            return "a number";
        case toml::node_type::boolean:
            return "true or false";
        case toml::node_type::array:
            return "a list";
        case toml::node_type::table:
            return "a table";
        default:
            return "a date or time";
    }
}

/// The user's text, short enough for a message.
std::string shorten(std::string_view text) {
    constexpr std::size_t longest = 60;
    if (text.size() <= longest) return std::string(text);
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return std::string(text.substr(0, end)) + "…";
}

/// Reads the value of one key; every failure goes through fail().
class ValueReader {
 public:
    ValueReader(const KeyInfo& info, const std::string& key, ReadContext& context)
        : info_(info), key_(key), context_(context) {}

    std::optional<Value> read(const toml::node& node) {
        switch (info_.type) {
            case ValueType::text:
                return read_text(node);
            case ValueType::path:
                return read_path(node);
            case ValueType::source:
                return read_source(node);
            case ValueType::integer:
                return read_integer(node);
            case ValueType::number:
                return read_number(node);
            case ValueType::fraction:
                return read_quantity(node, "%");
            case ValueType::quantity:
                return read_quantity(node, info_.unit);
            case ValueType::whole_months:
                return read_whole(node, "months", 12.0);
            case ValueType::whole_years:
                return read_whole(node, "yr", 1.0);
            case ValueType::year_list:
                return read_years(node);
            case ValueType::month:
                return read_month(node);
            case ValueType::on_off:
                return read_on_off(node);
            case ValueType::choice:
                return read_choice(node);
            case ValueType::technology:
                return read_technology(node);
            case ValueType::country:
                return read_country(node);
            case ValueType::prior:
                return read_prior_value(node);
            default:
                return read_list(node);
        }
    }

 private:
    std::nullopt_t fail(const toml::node& node, std::string what, std::string fix, std::string why = {}) {
        context_.problems.push_back({locate(node, context_.document.shown), fmt::format("{}: {}", key_, what),
                                     std::move(why), std::move(fix)});
        return std::nullopt;
    }

    std::nullopt_t fail_type(const toml::node& node, std::string_view expected, std::string_view example) {
        return fail(node, fmt::format("{} where {} belongs", kind_of(node), expected),
                    fmt::format("write it as in {} = {}", info_.key, example));
    }

    std::optional<std::string> string_of(const toml::node& node, std::string_view expected,
                                         std::string_view example) {
        const auto text = node.value_exact<std::string>();
        if (!text) return fail_type(node, expected, example);
        if (text->empty())
            return fail(node, "the text is empty", fmt::format("write {}, or leave the key out", example));
        return text;
    }

    std::string example(std::string_view otherwise) const {
        return std::string(info_.example.empty() ? otherwise : info_.example);
    }

    std::optional<Value> read_text(const toml::node& node) {
        auto text = string_of(node, "text", example("\"text\""));
        if (!text) return std::nullopt;
        return Value{std::move(*text)};
    }

    std::optional<Value> read_path(const toml::node& node) {
        const auto text = string_of(node, "a path", example("\"file.csv\""));
        if (!text) return std::nullopt;
        const auto path = (context_.document.file.parent_path() / *text).lexically_normal();
        // Which years there are, another key tells: check_covariates looks for the files.
        if (info_.type != ValueType::path && text->find(year_mark) != std::string::npos)
            return Value{path.string()};
        std::error_code error;
        const auto status = std::filesystem::status(path, error);
        if (!std::filesystem::exists(status))
            return fail(
                node, fmt::format("there is no file \"{}\"", shorten(*text)),
                fmt::format("paths are relative to {}", context_.document.file.parent_path().string()));
        if (std::filesystem::is_directory(status)) {
            if (path.extension() != ".gdb")
                return fail(node, fmt::format("\"{}\" is a folder", shorten(*text)), "name a file in it");
        } else if (!std::ifstream(path).is_open()) {
            return fail(node, fmt::format("\"{}\" cannot be read", shorten(*text)), "check its permissions");
        }
        return Value{path.string()};
    }

    /// A file, or what GDAL opens by name; whether that is there shows when it is opened.
    std::optional<Value> read_source(const toml::node& node) {
        const auto text = node.value_exact<std::string>();
        if (!text || !is_gdal_name(*text)) return read_path(node);
        if (holds_password(*text))
            return fail(node, "the name carries a password",
                        "leave it to PGPASSWORD, PGPASSFILE or a service of PostgreSQL",
                        "scenarios are written beside the results, for others to read");
        const std::string name = anchor_gdal_name(*text, context_.document.file.parent_path());
        if (text->starts_with("/vsizip/") && text->find(year_mark) == std::string::npos &&
            file_behind(name).empty())
            return fail(
                node, fmt::format("there is no archive \"{}\"", shorten(*text)),
                fmt::format("paths are relative to {}", context_.document.file.parent_path().string()));
        return Value{name};
    }

    std::optional<double> in_range(const toml::node& node, double value, std::string_view unit) {
        const auto show = [&](double x) {
            return unit.empty() ? format_number(x) : format_quantity(x, unit);
        };
        if (!std::isfinite(value))
            return fail(node, "the value is not a finite number", "write a number such as 0.5");
        if (value >= info_.low && value <= info_.high) return value;
        std::string range = std::isfinite(info_.high)
                                ? fmt::format("{} to {}", show(info_.low), show(info_.high))
                                : fmt::format("{} or more", show(info_.low));
        return fail(node, fmt::format("{} is out of range", show(value)), fmt::format("give {}", range));
    }

    std::optional<Value> read_integer(const toml::node& node) {
        const auto whole = node.value_exact<std::int64_t>();
        if (!whole) return fail_type(node, "a whole number", format_number(std::max(info_.low, 1.0)));
        if (!in_range(node, static_cast<double>(*whole), {})) return std::nullopt;
        return Value{*whole};
    }

    std::optional<Value> read_number(const toml::node& node) {
        if (!node.is_number()) return fail_type(node, "a number", example("0.5"));
        const auto value = in_range(node, number_of(node), {});
        return value ? std::optional<Value>{*value} : std::nullopt;
    }

    /// A quantity in base units; a plain number only where @p unit is "%".
    std::optional<double> quantity_of(const toml::node& node, std::string_view unit) {
        const Dimension expected = std::get<Quantity>(parse_quantity(fmt::format("1 {}", unit))).dimension;
        const std::string shown = example(fmt::format("\"1 {}\"", unit));
        if (node.is_number()) {
            const double number = number_of(node);
            if (!std::isfinite(number))
                return fail(node, "the value is not a finite number",
                            fmt::format("write it as in {} = {}", info_.key, shown));
            if (expected == dimensionless) return number;
            return fail(node, "a plain number where a quantity belongs",
                        fmt::format("write the unit too: \"{} {}\"", format_number(number), unit),
                        fmt::format("{} needs a unit of {}", info_.key, name(expected)));
        }
        const auto text = string_of(node, "a quantity", shown);
        if (!text) return std::nullopt;
        const auto parsed = parse_quantity(*text);
        if (const auto* error = std::get_if<UnitError>(&parsed)) return fail(node, error->what, error->fix);
        const auto& quantity = std::get<Quantity>(parsed);
        if (quantity.dimension != expected)
            return fail(node,
                        fmt::format("\"{}\" is {}, where {} belongs", shorten(*text),
                                    name(quantity.dimension), name(expected)),
                        fmt::format("give it in {}", unit));
        return quantity.value;
    }

    std::optional<Value> read_quantity(const toml::node& node, std::string_view unit) {
        auto value = quantity_of(node, unit);
        if (value) value = in_range(node, *value, info_.type == ValueType::fraction ? "" : unit);
        return value ? std::optional<Value>{*value} : std::nullopt;
    }

    std::optional<Value> read_whole(const toml::node& node, std::string_view unit, double per_year) {
        const auto years = quantity_of(node, unit);
        if (!years) return std::nullopt;
        const double count = *years * per_year, whole = std::round(count);
        if (std::abs(count - whole) > 1e-9)
            return fail(node, fmt::format("{} is no whole number of {}", format_quantity(*years, unit), unit),
                        fmt::format("give whole {}", unit));
        if (!in_range(node, whole, {})) return std::nullopt;
        return Value{static_cast<std::int64_t>(whole)};
    }

    std::optional<Value> read_years(const toml::node& node) {
        const toml::array* array = node.as_array();
        if (array == nullptr) return fail_type(node, "a list of years", example("[2020, 2030]"));
        std::vector<int> years;
        for (const toml::node& element : *array) {
            const auto year = element.value_exact<std::int64_t>();
            if (!year) return fail_type(element, "a year", example("[2020, 2030]"));
            if (!in_range(element, static_cast<double>(*year), {})) return std::nullopt;
            if (!years.empty() && *year <= years.back())
                return fail(element, fmt::format("{} stands behind {}", *year, years.back()),
                            "write the years in ascending order, each once");
            years.push_back(static_cast<int>(*year));
        }
        if (years.empty()) return fail(node, "the list is empty", "name the years, or leave the key out");
        return Value{std::move(years)};
    }

    std::optional<Value> read_month(const toml::node& node) {
        const auto text = string_of(node, "a month", "\"2026-04\"");
        if (!text) return std::nullopt;
        if (const auto month = parse_month(*text)) return Value{*month};
        return fail(node, fmt::format("\"{}\" is no month", shorten(*text)),
                    "write year and month, as in \"2026-04\"");
    }

    std::optional<Value> read_on_off(const toml::node& node) {
        const auto value = node.value_exact<bool>();
        if (!value) return fail_type(node, "true or false", "true");
        return Value{*value};
    }

    /// The word if it is one of @p words, else a problem that lists or suggests them.
    std::optional<std::string> one_of(const toml::node& node, const std::vector<std::string>& words,
                                      std::string_view noun, std::string_view where_listed) {
        auto text = string_of(node, fmt::format("a {}", noun),
                              fmt::format("\"{}\"", words.empty() ? "…" : words.front()));
        if (!text || std::find(words.begin(), words.end(), *text) != words.end()) return text;
        std::string fix = did_you_mean(*text, words);
        if (fix.empty())
            fix = words.size() <= 12 ? fmt::format("choose from {}", fmt::join(words, ", "))
                                     : std::string(where_listed);
        return fail(node, fmt::format("there is no {} \"{}\"", noun, shorten(*text)), fix);
    }

    std::optional<Value> read_choice(const toml::node& node) {
        auto word = one_of(node, {info_.choices.begin(), info_.choices.end()}, info_.key, "");
        return word ? std::optional<Value>{std::move(*word)} : std::nullopt;
    }

    std::optional<Value> read_technology(const toml::node& node) {
        auto id = one_of(node, context_.names.technologies(), "technology",
                         "data/tables/technologies.csv lists them");
        return id ? std::optional<Value>{std::move(*id)} : std::nullopt;
    }

    /// The codes a country or group stands for.
    std::vector<std::string> countries_of(const toml::node& node, bool groups) {
        const auto text = string_of(node, "a country", "\"Japan\"");
        if (!text) return {};
        if (const auto iso3 = context_.names.find_country(*text)) return {*iso3};
        if (auto members = context_.names.group(*text); groups && !members.empty()) return members;
        std::string fix = did_you_mean(*text, context_.names.country_spellings());
        if (fix.empty()) fix = "give a name or an ISO 3166-1 alpha-3 code of data/tables/countries.csv";
        fail(node, fmt::format("there is no country \"{}\"", shorten(*text)), fix);
        return {};
    }

    std::optional<Value> read_country(const toml::node& node) {
        auto found = countries_of(node, false);
        if (found.empty()) return std::nullopt;
        return Value{std::move(found.front())};
    }

    std::optional<Value> read_list(const toml::node& node) {
        const toml::array* array = node.as_array();
        if (array == nullptr) return fail_type(node, "a list", example("[\"…\"]"));
        const std::size_t before = context_.problems.size();
        std::vector<std::string> list;
        for (const toml::node& element : *array) {
            std::vector<std::string> words = read_element(element);
            for (std::string& word : words) {
                const bool twice = std::find(list.begin(), list.end(), word) != list.end();
                if (!twice)
                    list.push_back(std::move(word));
                else if (words.size() == 1)
                    fail(element, fmt::format("\"{}\" stands in the list twice", word), "delete one");
            }
        }
        if (context_.problems.size() > before) return std::nullopt;
        if (list.empty() && info_.absence == Absence::error)
            return fail(node, "the list is empty",
                        fmt::format("write it as in {} = {}", info_.key, info_.example));
        if (info_.type == ValueType::country_list) std::sort(list.begin(), list.end());
        return Value{std::move(list)};
    }

    std::vector<std::string> read_element(const toml::node& element) {
        if (info_.type == ValueType::country_list) return countries_of(element, true);
        if (info_.type == ValueType::source_list) {
            const auto source = read_source(element);
            return source ? std::vector<std::string>{std::get<std::string>(*source)}
                          : std::vector<std::string>{};
        }
        auto word = info_.type == ValueType::technology_list
                        ? one_of(element, context_.names.technologies(), "technology",
                                 "data/tables/technologies.csv lists them")
                    : info_.type == ValueType::network_list
                        ? one_of(element, context_.names.networks(), "network",
                                 "data/tables/network_members.csv lists them")
                        : string_of(element, "text", "\"text\"");
        return word ? std::vector<std::string>{std::move(*word)} : std::vector<std::string>{};
    }

    std::optional<Value> read_prior_value(const toml::node& node) {
        const auto prior = read_prior(node, key_, info_.support, context_);
        return prior ? std::optional<Value>{*prior} : std::nullopt;
    }

    const KeyInfo& info_;
    const std::string& key_;
    ReadContext& context_;
};

}  // namespace

std::optional<Value> read_value(const toml::node& node, const KeyInfo& info, const std::string& key,
                                ReadContext& context) {
    return ValueReader(info, key, context).read(node);
}

}  // namespace domino::scenarios
