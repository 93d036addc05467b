#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/problem.h"
#include "geo/read_progress.h"

namespace domino::geo {

/// A text table: named columns of strings, with the line each row began on. Nothing is guessed: "NA" stays
/// "NA".
class Table {
 public:
    /// Parses CSV (RFC 4180: quotes, doubled quotes, newlines in quotes; LF, CRLF or CR; a UTF-8 byte-order
    /// mark is dropped; wholly empty lines are skipped). @p source names the text in messages. Throws
    /// ProblemError for no header, empty or repeated column names, a row of the wrong width, an open quote,
    /// bytes that are not UTF-8, or a text above 4 GB; up to 20 bad rows are reported together.
    static Table parse_csv(std::string text, std::string source, char separator = ',',
                           const ReadProgress& progress = {});

    const std::string& source() const { return source_; }
    const std::vector<std::string>& column_names() const { return names_; }
    std::size_t rows() const { return lines_.size(); }
    std::size_t columns() const { return names_.size(); }

    std::optional<std::size_t> find_column(std::string_view name) const;
    /// Index of a column; throws ProblemError with the nearest spelling where there is none.
    std::size_t column(std::string_view name) const;
    /// Throws one ProblemError naming every column of @p names that is missing.
    void require_columns(const std::vector<std::string>& names) const;

    std::string_view cell(std::size_t row, std::size_t column) const;
    /// Line of the file (from 1) on which a row begins.
    std::size_t line(std::size_t row) const { return lines_[row]; }
    /// "file.csv:12, column population"
    std::string where(std::size_t row, std::size_t column) const;

    /// The cell as a finite number (C locale); nullopt when empty. Throws ProblemError when it is anything
    /// else.
    std::optional<double> number(std::size_t row, std::size_t column) const;
    /// As number(), but empty is an error too.
    double required_number(std::size_t row, std::size_t column) const;
    /// The cell as a whole number; nullopt when empty. Throws ProblemError otherwise.
    std::optional<std::int64_t> integer(std::size_t row, std::size_t column) const;

 private:
    friend class CsvParser;
    struct Field {
        std::uint32_t begin = 0;
        std::uint32_t length = 0;
    };

    std::string source_;
    std::string text_;
    std::vector<std::string> names_;
    std::vector<Field> fields_;
    std::vector<std::size_t> lines_;
};

}  // namespace domino::geo
