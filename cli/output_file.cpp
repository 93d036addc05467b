#include "cli/output_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/failure.h"

namespace domino::cli {

void check_output_file(const std::string& path, bool overwrite) {
    if (path.empty() || overwrite || !std::filesystem::exists(path)) return;
    throw Failure(
        ExitCode::usage,
        fmt::format("\"{}\" exists already; choose another -o, or say --overwrite to replace it", path));
}

void write_output_file(const std::string& path, const std::string& text) {
    const std::string partial = fmt::format("{}.partial-{}", path, ::getpid());
    const auto fail = [&](const char* what) {
        const int error = errno;
        std::remove(partial.c_str());
        throw Failure(ExitCode::failed,
                      fmt::format("cannot {} \"{}\": {}", what, path, std::strerror(error)));
    };
    std::FILE* file = std::fopen(partial.c_str(), "wbx");
    if (file == nullptr) fail("create");
    const bool written =
        std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
    if (std::fclose(file) != 0 || !written) fail("write");
    if (std::rename(partial.c_str(), path.c_str()) != 0) fail("write");
}

}  // namespace domino::cli
