#include "tests/validation/validation_page.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace domino::validation {

namespace {

constexpr const char* begin_marker = "<!-- table: begin -->\n";
constexpr const char* end_marker = "<!-- table: end -->\n";
constexpr const char* heading =
    "| case | what | expected | obtained | tolerance | source |\n|---|---|---:|---:|---|---|\n";

std::string tolerance_text(const ValidationRow& row) {
    switch (row.kind) {
        case ToleranceKind::relative:
            return row.tolerance == 0.0 ? "exact" : fmt::format("{:.3g} relative", row.tolerance);
        case ToleranceKind::absolute:
            return row.tolerance == 0.0 ? "exact" : fmt::format("{:.3g} absolute", row.tolerance);
        case ToleranceKind::standard_errors:
            return fmt::format("4 standard errors of {:.3g}", row.standard_error) +
                   (row.tolerance == 0.0 ? "" : fmt::format(" + {:.3g}", row.tolerance));
    }
    return {};
}

/// What was obtained, with rounding errors far below an absolute tolerance shown as the zero they stand for.
double shown(const ValidationRow& row) {
    const bool zero = row.kind == ToleranceKind::absolute && std::abs(row.obtained) < 1e-9 * row.tolerance;
    return zero ? 0.0 : row.obtained;
}

/// A page in three pieces: before the table's lines, the table, after.
struct Page {
    std::string before, table, after;
};

Page read_page(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path + ": cannot be read");
    std::stringstream text;
    text << file.rdbuf();
    const std::string all = text.str();
    const std::size_t begin = all.find(begin_marker);
    const std::size_t end = all.find(end_marker);
    if (begin == std::string::npos || end == std::string::npos || end < begin) {
        throw std::runtime_error(path +
                                 ": has no table between '<!-- table: begin -->' and '<!-- table: end -->'");
    }
    const std::size_t table = begin + std::char_traits<char>::length(begin_marker);
    return {all.substr(0, table), all.substr(table, end - table), all.substr(end)};
}

TableLines lines_of(const std::string& table) {
    TableLines lines;
    std::istringstream in(table);
    for (std::string line; std::getline(in, line);) {
        if (line.rfind("| V", 0) == 0) lines[case_number(line.substr(2))].push_back(line);
    }
    return lines;
}

/// Holds a lock on the page while it lives.
class PageLock {
 public:
    explicit PageLock(const std::string& path) : file_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {
        if (file_ < 0 || ::flock(file_, LOCK_EX) != 0) throw std::runtime_error(path + ": cannot be locked");
    }
    ~PageLock() { ::close(file_); }
    PageLock(const PageLock&) = delete;
    PageLock& operator=(const PageLock&) = delete;

 private:
    int file_;
};

}  // namespace

int case_number(const std::string& name) {
    if (name.size() < 2 || name[0] != 'V') return 0;
    int number = 0;
    for (std::size_t i = 1; i < name.size() && name[i] >= '0' && name[i] <= '9' && i < 5; ++i) {
        number = number * 10 + (name[i] - '0');
    }
    return number;
}

TableLines to_lines(const std::vector<ValidationRow>& rows) {
    TableLines lines;
    for (const ValidationRow& row : rows) {
        lines[case_number(row.case_id)].push_back(fmt::format("| {} | {} | {:.10g} | {:.10g} | {} | {} |",
                                                              row.case_id, row.what, row.expected, shown(row),
                                                              tolerance_text(row), row.source));
    }
    return lines;
}

TableLines read_table(const std::string& path) {
    return lines_of(read_page(path).table);
}

void merge_into_table(const std::string& path, const TableLines& fresh) {
    const PageLock lock(path);
    const Page page = read_page(path);
    TableLines lines = lines_of(page.table);
    for (const auto& [number, rows] : fresh) lines[number] = rows;
    std::string table = heading;
    for (const auto& [number, rows] : lines) {
        for (const std::string& row : rows) table += row + "\n";
    }
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << page.before << table << page.after;
    if (!out.flush()) throw std::runtime_error(path + ": cannot be written");
}

std::vector<std::string> differences(const TableLines& on_page, const TableLines& recorded) {
    std::vector<std::string> told;
    for (const auto& [number, rows] : recorded) {
        const auto found = on_page.find(number);
        const std::vector<std::string> page =
            found == on_page.end() ? std::vector<std::string>{} : found->second;
        for (const std::string& row : rows) {
            if (std::find(page.begin(), page.end(), row) == page.end())
                told.push_back("not on the page: " + row);
        }
        for (const std::string& row : page) {
            if (std::find(rows.begin(), rows.end(), row) == rows.end())
                told.push_back("only on the page: " + row);
        }
        if (told.empty() && page != rows)
            told.push_back(fmt::format("V{}: rows are in another order", number));
    }
    return told;
}

}  // namespace domino::validation
