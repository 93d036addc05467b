#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/table.h"
#include "scenarios/built_world.h"

namespace domino::scenarios {

/// The open data pack as files: finds tables by name, whether packed or not, and remembers what was read.
class Pack {
 public:
    explicit Pack(std::filesystem::path folder);

    const std::filesystem::path& folder() const { return folder_; }

    /// Reads tables/<name>.csv or tables/<name>.csv.gz. Throws geo::ProblemError when there is neither, when
    /// it cannot be read, or when a column of @p columns is missing (naming file and column).
    geo::Table read(std::string_view name, const std::vector<std::string>& columns);

    /// As read(), but nullopt where the pack does not have the table.
    std::optional<geo::Table> read_optional(std::string_view name, const std::vector<std::string>& columns);

    /// A file of the pack other than a table; throws geo::ProblemError when it is missing.
    std::filesystem::path require_file(std::string_view relative_path, std::string_view role);

    const std::vector<InputFile>& files_read() const { return files_; }

 private:
    std::optional<std::filesystem::path> find_table(std::string_view name) const;

    std::filesystem::path folder_;
    std::vector<InputFile> files_;
};

/// Cells of a table by column name. A column the table does not have reads as empty cells.
class Rows {
 public:
    explicit Rows(const geo::Table& table) : table_(&table) {}

    std::size_t size() const { return table_->rows(); }
    std::string text(std::size_t row, std::string_view column) const;
    /// Finite number, or nullopt for an empty cell; throws geo::ProblemError naming file, line and column.
    std::optional<double> number(std::size_t row, std::string_view column) const;
    double required_number(std::size_t row, std::string_view column) const;
    int required_year(std::size_t row, std::string_view column) const;
    /// None where the field is empty.
    std::optional<int> year(std::size_t row, std::string_view column) const;
    std::string where(std::size_t row, std::string_view column) const;

 private:
    const geo::Table* table_;
};

/// Months as the pack writes them: "2024-11-30", "2024-11" or "2024" (January). Empty gives nullopt; anything
/// else throws geo::ProblemError naming @p where.
std::optional<sim::Month> parse_pack_month(std::string_view text, const std::string& where);

/// Splits at @p separator, trimming blanks and dropping empty parts.
std::vector<std::string> split_list(std::string_view text, char separator);

}  // namespace domino::scenarios
