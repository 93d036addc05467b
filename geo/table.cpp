#include "geo/table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace domino::geo {

namespace {

constexpr std::size_t most_reported_rows = 20;

/// Offset of the first byte that does not belong to well-formed UTF-8 (Unicode 15, table 3-7), or npos.
std::size_t find_bad_utf8(std::string_view text) {
    std::size_t i = 0;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    while (i < text.size()) {
        const unsigned char lead = byte(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        std::size_t length = 0;
        unsigned char low = 0x80;
        unsigned char high = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            length = 2;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            length = 3;
            if (lead == 0xE0) low = 0xA0;
            if (lead == 0xED) high = 0x9F;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            length = 4;
            if (lead == 0xF0) low = 0x90;
            if (lead == 0xF4) high = 0x8F;
        } else {
            return i;
        }
        if (i + length > text.size()) return i;
        if (byte(i + 1) < low || byte(i + 1) > high) return i;
        for (std::size_t k = 2; k < length; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80U) return i;
        }
        i += length;
    }
    return std::string_view::npos;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 60;
    if (text.size() <= longest) return "\"" + std::string(text) + "\"";
    std::size_t cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return "\"" + std::string(text.substr(0, cut)) + "…\"";
}

}  // namespace

/// Walks the text once, unescaping quoted fields in place (they only shrink).
class CsvParser {
 public:
    CsvParser(Table& table, char separator, const ReadProgress& progress)
        : table_(table), text_(table.text_), separator_(separator), progress_(progress), end_(text_.size()) {}

    void parse() {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        check_encoding();
        read_header();
        table_.fields_.reserve(estimate_fields());
        while (at_ < end_ && problems_.size() < most_reported_rows) {
            read_row();
            if (progress_) progress_(static_cast<double>(at_) / static_cast<double>(end_));
        }
        if (!problems_.empty()) throw ProblemError(std::move(problems_));
    }

 private:
    std::string line_name(std::size_t line) const { return table_.source_ + ":" + std::to_string(line); }

    void check_encoding() const {
        const std::size_t bad = find_bad_utf8(text_);
        if (bad == std::string_view::npos) return;
        const auto line =
            1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(bad), '\n');
        throw ProblemError({line_name(static_cast<std::size_t>(line)), "the text is not UTF-8",
                            "byte " + std::to_string(bad) + " begins no character",
                            "save the file as UTF-8"});
    }

    std::size_t estimate_fields() const {
        const auto newlines = static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
        return (newlines + 1) * table_.names_.size();
    }

    bool at_line_end() const { return at_ >= end_ || text_[at_] == '\n' || text_[at_] == '\r'; }

    void skip_line_end() {
        if (at_ < end_ && text_[at_] == '\r') ++at_;
        if (at_ < end_ && text_[at_] == '\n') ++at_;
        ++line_;
    }

    Table::Field read_field() {
        if (at_ < end_ && text_[at_] == '"') return read_quoted_field();
        const std::size_t begin = at_;
        while (!at_line_end() && text_[at_] != separator_) ++at_;
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_ - begin)};
    }

    Table::Field read_quoted_field() {
        const std::size_t opened_on = line_;
        const std::size_t begin = ++at_;
        std::size_t written = begin;
        for (;;) {
            if (at_ >= end_) {
                problems_.push_back({line_name(opened_on), "a quoted field is never closed", "",
                                     "end it with \" and double every \" inside"});
                throw ProblemError(std::move(problems_));
            }
            const char c = text_[at_++];
            if (c == '"') {
                if (at_ >= end_ || text_[at_] != '"') break;
                ++at_;
            } else if (c == '\n') {
                ++line_;
            }
            text_[written++] = c;
        }
        if (!at_line_end() && text_[at_] != separator_) {
            problems_.push_back({line_name(line_), "there is text behind a closing quote", "",
                                 "double every \" inside a quoted field"});
            while (!at_line_end() && text_[at_] != separator_) ++at_;
        }
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(written - begin)};
    }

    /// Appends one record's fields to @p fields and leaves the cursor on the next line.
    void read_record(std::vector<Table::Field>& fields) {
        for (;;) {
            fields.push_back(read_field());
            if (at_ < end_ && text_[at_] == separator_) {
                ++at_;
                continue;
            }
            skip_line_end();
            return;
        }
    }

    void skip_empty_lines() {
        while (at_ < end_ && at_line_end()) skip_line_end();
    }

    void read_header() {
        skip_empty_lines();
        if (at_ >= end_) {
            throw ProblemError({table_.source_, "the table is empty", "its first line must name the columns",
                                "add a header line"});
        }
        const std::size_t header_line = line_;
        std::vector<Table::Field> fields;
        read_record(fields);
        for (const Table::Field field : fields) {
            std::string name(text_, field.begin, field.length);
            if (name.empty()) {
                problems_.push_back({line_name(header_line),
                                     "column " + std::to_string(table_.names_.size() + 1) + " has no name",
                                     "", "name every column in the header"});
            } else if (std::find(table_.names_.begin(), table_.names_.end(), name) != table_.names_.end()) {
                problems_.push_back({line_name(header_line), "column " + quoted(name) + " appears twice", "",
                                     "give each column a name of its own"});
            }
            table_.names_.push_back(std::move(name));
        }
        if (!problems_.empty()) throw ProblemError(std::move(problems_));
    }

    void read_row() {
        skip_empty_lines();
        if (at_ >= end_) return;
        const std::size_t first_field = table_.fields_.size();
        const std::size_t line = line_;
        read_record(table_.fields_);
        const std::size_t width = table_.fields_.size() - first_field;
        if (width != table_.names_.size()) {
            problems_.push_back({line_name(line),
                                 "the row has " + std::to_string(width) + " fields, the header " +
                                     std::to_string(table_.names_.size()),
                                 "", "quote fields that hold the separator, or fill the missing ones"});
            table_.fields_.resize(first_field);
            return;
        }
        table_.lines_.push_back(line);
    }

    Table& table_;
    std::string& text_;
    char separator_;
    const ReadProgress& progress_;
    std::size_t end_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::vector<Problem> problems_;
};

Table Table::parse_csv(std::string text, std::string source, char separator, const ReadProgress& progress) {
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
        throw ProblemError({std::move(source), "the table is larger than 4 GB", "", "split it"});
    }
    Table table;
    table.source_ = std::move(source);
    table.text_ = std::move(text);
    CsvParser(table, separator, progress).parse();
    return table;
}

std::optional<std::size_t> Table::find_column(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names_.begin());
}

std::size_t Table::column(std::string_view name) const {
    if (const auto found = find_column(name)) return *found;
    require_columns({std::string(name)});
    return 0;
}

void Table::require_columns(const std::vector<std::string>& names) const {
    std::vector<Problem> problems;
    for (const std::string& name : names) {
        if (find_column(name)) continue;
        const std::string near = closest_spelling(name, names_);
        std::string fix = "add it";
        if (!near.empty()) fix += ", or rename " + quoted(near);
        problems.push_back({source_, "column " + quoted(name) + " is missing", "", std::move(fix)});
    }
    if (!problems.empty()) throw ProblemError(std::move(problems));
}

std::string_view Table::cell(std::size_t row, std::size_t column) const {
    const Field field = fields_[row * names_.size() + column];
    return std::string_view(text_).substr(field.begin, field.length);
}

std::string Table::where(std::size_t row, std::size_t column) const {
    return source_ + ":" + std::to_string(lines_[row]) + ", column " + names_[column];
}

std::optional<double> Table::number(std::size_t row, std::size_t column) const {
    const std::string_view text = cell(row, column);
    if (text.empty()) return std::nullopt;
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        throw ProblemError({where(row, column), quoted(text) + " is not a finite number", "",
                            "write it like 1234.5, without unit or thousands mark, or leave it empty"});
    }
    return value;
}

double Table::required_number(std::size_t row, std::size_t column) const {
    if (const auto value = number(row, column)) return *value;
    throw ProblemError({where(row, column), "the number is missing", "", "fill it in"});
}

std::optional<std::int64_t> Table::integer(std::size_t row, std::size_t column) const {
    const std::string_view text = cell(row, column);
    if (text.empty()) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw ProblemError({where(row, column), quoted(text) + " is not a whole number", "",
                            "write it like 1234, or leave it empty"});
    }
    return value;
}

}  // namespace domino::geo
