#include "cli/reading.h"

#include <fmt/format.h>

#include <utility>

namespace domino::cli {

Reading::Reading(Console& console, std::function<void()> check_interrupt)
    : console_(console), check_interrupt_(std::move(check_interrupt)) {}

void Reading::tell(const std::filesystem::path& file, double share) {
    check_interrupt_();
    const std::lock_guard lock(mutex_);
    if (file != file_) {
        file_ = file;
        progress_.emplace(console_, fmt::format("reading {}", file.filename().string()), "%");
    }
    const int percent = static_cast<int>(100.0 * share);
    // What is done at once is not worth a line.
    if (percent < 100) progress_->update(percent, 100);
}

scenarios::ReadingProgress Reading::listener() {
    return [this](const std::filesystem::path& file, double share) { tell(file, share); };
}

}  // namespace domino::cli
