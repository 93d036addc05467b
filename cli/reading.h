#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>

#include "cli/console.h"
#include "cli/progress.h"
#include "scenarios/reading_progress.h"

namespace domino::cli {

/// How far the reading of files is, one after the other: a progress of its own for each. Safe to call from
/// any thread.
class Reading {
 public:
    /// @p check_interrupt is called every time something is told; what it throws ends the reading.
    Reading(Console& console, std::function<void()> check_interrupt);

    void tell(const std::filesystem::path& file, double share);
    /// tell(), to be handed on; this must outlive it.
    scenarios::ReadingProgress listener();

 private:
    Console& console_;
    std::function<void()> check_interrupt_;
    std::mutex mutex_;
    std::filesystem::path file_;
    std::optional<Progress> progress_;
};

}  // namespace domino::cli
