#include "scenarios/source_name.h"

#include <algorithm>
#include <cctype>

#include "geo/problem.h"

namespace domino::scenarios {
namespace {

constexpr std::string_view virtual_folder = "/vsi";

/// "/vsizip/": up to and with the slash behind the first word.
std::string_view handler_of(std::string_view text) {
    if (!text.starts_with(virtual_folder)) return {};
    const auto end = text.find('/', 1);
    return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

}  // namespace

bool is_gdal_name(std::string_view text) {
    if (text.starts_with(virtual_folder)) return true;
    const auto colon = text.find(':');
    return colon != std::string_view::npos && colon >= 2 &&
           std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                       [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; });
}

std::string anchor_gdal_name(const std::string& text, const std::filesystem::path& folder) {
    const std::string_view handler = handler_of(text);
    if (handler.empty()) return text;
    const std::filesystem::path rest(text.substr(handler.size()));
    if (rest.is_absolute()) return text;
    return std::string(handler) + (folder / rest).lexically_normal().string();
}

bool holds_password(std::string_view text) {
    if (!is_gdal_name(text)) return false;
    const std::string folded = geo::fold_case(text);
    if (folded.find("password=") != std::string::npos || folded.find("passwd=") != std::string::npos)
        return true;
    const auto authority = folded.find("://");
    const auto at = folded.find('@');
    return authority != std::string::npos && at != std::string::npos && at > authority &&
           folded.substr(authority + 3, at - authority - 3).find(':') != std::string::npos;
}

std::filesystem::path file_behind(const std::filesystem::path& source) {
    const std::string text = source.string();
    if (!is_gdal_name(text)) return source;
    const std::string_view handler = handler_of(text);
    std::error_code ignored;
    for (std::filesystem::path path(text.substr(handler.size()));
         !handler.empty() && path.has_relative_path(); path = path.parent_path()) {
        if (std::filesystem::is_regular_file(path, ignored)) return path;
    }
    return {};
}

}  // namespace domino::scenarios
