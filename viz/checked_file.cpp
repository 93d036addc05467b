#include "viz/checked_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "viz/write_results.h"

namespace domino::viz {

namespace {
constexpr std::size_t buffer_bytes = std::size_t{1} << 20;
constexpr mode_t file_mode = 0666;
}  // namespace

CheckedFile::CheckedFile(std::filesystem::path path) : path_(std::move(path)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file_mode);
    if (descriptor_ < 0) {
        fail("the file cannot be created", errno);
    }
    buffer_.reserve(buffer_bytes + buffer_bytes / 4);
}

CheckedFile::~CheckedFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

void CheckedFile::write(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= buffer_bytes) {
        flush();
    }
}

void CheckedFile::close() {
    flush();
    const int descriptor = descriptor_;
    descriptor_ = -1;
    if (::close(descriptor) != 0) {
        fail("the file cannot be completed", errno);
    }
}

void CheckedFile::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            fail("the file cannot be written", errno);
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
}

void CheckedFile::fail(const char* what, int error) const {
    const std::string fix = error == ENOSPC || error == EDQUOT
                                ? "free some space or choose an output folder on another disk with -o"
                                : "choose an output folder that can be written with -o";
    throw WriteError(geo::Problem{path_.string(), what, std::generic_category().message(error), fix});
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
    CheckedFile file(path);
    file.write(bytes);
    file.close();
}

}  // namespace domino::viz
