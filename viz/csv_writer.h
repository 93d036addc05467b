#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "viz/checked_file.h"
#include "viz/number_text.h"

namespace domino::viz {

/// Writes a CSV table (RFC 4180, UTF-8, LF): cells left to right, then end_row(). Missing values are empty
/// cells. Throws WriteError, and std::logic_error for a row of the wrong width.
class CsvWriter {
 public:
    CsvWriter(const std::filesystem::path& path, std::span<const std::string> header);

    CsvWriter& text(std::string_view cell);
    CsvWriter& number(double value, int digits = table_digits);
    CsvWriter& integer(long long value);
    CsvWriter& missing();
    /// Cells already written out, joined by commas: what repeats from row to row.
    CsvWriter& raw(std::string_view cells, std::size_t count);
    void end_row();
    void close();

 private:
    void separate();

    CheckedFile file_;
    std::string row_;
    std::size_t columns_ = 0;
    std::size_t cells_ = 0;
};

/// Appends @p cell, quoted where it holds a comma, a quote or a line break.
void append_csv_cell(std::string& out, std::string_view cell);

}  // namespace domino::viz
