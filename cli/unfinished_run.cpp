#include "cli/unfinished_run.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli/failure.h"

namespace domino::cli {
namespace {

namespace fs = std::filesystem;

fs::path unfinished_folder(const fs::path& target) {
    return normal_folder(target).string() + ".unfinished";
}

[[noreturn]] void cannot_create(const fs::path& path, const std::string& why) {
    throw Failure(ExitCode::failed, fmt::format("cannot create \"{}\": {}", path.string(), why));
}

void make_folder(const fs::path& path) {
    std::error_code error;
    fs::create_directory(path, error);
    if (!fs::is_directory(path)) cannot_create(path, error ? error.message() : "a file is in the way");
}

std::vector<fs::path> blocks_in(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() == ".block") found.push_back(entry->path());
    }
    return found;
}

bool has_blocks(const fs::path& folder) {
    return !blocks_in(folder / "blocks").empty();
}

}  // namespace

UnfinishedRun::UnfinishedRun(const fs::path& target, Overwrite overwrite)
    : target_(normal_folder(target)), folder_(unfinished_folder(target)) {
    OutputFolder::check(target_, overwrite);
    make_parent(target_);
    make_folder(folder_);
    lock_ = ::open((folder_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock_ < 0) cannot_create(folder_ / "lock", std::strerror(errno));
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock_);
        throw Failure(ExitCode::usage,
                      fmt::format("another domino is at work on \"{}\"; wait for it, or choose another -o",
                                  target_.string()));
    }
    make_folder(blocks());
    take_blocks_back();
    std::error_code error;
    fs::remove_all(results(), error);
    make_folder(results());
}

UnfinishedRun::~UnfinishedRun() {
    std::error_code ignored;
    fs::create_directory(blocks(), ignored);
    take_blocks_back();
    fs::remove_all(results(), ignored);
    if (!has_blocks(folder_)) fs::remove_all(folder_, ignored);
    ::close(lock_);
}

/// A shard ends with its blocks among its results. One that was stopped between that and its last step still
/// has them.
void UnfinishedRun::take_blocks_back() const {
    for (const fs::path& block : blocks_in(results() / "blocks")) {
        std::error_code ignored;
        fs::rename(block, blocks() / block.filename(), ignored);
    }
}

void UnfinishedRun::drop_blocks() const {
    std::error_code ignored;
    fs::remove_all(blocks(), ignored);
    make_folder(blocks());
}

void UnfinishedRun::commit() {
    put_in_place(results(), target_);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::string describe_unfinished(const fs::path& target) {
    const fs::path folder = unfinished_folder(target);
    if (!has_blocks(folder)) return "nothing was written";
    return fmt::format("the members that are done are kept in \"{}\"; --resume goes on from there",
                       folder.string());
}

}  // namespace domino::cli
