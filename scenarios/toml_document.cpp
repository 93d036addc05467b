#include "scenarios/toml_document.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

namespace domino::scenarios {
namespace {

constexpr std::uintmax_t largest_scenario_bytes = 1024 * 1024;
constexpr int deepest_dotted_key = 64;

/// Message for a file that cannot be read; @p named_at is where another file names it, if one does.
Problem unreadable(const std::string& shown, const SourceLocation& named_at, std::string what,
                   std::string fix) {
    if (named_at.file.empty()) return Problem{{shown, 0, 0}, std::move(what), "", std::move(fix)};
    return Problem{named_at, fmt::format("\"{}\": {}", shown, what), "", std::move(fix)};
}

/// Line (from 1) of the first byte that is no UTF-8 text, 0 when all is.
int find_not_text(std::string_view text) {
    int line = 1;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\n') ++line;
        const std::size_t length = byte < 0x80       ? 1
                                   : byte >> 5 == 6  ? 2
                                   : byte >> 4 == 14 ? 3
                                   : byte >> 3 == 30 ? 4
                                                     : 0;
        if (length == 0 || i + length > text.size() || byte == 0) return line;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return line;
        i += length;
    }
    return 0;
}

/// Line of the first key with more than deepest_dotted_key dots outside quotes, 0 when there is none. The
/// parser limits nested arrays and inline tables itself, but not the depth of dotted keys, whose destruction
/// recurses.
int find_too_deep(std::string_view text) {
    int line = 0;
    while (!text.empty()) {
        ++line;
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view row = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (row.find_first_of("=[") == std::string_view::npos) continue;
        int dots = 0;
        char quote = 0;
        for (const char c : row) {
            if (quote == 0 && c == '#') break;
            if (c == '"' || c == '\'') quote = quote == 0 ? c : quote == c ? '\0' : quote;
            if (c == '.' && quote == 0 && ++dots > deepest_dotted_key) return line;
        }
    }
    return 0;
}

std::optional<std::string> read_text(const std::filesystem::path& file, const std::string& shown,
                                     const SourceLocation& named_at, Problems& problems) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    const auto fail = [&](std::string what, std::string fix) {
        problems.push_back(unreadable(shown, named_at, std::move(what), std::move(fix)));
        return std::nullopt;
    };
    if (!std::filesystem::exists(status))
        return fail("there is no such file", "paths are relative to the file that names them");
    if (std::filesystem::is_directory(status))
        return fail("this is a folder, not a scenario file", "name a .toml file in it");
    if (!std::filesystem::is_regular_file(status))
        return fail("this is not a regular file", "name a .toml file");
    if (std::filesystem::file_size(file, error) > largest_scenario_bytes)
        return fail("the file is larger than 1 MiB",
                    "a scenario is a short text; put tables and layers in files of their own");
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream.is_open())
        return fail(fmt::format("the file cannot be read ({})", std::strerror(errno)),
                    "check its permissions");
    return text.str();
}

}  // namespace

double number_of(const toml::node& node) {
    if (const auto* whole = node.as_integer()) return static_cast<double>(whole->get());
    return node.is_floating_point() ? node.as_floating_point()->get() : 0.0;
}

SourceLocation locate(const toml::node& node, const std::string& file) {
    const auto& begin = node.source().begin;
    return {file, static_cast<int>(begin.line), static_cast<int>(begin.column)};
}

SourceLocation locate(const toml::key& key, const std::string& file) {
    const auto& begin = key.source().begin;
    return {file, static_cast<int>(begin.line), static_cast<int>(begin.column)};
}

std::optional<TomlDocument> read_toml(const std::filesystem::path& file, const std::string& shown,
                                      const SourceLocation& named_at, Problems& problems) {
    const auto text = read_text(file, shown, named_at, problems);
    if (!text) return std::nullopt;
    if (const int line = find_not_text(*text); line > 0) {
        problems.push_back({{shown, line, 0},
                            "this is not UTF-8 text",
                            "a scenario is a TOML text file",
                            "save the file as UTF-8"});
        return std::nullopt;
    }
    if (const int line = find_too_deep(*text); line > 0) {
        problems.push_back({{shown, line, 0},
                            "a key with more than 64 dots",
                            "no key of a scenario is nested that deep",
                            "see \"domino new\" for the keys there are"});
        return std::nullopt;
    }
    try {
        return TomlDocument{file, shown, toml::parse(*text, shown)};
    } catch (const toml::parse_error& error) {
        const auto& at = error.source().begin;
        problems.push_back({{shown, static_cast<int>(at.line), static_cast<int>(at.column)},
                            fmt::format("this is not TOML: {}", error.description()),
                            "",
                            "see toml.io, or start from \"domino new\""});
        return std::nullopt;
    }
}

}  // namespace domino::scenarios
