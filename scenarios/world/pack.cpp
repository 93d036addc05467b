#include "scenarios/world/pack.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "geo/io/table.h"
#include "geo/problem.h"

namespace domino::scenarios {

Pack::Pack(std::filesystem::path folder) : folder_(std::move(folder)) {}

std::optional<std::filesystem::path> Pack::find_table(std::string_view name) const {
    for (const std::string_view ending : {".csv", ".csv.gz"}) {
        const auto path = folder_ / "tables" / (std::string(name) + std::string(ending));
        std::error_code ignored;
        if (std::filesystem::is_regular_file(path, ignored)) return path;
    }
    return std::nullopt;
}

geo::Table Pack::read(std::string_view name, const std::vector<std::string>& columns) {
    auto table = read_optional(name, columns);
    if (!table) {
        throw geo::ProblemError(geo::Problem{
            (folder_ / "tables" / (std::string(name) + ".csv")).string(), "the data pack has no such table",
            "a world cannot be built without it",
            "name the folder of the data pack with --data, or rebuild the pack with data/build/build.py"});
    }
    return std::move(*table);
}

std::optional<geo::Table> Pack::read_optional(std::string_view name,
                                              const std::vector<std::string>& columns) {
    const auto path = find_table(name);
    if (!path) return std::nullopt;
    auto table = geo::io::read_table(*path);
    table.require_columns(columns);
    files_.push_back({*path, "data pack: " + std::string(name)});
    return table;
}

std::filesystem::path Pack::require_file(std::string_view relative_path, std::string_view role) {
    const auto path = folder_ / relative_path;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        throw geo::ProblemError(geo::Problem{path.string(), "the data pack has no such file",
                                             fmt::format("it holds the {}", role),
                                             "rebuild the pack with data/build/build.py"});
    }
    files_.push_back({path, "data pack: " + std::string(role)});
    return path;
}

std::string Rows::text(std::size_t row, std::string_view column) const {
    const auto index = table_->find_column(column);
    return index ? std::string(table_->cell(row, *index)) : std::string();
}

std::optional<double> Rows::number(std::size_t row, std::string_view column) const {
    const auto index = table_->find_column(column);
    return index ? table_->number(row, *index) : std::nullopt;
}

double Rows::required_number(std::size_t row, std::string_view column) const {
    return table_->required_number(row, table_->column(column));
}

int Rows::required_year(std::size_t row, std::string_view column) const {
    const double value = required_number(row, column);
    if (value < 1800.0 || value > 2200.0 || value != static_cast<double>(static_cast<int>(value))) {
        throw geo::ProblemError(geo::Problem{where(row, column), fmt::format("\"{}\" is not a year", value),
                                             "", "give a whole year such as 2022"});
    }
    return static_cast<int>(value);
}

std::optional<int> Rows::year(std::size_t row, std::string_view column) const {
    if (text(row, column).empty()) return std::nullopt;
    return required_year(row, column);
}

std::string Rows::where(std::size_t row, std::string_view column) const {
    const auto index = table_->find_column(column);
    return index ? table_->where(row, *index) : fmt::format("{}:{}", table_->source(), table_->line(row));
}

namespace {

std::optional<int> parse_digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::optional<sim::Month> parse_pack_month(std::string_view text, const std::string& where) {
    if (text.empty()) return std::nullopt;
    const auto year = parse_digits(text.substr(0, 4));
    std::optional<int> month = 1;
    bool good = year && *year >= 1800 && *year <= 2200;
    if (text.size() > 4) {
        good = good && (text.size() == 7 || text.size() == 10) && text[4] == '-';
        month = good ? parse_digits(text.substr(5, 2)) : std::nullopt;
        good = good && month && *month >= 1 && *month <= 12;
    }
    if (!good) {
        throw geo::ProblemError(geo::Problem{where, fmt::format("\"{}\" is not a date", text), "",
                                             "write 2024-11-30, 2024-11 or 2024"});
    }
    return sim::make_month(*year, *month);
}

std::vector<std::string> split_list(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(separator);
        std::string_view part = text.substr(0, end);
        while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
        if (!part.empty()) parts.emplace_back(part);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

}  // namespace domino::scenarios
