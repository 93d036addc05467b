#include "cli/data_folder.h"

#include <cstdlib>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/failure.h"

namespace domino::cli {
namespace {

bool is_pack(const std::filesystem::path& folder) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(folder / "datapackage.json", ignored);
}

/// Where a folder was named outright, it must be a pack: another is not tried in its place.
std::filesystem::path require_pack(const std::filesystem::path& folder, std::string_view named_by) {
    if (is_pack(folder)) return std::filesystem::absolute(folder).lexically_normal();
    throw Failure(
        ExitCode::data,
        fmt::format(
            "{}: \"{}\" is not a data pack (it holds no datapackage.json); name the folder data/ of domino",
            named_by, folder.string()));
}

}  // namespace

std::filesystem::path find_data_folder(const std::string& given) {
    if (!given.empty()) return require_pack(given, "--data");
    if (const char* named = std::getenv("DOMINO_DATA"); named != nullptr && *named != '\0')
        return require_pack(named, "DOMINO_DATA");
    std::vector<std::filesystem::path> candidates;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error) candidates.push_back((program.parent_path() / "../share/domino/data").lexically_normal());
#ifdef DOMINO_SOURCE_DATA
    candidates.emplace_back(DOMINO_SOURCE_DATA);
#endif
    for (const auto& folder : candidates)
        if (is_pack(folder)) return folder;
    std::vector<std::string> looked;
    for (const auto& folder : candidates) looked.push_back(folder.string());
    throw Failure(
        ExitCode::data,
        fmt::format("there is no data pack (looked in {}); name its folder with --data or DOMINO_DATA",
                    fmt::join(looked, ", ")));
}

}  // namespace domino::cli
