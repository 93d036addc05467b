#include "cli/output_folder.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/failure.h"

namespace domino::cli {
namespace {

namespace fs = std::filesystem;

/// Exchanges two folders in one step where the file system can, else by three renames.
bool exchange(const fs::path& a, const fs::path& b) {
    if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) return false;
    const fs::path aside = b.string() + fmt::format(".old-{}", ::getpid());
    if (std::rename(b.c_str(), aside.c_str()) != 0) return false;
    if (std::rename(a.c_str(), b.c_str()) != 0) {
        const int error = errno;
        std::rename(aside.c_str(), b.c_str());
        errno = error;
        return false;
    }
    return std::rename(aside.c_str(), a.c_str()) == 0;
}

/// What exists of the way to a folder must be folders.
void check_parents(const fs::path& target) {
    std::error_code error;
    fs::path above = fs::absolute(target).lexically_normal().parent_path();
    while (!fs::exists(above, error) && above != above.parent_path()) above = above.parent_path();
    if (!fs::is_directory(above, error))
        throw Failure(ExitCode::failed,
                      fmt::format("\"{}\" is in the way and no folder; choose another -o", above.string()));
}

}  // namespace

fs::path normal_folder(const fs::path& path) {
    fs::path full = fs::absolute(path).lexically_normal();
    return full.has_filename() ? full : full.parent_path();
}

void make_parent(const fs::path& target) {
    if (target.parent_path().empty()) return;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error)
        throw Failure(ExitCode::failed, fmt::format("cannot create the folder \"{}\": {}",
                                                    target.parent_path().string(), error.message()));
}

void put_in_place(const fs::path& made, const fs::path& target) {
    std::error_code error;
    const bool replaces = fs::exists(fs::symlink_status(target, error));
    const bool renamed = replaces ? exchange(made, target) : std::rename(made.c_str(), target.c_str()) == 0;
    if (!renamed)
        throw Failure(ExitCode::failed, fmt::format("cannot put the results at \"{}\": {}", target.string(),
                                                    std::strerror(errno)));
}

void OutputFolder::check(const fs::path& target, Overwrite overwrite) {
    std::error_code error;
    const auto status = fs::symlink_status(target, error);
    if (!fs::exists(status)) {
        check_parents(target);
        return;
    }
    if (overwrite == Overwrite::refuse)
        throw Failure(
            ExitCode::usage,
            fmt::format("\"{}\" exists already; choose another -o, or say --overwrite to replace it",
                        target.string()));
    const bool folder = fs::is_directory(target, error);
    const bool replaceable =
        folder && (fs::is_empty(target, error) || fs::is_regular_file(target / "manifest.json", error) ||
                   fs::is_regular_file(target / "shard.json", error) ||
                   fs::is_regular_file(target / "comparison.json", error) ||
                   fs::is_regular_file(target / "plan.json", error));
    if (!replaceable)
        throw Failure(ExitCode::usage, fmt::format("\"{}\" is not a folder of earlier results (it has no "
                                                   "manifest.json), so --overwrite does not replace it; "
                                                   "choose another -o",
                                                   target.string()));
}

OutputFolder::OutputFolder(const fs::path& target, Overwrite overwrite) : target_(normal_folder(target)) {
    check(target_, overwrite);
    make_parent(target_);
    std::error_code error;
    partial_ = target_.string() + fmt::format(".partial-{}", ::getpid());
    // Left behind by a killed process that had the same number.
    fs::remove_all(partial_, error);
    if (!fs::create_directory(partial_, error))
        throw Failure(ExitCode::failed, fmt::format("cannot create \"{}\": {}", partial_.string(),
                                                    error ? error.message() : "it is in the way"));
}

OutputFolder::~OutputFolder() {
    std::error_code ignored;
    fs::remove_all(partial_, ignored);
}

void OutputFolder::commit() {
    put_in_place(partial_, target_);
}

}  // namespace domino::cli
