#include "viz/csv_writer.h"

#include <stdexcept>

namespace domino::viz {

CsvWriter::CsvWriter(const std::filesystem::path& path, std::span<const std::string> header)
    : file_(path), columns_(header.size()) {
    for (const std::string& name : header) {
        text(name);
    }
    end_row();
}

CsvWriter& CsvWriter::text(std::string_view cell) {
    separate();
    append_csv_cell(row_, cell);
    return *this;
}

CsvWriter& CsvWriter::number(double value, int digits) {
    separate();
    append_number(row_, value, digits);
    return *this;
}

CsvWriter& CsvWriter::integer(long long value) {
    separate();
    append_integer(row_, value);
    return *this;
}

CsvWriter& CsvWriter::missing() {
    separate();
    return *this;
}

CsvWriter& CsvWriter::raw(std::string_view cells, std::size_t count) {
    separate();
    row_ += cells;
    cells_ += count - 1;
    return *this;
}

void CsvWriter::end_row() {
    if (cells_ != columns_) {
        throw std::logic_error("a row of " + std::to_string(cells_) + " cells in a table of " +
                               std::to_string(columns_) + " columns");
    }
    row_ += '\n';
    file_.write(row_);
    row_.clear();
    cells_ = 0;
}

void CsvWriter::close() {
    file_.close();
}

void CsvWriter::separate() {
    if (cells_++ > 0) {
        row_ += ',';
    }
}

void append_csv_cell(std::string& out, std::string_view cell) {
    if (cell.find_first_of(",\"\n\r") == std::string_view::npos) {
        out += cell;
        return;
    }
    out += '"';
    for (const char c : cell) {
        if (c == '"') {
            out += '"';
        }
        out += c;
    }
    out += '"';
}

}  // namespace domino::viz
